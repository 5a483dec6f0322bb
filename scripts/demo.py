"""`make demo`: from a clone to the site on http://127.0.0.1:8000 (PORT to change), with the production server.

Everything is kept in .data/ (and, for root, where scripts/postgres.py says); Ctrl-C stops everything. A run that was
killed leaves nothing in the way: locks die with their holder, a server without its master is ended by the next run.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import assets
from scripts.console import DATA, ROOT, private_folder, say, stop
from scripts.environment import environment
from scripts.postgres import command_lines, server

HOST = "127.0.0.1"
PID = DATA / "demo.pid"
APPLICATION = "config.wsgi:application"


def port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        stop(f"PORT={text} is no port: write a number between 1 and 65535.")
    return int(text)


@contextmanager
def alone() -> Iterator[None]:
    """One demo at a time in one checkout. The lock dies with its holder, even by kill -9."""
    locks = private_folder(private_folder(DATA) / "locks")
    descriptor = os.open(locks / "demo", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stop(
            "The demo of this checkout is running already: use it, or stop it with Ctrl-C where it was started."
        )
    try:
        yield
    finally:
        os.close(descriptor)


def end_orphan() -> None:
    """Ends the application server of a run that was killed, if the pid is still that of one of ours."""
    with suppress(OSError, ValueError):
        pid = int(PID.read_text())
        if APPLICATION in command_lines().get(pid, ""):
            say("Ending the server that a killed run left behind")
            os.killpg(
                pid, signal.SIGTERM
            )  # with its workers, which hold the port: they are its process group
            _wait_until(lambda: APPLICATION not in command_lines().get(pid, ""), seconds=10)
    PID.unlink(missing_ok=True)


def check_port(number: int) -> None:
    with socket.socket() as probe:
        # As servers do: a port that was closed a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except PermissionError:
            stop(f"Port {number} is for root only: PORT=8000 make demo")
        except OSError:
            stop(f"Something else answers on port {number}: PORT={number + 1} make demo")


def _wait_until(happened: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happened():
            return True
        time.sleep(0.1)
    return False


def _answers(number: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{number}/sante/", timeout=5) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False


@contextmanager
def application(number: int, variables: dict[str, str]) -> Iterator[subprocess.Popen]:
    """The production server, stopped on the way out."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(number)]
    command += ["--no-ws", "--blocking-threads", "4", "--log-level", "warning", APPLICATION]
    # A session of its own: Ctrl-C in the terminal comes to us, and we stop it before the database.
    child = subprocess.Popen(command, cwd=ROOT, env=variables, start_new_session=True)
    PID.write_text(str(child.pid))
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
        PID.unlink(missing_ok=True)


def serve(number: int, variables: dict[str, str]) -> int:
    with application(number, variables) as child:
        _wait_until(lambda: child.poll() is not None or _answers(number), seconds=60)
        if child.poll() is not None:
            stop("The application did not start: the lines above say why.")
        say(f"Passerelles is on http://{HOST}:{number}/ (Ctrl-C stops it)")
        return child.wait()


def main() -> int:
    number = port()
    # A closed terminal and a stop signal end the demo as Ctrl-C does.
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: sys.exit(0))
    with alone():
        end_orphan()
        check_port(number)
        assets.main([])
        say(
            "Using the PostgreSQL of DATABASE_URL"
            if os.environ.get("DATABASE_URL")
            else "Starting PostgreSQL"
        )
        with server("demo") as url:
            variables = environment(url, ALLOWED_HOSTS=f"{HOST},localhost", HTTPS="0") | {"DEBUG": "0"}
            quiet = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_STATEMENT_TIMEOUT": "0"}
            prepare = [sys.executable, str(ROOT / "scripts" / "prepare.py")]
            if subprocess.run(prepare, cwd=ROOT, env=variables | quiet).returncode:
                stop("The demo could not be prepared: the lines above say why.")
            return serve(number, variables)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        say("Stopped")
