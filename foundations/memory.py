"""How Python's collector of cycles is set where requests are served."""

import gc


def spare_the_collector() -> None:
    """To be called once the code is loaded, in each process that serves.

    What is loaded by then stays for good: it need not be looked through again and again. And a page that reads a
    network makes tens of thousands of rows, none of them a cycle: by default the collector would go through them all
    every 700, half of the time of such a page (benchmarks/graph.py).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 10)
