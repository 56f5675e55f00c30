"""Every setting of the program: name, default, help. Nothing else reads the environment."""

import os
import re
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
    Setting(
        "ARUSHA_MODE",
        "local",
        "local: one person or office on this computer, without accounts. server: people sign in.",
    ),
    Setting(
        "ARUSHA_ORIGIN",
        "this computer only",
        "Server mode: the address people open, e.g. https://integrity.example.org.",
    ),
    Setting(
        "ARUSHA_KEYS",
        "keys, in ARUSHA_HOME",
        "Folder of the program's own secrets; every replica needs the same, and no copy of the database.",
    ),
    Setting(
        "ARUSHA_ANCHORS",
        "anchors.jsonl, in ARUSHA_HOME",
        "File that each sign-off adds the newest link of the trail to; best on another medium.",
    ),
    Setting(
        "ARUSHA_OWNER_URL",
        "the database URL",
        "PostgreSQL in server mode: URL of the role that owns the tables, for upgrade, backup and restore.",
    ),
    Setting(
        "ARUSHA_SECOND_STEP",
        "optional",
        "Server mode: required makes everyone who signs in with a password prove themselves a second time.",
    ),
    Setting(
        "ARUSHA_CLIENT_HEADER",
        "none",
        "Server mode: header in which the proxy names the client's address, e.g. X-Real-IP.",
    ),
    Setting(
        "ARUSHA_OIDC_ISSUER",
        "none",
        "Server mode: address of an OpenID Connect provider, the second way to sign in.",
    ),
    Setting("ARUSHA_OIDC_CLIENT", "none", "Server mode: the name by which that provider knows this program."),
    Setting(
        "ARUSHA_OIDC_SECRET_FILE",
        "none",
        "Server mode: file that holds the secret shared with that provider.",
    ),
)
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?/?")
MODES = ("local", "server")
SECOND_STEPS = ("optional", "required")


@dataclass(frozen=True)
class Settings:
    """The settings in force."""

    home: Path
    database_url: str
    language: str
    mode: str = "local"
    origin: str = ""
    keys: Path = Path()
    anchors: Path = Path()
    owner_url: str = ""
    second_step: str = "optional"
    client_header: str = ""
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret_file: str = ""

    @property
    def serves_people(self) -> bool:
        """Return whether people sign in, each with rights of their own."""
        return self.mode == "server"

    @property
    def is_secure(self) -> bool:
        """Return whether people reach the program over TLS."""
        return self.origin.startswith("https://")

    @property
    def sample_url(self) -> str:
        """Return the URL of the sample's own database, always SQLite in the home."""
        return url_of(self.home / "sample.sqlite")


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; raise ``Refused`` naming each variable that is not known."""
    _refuse_unknown(environment)
    _refuse_wrong(environment)
    home = _folder("ARUSHA_HOME", environment.get("ARUSHA_HOME") or str(_usual_home()))
    url = environment.get("ARUSHA_DATABASE_URL") or url_of(home / "arusha.sqlite")
    return Settings(
        home,
        url,
        environment.get("ARUSHA_LANGUAGE", ""),
        mode=environment.get("ARUSHA_MODE") or "local",
        origin=environment.get("ARUSHA_ORIGIN", "").rstrip("/"),
        keys=_folder("ARUSHA_KEYS", environment.get("ARUSHA_KEYS") or str(home / "keys")),
        anchors=_folder("ARUSHA_ANCHORS", environment.get("ARUSHA_ANCHORS") or str(home / "anchors.jsonl")),
        owner_url=environment.get("ARUSHA_OWNER_URL") or url,
        second_step=environment.get("ARUSHA_SECOND_STEP") or "optional",
        client_header=environment.get("ARUSHA_CLIENT_HEADER", "").lower(),
        oidc_issuer=environment.get("ARUSHA_OIDC_ISSUER", ""),
        oidc_client=environment.get("ARUSHA_OIDC_CLIENT", ""),
        oidc_secret_file=environment.get("ARUSHA_OIDC_SECRET_FILE", ""),
    )


def _usual_home() -> Path:
    return user_data_path("arusha", appauthor=False)


def environment() -> Mapping[str, str]:
    """Return the environment of the process, for the self-check: Streamlit takes options from it too."""
    return os.environ


def url_of(file: Path) -> str:
    """Return the URL of an SQLite file, whatever characters its path has."""
    return f"sqlite:///{quote(str(file))}"


def _folder(name: str, given: str) -> Path:
    """Return a setting's path made absolute; raise ``Refused`` when it cannot be told which one is meant."""
    try:
        given.encode()
        return Path(given).expanduser().absolute()
    except (RuntimeError, UnicodeEncodeError) as error:
        fault = N_("It cannot be told which folder {folder} is.")
        remedy = N_("Write the whole path, in letters that UTF-8 knows.")
        raise refuse(name, fault, remedy, folder=printable(given)) from error


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {setting.name for setting in SETTINGS}
    unknown = sorted(name for name in environment if name.startswith("ARUSHA_") and name not in known)
    if unknown:
        fault = N_("This setting is not known.")
        remedy = N_("Remove it, or use one of: {known}.")
        values = {"known": ", ".join(sorted(known))}
        raise Refused(Problem(name, fault, remedy, values) for name in unknown)


def _refuse_wrong(environment: Mapping[str, str]) -> None:
    """Refuse every value that has to be one of a few, and an origin that is no address."""
    problems = []
    for name, allowed in {"ARUSHA_MODE": MODES, "ARUSHA_SECOND_STEP": SECOND_STEPS}.items():
        said = environment.get(name, "")
        if said and said not in allowed:
            fault, remedy = N_("This setting cannot be {said}."), N_("Use one of: {known}.")
            problems.append(
                Problem(name, fault, remedy, {"said": printable(said), "known": ", ".join(allowed)})
            )
    origin = environment.get("ARUSHA_ORIGIN", "")
    if origin and not ORIGIN.fullmatch(origin):
        fault = N_("{said} is not the address of a server.")
        remedy = N_("Write it as https://name or https://name:port, without a path.")
        problems.append(Problem("ARUSHA_ORIGIN", fault, remedy, {"said": printable(origin)}))
    if problems:
        raise Refused(problems)
