"""`manage.py` on this machine's own database and keys: `python scripts/develop.py createsuperuser`.

`runserver` migrates first. DEBUG is on unless the environment says otherwise.
"""

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.console import ROOT
from scripts.environment import environment
from scripts.postgres import server, wait_for


def main(arguments: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server("demo") as url:
        variables = environment(url, DEBUG="1")

        def manage(*command: str) -> int:
            return wait_for(
                subprocess.Popen([sys.executable, str(ROOT / "manage.py"), *command], env=variables)
            )

        if arguments[:1] == ["runserver"] and (failed := manage("migrate", "--verbosity=0")):
            return failed
        return manage(*arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
