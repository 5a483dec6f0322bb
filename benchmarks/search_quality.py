"""How well the search finds, over the report's data: nDCG@10, recall@20, and who is wrongly named.

    python -m benchmarks.search_quality [--each]

Makes a database of its own beside the one of DATABASE_URL, and drops it.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()  # before the models can be imported, hence the E402 exceptions

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.search_quality.blind import BLIND  # noqa: E402
from tests.search_quality.judged import EVERY  # noqa: E402
from tests.search_quality.score import found_by, ndcg, recall, wrongly  # noqa: E402


def measure(title: str, needs: list, *, each: bool) -> None:
    """Prints the means; with `each`, the queries that are not perfect, the worst first."""
    lines = []
    for judged in needs:
        found = found_by(judged)
        lines.append((ndcg(found, judged), recall(found, judged), wrongly(found, judged), judged, found))
    count = len(lines)
    print(f"{title:<16} {count}")
    print(f"nDCG@10          {sum(line[0] for line in lines) / count:.3f}")
    print(f"recall@20        {sum(line[1] for line in lines) / count:.3f}")
    print(f"wrongly named    {sum(len(line[2]) for line in lines)}")
    for gain, share, wrong, judged, found in sorted(lines, key=lambda line: line[0]) if each else ():
        if gain < 1 or wrong:
            print(
                f"{gain:.2f} {share:.2f} « {judged.query} » {judged.place} wrong: {sorted(wrong)}\n     {found[:8]}"
            )


def main() -> None:
    connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}_quality"
    former = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load_territories", "--region", "84", "--sans-contours", verbosity=0)
        call_command("load_fixture", "clermont-ferrand-2022", verbosity=0)
        measure("judged queries", EVERY, each="--each" in sys.argv)
        measure("written blind", BLIND, each="--each" in sys.argv)
    finally:
        connection.creation.destroy_test_db(former, verbosity=0)


if __name__ == "__main__":
    main()
