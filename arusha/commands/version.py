"""``version``: which program this is, and what it works with."""

from arusha.commands import telling
from arusha.store.schema import HEAD
from arusha.version import VERSION
from questionnaires.loading import editions

app = telling.commands("Say which version this is.")


@app.command()
def version() -> None:
    """Say which version this is.

    Names the program's version, the questionnaires it brings and its version of the database.
    """
    t = telling.speaker()
    telling.say(
        t("Program: {version}", version=VERSION),
        t("Questionnaires: {editions}", editions=", ".join(editions())),
        t("Database: {version}", version=HEAD),
    )
