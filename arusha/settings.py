"""Every setting of the program: name, default, help. Nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from platformdirs import user_data_path

from questionnaires.problems import N_, Problem, Refused, printable, refuse


@dataclass(frozen=True)
class Setting:
    """One setting as the documentation shows it."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting(
        "ARUSHA_HOME",
        "the user's data folder of the operating system",
        "Folder that holds the database, the sample database and, in questionnaires, national practices.",
    ),
    Setting(
        "ARUSHA_DATABASE_URL",
        "sqlite, in ARUSHA_HOME",
        "SQLAlchemy URL of another database, e.g. postgresql+psycopg://user@host/name.",
    ),
    Setting(
        "ARUSHA_LANGUAGE",
        "the reader's browser or terminal",
        "Language of the interface for every reader, e.g. fr; without it each chooses.",
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings in force."""

    home: Path
    database_url: str
    language: str

    @property
    def sample_url(self) -> str:
        """Return the URL of the sample's own database, always SQLite in the home."""
        return url_of(self.home / "sample.sqlite")


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; raise ``Refused`` naming each variable that is not known."""
    _refuse_unknown(environment)
    home = _folder(environment.get("ARUSHA_HOME") or str(user_data_path("arusha", appauthor=False)))
    url = environment.get("ARUSHA_DATABASE_URL") or url_of(home / "arusha.sqlite")
    return Settings(home, url, environment.get("ARUSHA_LANGUAGE", ""))


def url_of(file: Path) -> str:
    """Return the URL of an SQLite file, whatever characters its path has."""
    return f"sqlite:///{quote(str(file))}"


def _folder(given: str) -> Path:
    """Return a folder as an absolute path; raise ``Refused`` when it cannot be told which one is meant."""
    try:
        given.encode()
        return Path(given).expanduser().absolute()
    except (RuntimeError, UnicodeEncodeError) as error:
        fault = N_("It cannot be told which folder {folder} is.")
        remedy = N_("Write the whole path, in letters that UTF-8 knows.")
        raise refuse("ARUSHA_HOME", fault, remedy, folder=printable(given)) from error


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {setting.name for setting in SETTINGS}
    unknown = sorted(name for name in environment if name.startswith("ARUSHA_") and name not in known)
    if unknown:
        fault = N_("This setting is not known.")
        remedy = N_("Remove it, or use one of: {known}.")
        values = {"known": ", ".join(sorted(known))}
        raise Refused(Problem(name, fault, remedy, values) for name in unknown)
