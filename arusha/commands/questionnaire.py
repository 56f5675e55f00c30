"""``questionnaire``: which editions there are, and whether one obeys its rules."""

from typing import Annotated

import typer

from arusha.commands import questionnaire_editions, questionnaire_files, questionnaire_show, telling
from arusha.i18n import Translator
from questionnaires import loading
from questionnaires.house import house_faults
from questionnaires.model import Questionnaire
from questionnaires.problems import Problem, Refused

app = telling.commands("See and check questionnaires.")


@app.command("list")
def list_() -> None:
    """List the editions that come with the program."""
    t = telling.speaker()
    problems: list[Problem] = []
    for name in loading.editions():
        found = _loaded(name, problems)
        if found is not None:
            telling.say(t("{id}: {title}", id=found.id, title=found.words(t.language).title))
    if problems:
        raise Refused(problems)


@app.command()
def check(
    questionnaire: Annotated[str, typer.Argument(metavar="[ID|DIR]", help="Every edition if left out.")] = "",
) -> None:
    """Check a questionnaire, and our own editions also against the rules of this house."""
    t = telling.speaker()
    problems: list[Problem] = []
    for name in [questionnaire] if questionnaire else loading.editions():
        found = _loaded(name, problems)
        faults = house_faults(found) if found is not None and name in loading.editions() else []
        problems += faults
        if found is not None and not faults:
            telling.say(_in_order(t, found))
    if problems:
        raise Refused(problems)


app.command()(questionnaire_editions.compare)
app.command()(questionnaire_files.write)
app.command()(questionnaire_files.read)
app.command()(questionnaire_show.show)


def _loaded(name: str, problems: list[Problem]) -> Questionnaire | None:
    try:
        return loading.load(name)
    except Refused as refused:
        problems += refused.problems
        return None


def _in_order(t: Translator, found: Questionnaire) -> str:
    return t(
        "{id} is in order: {factors} factors, {practices} practices, languages {languages}.",
        id=found.id,
        factors=len(found.factors),
        practices=len(found.practices),
        languages=", ".join(sorted(found.languages)),
    )
