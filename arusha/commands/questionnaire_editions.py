"""``questionnaire compare``: what became of each practice from one edition to another."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from arusha.commands import telling
from arusha.i18n import Translator
from questionnaires import loading
from questionnaires.editions import CLASSES, FACTS, Class, Line, comparability
from questionnaires.lineage import editions_between
from questionnaires.model import Questionnaire


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Id or folder of an edition.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Id or folder of one that follows it.")],
    in_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
) -> None:
    """Say of each practice what became of it from one edition to another."""
    shape: dict[str, Any] = {"old": None, "new": None, "counts": {}, "lines": []}
    with telling.refusals_in(shape if in_json else None):
        earlier, later = loading.load(old), loading.load(new)
        shape |= {"old": earlier.id, "new": later.id}
        lines = comparability(earlier, later, editions_between(earlier, later, _finder(old, new)))
    if in_json:
        shown = {"counts": _counts(lines), "lines": [line.as_dict() for line in lines], "problems": []}
        telling.send_json(shape | shown)
    else:
        t = telling.speaker()
        telling.say(*_table(t, earlier, later, lines), "", *_totals(t, lines))


def _finder(*named: str) -> Callable[[str], Questionnaire]:
    """Return how editions on the way are found: beside the folders that were named, else among our own."""
    homes = [Path(os.path.realpath(name)).parent for name in named if name not in loading.editions()]

    def find(edition: str) -> Questionnaire:
        beside = (home / edition for home in homes if (home / edition).is_dir())
        return loading.load(str(next(beside, edition)))

    return find


def _counts(lines: Iterable[Line]) -> dict[Class, int]:
    found = Counter[Class](line.class_ for line in lines)
    return {class_: found[class_] for class_ in CLASSES}


def class_names(t: Translator) -> dict[Class, str]:
    """Return what each class of a line is called."""
    return {
        "same": t("same"),
        "indirect": t("indirect"),
        "subject": t("subject only"),
        "new": t("new"),
        "dropped": t("dropped"),
    }


def fact_names(t: Translator) -> dict[str, str]:
    """Return what each of ``FACTS`` is called."""
    return {
        "is_renamed": t("renamed"),
        "is_split": t("split"),
        "is_merged": t("merged"),
        "is_rescaled": t("other scale"),
        "is_moved": t("other factor"),
    }


def _table(t: Translator, old: Questionnaire, new: Questionnaire, lines: Iterable[Line]) -> list[str]:
    names, facts = class_names(t), fact_names(t)
    rows = [[old.id, new.id, t("What became of it"), t("Also")]]
    for line in lines:
        also = ", ".join(facts[name] for name in FACTS if getattr(line, name))
        rows.append([line.earlier or "–", line.practice or "–", names[line.class_], also])
    return telling.table(rows)


def _totals(t: Translator, lines: Sequence[Line]) -> list[str]:
    names = class_names(t)
    rows = [[names[class_], t.number(count)] for class_, count in _counts(lines).items()]
    said = t.many(
        "{count} practice can be compared: the same on the same scale.",
        "{count} practices can be compared: the same on the same scale.",
        sum(line.is_comparable for line in lines),
    )
    return [*telling.table(rows), "", said]
