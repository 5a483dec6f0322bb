"""Search at the scale of a country: the whole page, beside what the database, Datasette and tantivy need alone.

    python benchmarks/search.py --actors 100000 --json

Makes a database of its own beside the one of DATABASE_URL (or on a server of its own when there is none), fills it
with made-up actors, measures, and drops it (`--keep` spares the making of the next run). Figures in milliseconds hold
for one machine; the ratios, all taken in one run, are what one may compare. What bounds the slowest query goes to the
standard error, with its plan.
"""

import argparse
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=20_000)
    parser.add_argument("--region", default="all", help="INSEE code of the région whose places are used; all")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object on standard output, the rest on standard error"
    )
    parser.add_argument("--keep", action="store_true", help="keeps the database for the next run")
    parser.add_argument("--without-rivals", action="store_true", help="neither Datasette nor tantivy")
    parser.add_argument("--slowest", type=int, default=0, help="prints that many of the slowest queries")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    if not os.environ.get("DATABASE_URL"):
        # No server was named: one is started for the time of the run.
        command = [
            sys.executable,
            str(ROOT / "scripts" / "postgres.py"),
            "run",
            "bench",
            "--",
            sys.executable,
        ]
        os.environ["DEBUG"] = "1"
        os.chdir(ROOT)
        os.execv(sys.executable, [*command, str(Path(__file__)), *sys.argv[1:]])  # noqa: S606
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEBUG", "1")  # no secrets needed; switched off once the settings are read
    import django

    django.setup()
    from benchmarks.searching.report import KEYS, measure, tell

    figures = measure(asked)
    if asked.json:
        tell(figures, sys.stderr)
        print(json.dumps({key: figures.get(key) for key in KEYS}))
    else:
        tell(figures)


if __name__ == "__main__":
    main()
