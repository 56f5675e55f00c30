"""What the doctor looks at around the database: the options of Streamlit, and the rights of files."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from arusha.access.checkup import doctor
from arusha.access.checkup.doctor import Found
from arusha.settings import Settings
from arusha.store.inspecting import file_of

CONFIGURATION = Path(__file__).parents[3] / ".streamlit" / "config.toml"
YES = ("1", "true", "t", "yes", "y", "on")
RIGHTS = 0o777


def options(environment: Mapping[str, str], file: Path = CONFIGURATION) -> dict[str, object]:
    """Return Streamlit's options: those of the program's own file, then those of the environment."""
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        sections = {}
    found = {f"{part}.{name}": value for part, names in sections.items() for name, value in names.items()}
    for name in (*doctor.OPTIONS, doctor.HOSTS):
        said = environment.get(variable_of(name))
        if said is not None:
            found[name] = _read(name, said)
    return found


def variable_of(option: str) -> str:
    """Return the variable that sets an option of Streamlit, e.g. STREAMLIT_SERVER_ENABLE_CORS."""
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", option.replace(".", "_"))
    return f"STREAMLIT_{words.upper()}"


def _read(option: str, said: str) -> object:
    if isinstance(doctor.OPTIONS.get(option), bool):
        return said.strip().casefold() in YES
    return said.split() if option == doctor.HOSTS else said


def files(now: Settings) -> Iterator[Found]:
    """Yield every file and folder whose rights matter, as far as it is there; none outside of POSIX."""
    if os.name != "posix":
        return
    uses = dict.fromkeys((*_of_database(now), *_of_secrets(now), now.anchors), "")
    uses |= {now.keys.parent: "around keys", now.home: "home"}
    for path, use in uses.items():
        if path.exists():
            yield Found(str(path), path.stat().st_mode & RIGHTS, use)


def _of_database(now: Settings) -> list[Path]:
    file = file_of(now.database_url)
    return [file.with_name(file.name + end) for end in ("", "-wal", "-shm")] if file else []


def _of_secrets(now: Settings) -> list[Path]:
    own = [now.keys, *sorted(now.keys.glob("*"))] if now.keys.is_dir() else []
    return [*own, *([Path(now.oidc_secret_file)] if now.oidc_secret_file else [])]


def disk_of(now: Settings) -> Path:
    """Return the folder that fills up: of the database, or of the home when that is on a server."""
    file = file_of(now.database_url)
    wanted = file.absolute().parent if file else now.home
    return next(folder for folder in (wanted, *wanted.parents) if folder.is_dir())
