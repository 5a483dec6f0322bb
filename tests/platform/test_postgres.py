"""The server that `make demo` and `make test` bring: started, killed, shared, private."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
WHO = "import os, psycopg; print(*psycopg.connect(os.environ['DATABASE_URL']).execute('SELECT current_user'))"


class Checkout:
    """A checkout of its own, with nothing but the scripts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        command = [sys.executable, str(self.folder / "scripts" / "postgres.py"), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)

    def start(self) -> str:
        done = self("start", "demo")
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()[-1]

    @property
    def home(self) -> Path:
        record = self.folder / ".data" / "postgres-home"
        return Path(record.read_text().strip()) if record.exists() else self.folder / ".data" / "postgres"

    @property
    def pid_file(self) -> Path:
        return self.home / "demo" / "data" / "postmaster.pid"

    def pid(self) -> int:
        return int(self.pid_file.read_text().splitlines()[0])


# As deep as checkouts get: a path far longer than a socket's may be, with capitals and a space.
@pytest.fixture(params=["clone", "Clones de l’été/" + "very-long-name-" * 8])
def checkout(request, tmp_path):
    made = Checkout(tmp_path / request.param)
    yield made
    made("stop", "demo")
    elsewhere = made.folder / ".data" / "postgres-demo.socket"
    if elsewhere.exists():
        shutil.rmtree(elsewhere.read_text().strip(), ignore_errors=True)
    shutil.rmtree(made.home, ignore_errors=True)


def socket_folder(url: str) -> Path:
    return Path(unquote(url.split("?host=")[1]))


def query(url: str, sql: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(sql).fetchone()[0]


def test_server_starts_again_after_any_death(checkout):
    url = checkout.start()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    first = checkout.pid()
    assert checkout.start() == url
    assert checkout.pid() == first, "a running server is used as it is"

    os.kill(first, signal.SIGKILL)
    assert query(checkout.start(), "SELECT answer FROM kept") == 42

    # Killed, and its number given to another program since: here, ours.
    os.kill(checkout.pid(), signal.SIGKILL)
    lines = checkout.pid_file.read_text().splitlines()
    checkout.pid_file.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))
    assert query(checkout.start(), "SELECT answer FROM kept") == 42

    checkout("stop", "demo")
    assert not checkout.pid_file.exists()
    with pytest.raises(psycopg.OperationalError):
        query(url, "SELECT 1")


def test_command_gets_a_server_that_ends_with_it(checkout):
    done = checkout("run", "demo", "--", sys.executable, "-c", WHO)
    assert done.stdout.splitlines()[-1] == "('passerelles',)"
    assert not checkout.pid_file.exists()
    assert checkout("run", "demo", "--", sys.executable, "-c", "raise SystemExit(7)").returncode == 7


def test_two_commands_may_start_at_once_in_a_new_checkout(checkout):
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda name: checkout("run", name, "--", "true"), ("demo", "tests") * 2))
    assert [one.returncode for one in done] == [0, 0, 0, 0], [one.stderr for one in done]


def test_server_is_for_its_owner_only(checkout):
    url = checkout.start()
    data = checkout.pid_file.parent
    folder = socket_folder(url)
    for private in (data, folder, data.parent):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700, private
    assert query(url, "SHOW listen_addresses") == ""
    assert query(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert (data / "pg_hba.conf").read_text() == "local all all peer map=people\n"
    assert query(url, "SHOW server_encoding") == "UTF8"
    assert query(url, "SELECT lower('ÉTÉ')") == "été"
    if os.geteuid() == 0:
        assert data.stat().st_uid != 0
        assert str(data).startswith("/var/lib/passerelles-")


def test_unknown_order_tells_the_known_ones(checkout):
    done = checkout("restart")
    assert done.returncode == 1
    assert "start [CLUSTER]" in done.stderr


def test_socket_path_is_short_enough(checkout):
    path = str(socket_folder(checkout.start()) / ".s.PGSQL.5432")
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(path)
