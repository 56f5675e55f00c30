"""``score``: what one file of answers is worth; needs no database."""

from pathlib import Path
from typing import Annotated, Any

import typer

from arusha.commands import files, telling
from arusha.commands.profiles import profile_lines
from questionnaires import loading
from questionnaires.forms import in_form
from scoring.answers import read_answers
from scoring.profile import as_json
from scoring.profile import score as profile_of

app = telling.commands("Score a file of answers.")


@app.command()
def score(
    questionnaire: Annotated[str, typer.Argument(metavar="ID|DIR", help="Id or folder of a questionnaire.")],
    answers: Annotated[Path, typer.Argument(metavar="ANSWERS.csv", help="Answers, as CSV in UTF-8.")],
    short: Annotated[bool, typer.Option("--short", help="Score the core practices only.")] = False,
    in_json: Annotated[bool, typer.Option("--json", help="Print exact figures as JSON.")] = False,
) -> None:
    """Score a file of answers; needs no database."""
    shape: dict[str, Any] = {"questionnaire": None, "overall": None, "factors": []}
    with telling.refusals_in(shape if in_json else None):
        asked = in_form(loading.load(questionnaire), "short" if short else "whole")
        shape["questionnaire"] = asked.id
        profile = profile_of(asked, read_answers(asked, files.read(answers), str(answers)))
    if in_json:
        telling.send_json(as_json(profile))
    else:
        t = telling.speaker()
        telling.say(asked.words(t.language).title, "", *profile_lines(t, asked, profile))
