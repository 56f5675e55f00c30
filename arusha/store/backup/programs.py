"""PostgreSQL's own programs, ``pg_dump`` and ``pg_restore``, which backup and restore start."""

import os
import shutil
import subprocess
from collections.abc import Mapping

from sqlalchemy import Engine

from questionnaires.problems import N_, printable, refuse

HIDDEN = ("password", "options")  # what stands in the environment rather than on a command line
PASSED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PGPASSFILE", "PGSERVICEFILE", "PGSSLROOTCERT")


def run(name: str, engine: Engine, arguments: list[str], said: str = "") -> None:
    """Run a program on a database; ``said`` tells row security for whom. Raises ``Refused`` when it fails."""
    found = shutil.which(name)
    if found is None:
        fault = N_("This program of PostgreSQL is not installed, or not in PATH.")
        remedy = N_("Install PostgreSQL's client programs, of the server's version or newer.")
        raise refuse(name, fault, remedy)
    address = engine.dialect.create_connect_args(engine.url)[1]
    command = [found, f"--dbname={_written(address)}", "--no-password", *arguments]
    done = subprocess.run(  # noqa: S603 - the arguments are our own
        command, env=_environment(address, said), capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").splitlines() or [f"exit code {done.returncode}"]
        fault = N_("{name} failed: {why}.")
        remedy = N_("Check ARUSHA_OWNER_URL, the server and the disk, then try again.")
        raise refuse(name, fault, remedy, name=name, why=printable(lines[-1], 300).rstrip("."))


def _written(address: Mapping[str, object]) -> str:
    """Return a database's address as PostgreSQL's programs read it, without secrets."""
    quoted = {
        key: str(value).replace("\\", r"\\").replace("'", r"\'")
        for key, value in address.items()
        if key not in HIDDEN and isinstance(value, str | int)  # the driver's own options are neither
    }
    return " ".join(f"{key}='{value}'" for key, value in quoted.items())


def _environment(address: Mapping[str, object], said: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in PASSED if name in os.environ}
    options = f"{address.get('options', '')} {f'-c arusha.context={said}' if said else ''}".strip()
    if options:
        kept["PGOPTIONS"] = options
    if "password" in address:
        kept["PGPASSWORD"] = str(address["password"])
    return kept
