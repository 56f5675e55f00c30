"""A database's own error -> a problem that says what happened and what to do."""

from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from questionnaires.problems import N_, Problem, printable


@dataclass(frozen=True)
class Known:
    """A fault we have words for: how SQLite and PostgreSQL call it, and what is said where both are silent.

    ``codes`` are beginnings of SQLite's error names and of SQLSTATEs; ``signs`` stand in the text.
    """

    codes: tuple[str, ...]
    signs: tuple[str, ...]
    fault: str
    remedy: str

    def fits(self, code: str, said: str) -> bool:
        """Return whether an error is of this kind."""
        return code.startswith(self.codes) or any(sign in said for sign in self.signs)


KNOWN = (
    Known(
        (),
        ("forged context", "expired context"),
        N_("The database does not take this program's word for who acts: {why}."),
        N_("Let ARUSHA_KEYS name the keys that the database knows, or run python -m arusha upgrade."),
    ),
    Known(
        (),
        ("row-level security",),
        N_("The database refused a row that belongs to somebody else."),
        N_("Sign in again; if it happens once more, tell whoever runs the server. Nothing was changed."),
    ),
    Known(
        ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "57014", "40"),
        (),
        N_("The database is locked by another program."),
        N_("Close the other program or wait a moment, then try again. Nothing was changed."),
    ),
    Known(
        ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH", "25006", "42501"),
        (),
        N_("The database cannot be written or opened."),
        N_("Check that the folder exists and may be written, then try again. Nothing was changed."),
    ),
    Known(
        ("SQLITE_FULL", "SQLITE_IOERR", "53100", "58030"),
        (),
        N_("The disk is full, or it cannot be written."),
        N_("Free some space, then try again. Nothing was changed; what was saved before is safe."),
    ),
    Known(
        ("SQLITE_NOTADB", "SQLITE_CORRUPT", "XX001", "XX002", "42P01", "42703"),
        ("no such table", "no such column"),
        N_("This is not a database of this program, or it is damaged."),
        N_("Choose another, or put back a copy of it. Nothing was changed."),
    ),
    Known(
        ("SQLITE_TOOBIG", "22001"),
        (),
        N_("A text is longer than the database can keep."),
        N_("Shorten it. Nothing was changed."),
    ),
    Known(
        (),
        ("invalid connection option", "invalid uri query parameter"),
        N_("The database URL cannot be used: {why}."),
        N_("Use sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."),
    ),
)
FULL = Problem(
    "",
    N_("Too many requests wait for the database."),
    N_("Wait a moment, then try again. Nothing was changed."),
)
AWAY = Problem(
    "",
    N_("The database server does not answer, or does not let the program in: {why}."),
    N_("Check that it runs, and that user, password and name in ARUSHA_DATABASE_URL are right."),
)


def explain(place: str, error: DBAPIError | NoConnectionLeft) -> Problem | None:
    """Return the problem behind a database error, or None for one that is our own mistake."""
    if isinstance(error, NoConnectionLeft):
        return Problem(place, FULL.fault, FULL.remedy)
    code = _code(error.orig)
    said = str(error.orig)
    why = {"why": printable(" ".join(said.split()), 200).rstrip(".?")}
    for known in KNOWN:
        if known.fits(code, said.casefold()):
            return Problem(place, known.fault, known.remedy, why)
    if type(error.orig).__module__.startswith("psycopg") and _is_of_the_connection(error):
        return Problem(place, AWAY.fault, AWAY.remedy, why)
    return None


def _code(error: BaseException | None) -> str:
    """Return SQLite's error name or PostgreSQL's SQLSTATE, '' when the error has none."""
    return getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or ""


def _is_of_the_connection(error: DBAPIError) -> bool:
    return type(error).__name__ in ("OperationalError", "InterfaceError")
