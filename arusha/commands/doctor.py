"""``doctor``: name everything that is unsafe in how the program is run, and change nothing."""

from typing import Annotated

import typer

from arusha import settings, tables
from arusha.access.checkup import examining
from arusha.commands import telling
from arusha.store.clock import now
from questionnaires.problems import Refused

app = telling.commands("Look for what is unsafe in how the program is run.")
EVERY_TABLE = tables  # each has to be guarded


@app.command()
def doctor(
    in_json: Annotated[bool, typer.Option("--json", help="Print the problems as JSON.")] = False,
) -> None:
    """Name everything that is unsafe, each with place, fault and remedy; exit code 1 when there is any.

    Looks at settings, options of Streamlit, rights of files, disk, database, secrets, accounts, trail and
    clocks. Only reads: a database is neither made nor changed.
    """
    with telling.refusals_in({} if in_json else None):
        problems = examining.problems_of(settings.read(), settings.environment(), now())
        if problems:
            raise Refused(problems)
    if in_json:
        telling.send_json({"problems": []})
    else:
        t = telling.speaker()
        telling.say(t("Nothing unsafe was found."))
