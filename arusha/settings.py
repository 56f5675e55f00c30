"""Every setting of the program: name, default, help. Nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from questionnaires.problems import N_, Problem, Refused


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
        "Folder that holds the database, the sample database and nothing else.",
    ),
    Setting(
        "ARUSHA_DATABASE_URL",
        "sqlite, in ARUSHA_HOME",
        "SQLAlchemy URL of another database, e.g. postgresql+psycopg://user@host/name.",
    ),
    Setting(
        "ARUSHA_LANGUAGE",
        "the reader's browser or terminal",
        "Language of the interface when the reader's is to be ignored, e.g. en.",
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
        return f"sqlite:///{self.home / 'sample.sqlite'}"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; raise ``Refused`` naming each variable that is not known."""
    _refuse_unknown(environment)
    home = Path(environment.get("ARUSHA_HOME") or user_data_path("arusha", appauthor=False)).expanduser()
    url = environment.get("ARUSHA_DATABASE_URL") or f"sqlite:///{home.absolute() / 'arusha.sqlite'}"
    return Settings(home.absolute(), url, environment.get("ARUSHA_LANGUAGE", ""))


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {setting.name for setting in SETTINGS}
    unknown = sorted(name for name in environment if name.startswith("ARUSHA_") and name not in known)
    if unknown:
        fault = N_("This setting is not known.")
        remedy = N_("Remove it, or use one of: {known}.")
        values = {"known": ", ".join(sorted(known))}
        raise Refused(Problem(name, fault, remedy, values) for name in unknown)
