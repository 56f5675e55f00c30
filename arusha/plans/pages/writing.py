"""The fields of a part, drawn by their specification: to write in, or only to read."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from arusha.access.gate import Here
from arusha.plans.model import AnyPart, Header, Plan
from arusha.plans.pages import fields, saving
from arusha.plans.pages.saving import Field, Subject
from arusha.plans.pages.specs import Spec, kept, shown
from arusha.ui.parts.markup import show, tag, text

NARROW = "number"  # a field that needs little room


def write(here: Here, plan: Plan, part: str, subject: Subject, wanted: Sequence[Spec]) -> None:
    """Draw every field to write in; each saves when it is left."""
    saving.showing(here, plan, part)
    numbered = [(spec.row or str(number), spec) for number, spec in enumerate(wanted)]
    for _, group in groupby(numbered, key=lambda one: one[0]):
        several = [spec for _, spec in group]
        widths = [1 if spec.name == NARROW else 4 for spec in several]
        for column, spec in zip(st.columns(widths), several, strict=True):
            with column:
                _field(here, Field(plan.id, part, spec.name), spec, kept(spec, subject))


def _field(here: Here, field: Field, spec: Spec, value: Any) -> None:
    if spec.sort == "line":
        fields.line(here, field, spec.label, value, help=spec.help)
    elif spec.sort == "prose":
        fields.prose(here, field, spec.label, value, help=spec.help)
    elif spec.sort == "lines":
        fields.prose(here, field, spec.label, value, help=spec.help, read=_lines)
    elif spec.sort == "day":
        fields.day(here, field, spec.label, value, help=spec.help)
    elif spec.sort == "choice":
        fields.choice(here, field, spec.label, value, spec.names, help=spec.help)
    elif spec.sort == "several":
        fields.several(here, field, spec.label, value, spec.names)
    elif spec.sort == "number":
        fields.whole_number(here, field, spec.label, value, *spec.limits)
    else:
        fields.tick(here, field, spec.label, value, help=spec.help)


def _lines(_there: Subject, given: str) -> tuple[str, ...]:
    """Return the lines of a text, each once and none empty."""
    return tuple(dict.fromkeys(line.strip() for line in given.splitlines() if line.strip()))


def read(here: Here, subject: AnyPart | Header, wanted: Sequence[Spec]) -> None:
    """Show the fields that hold something, to read only."""
    rows = [(spec.label, shown(here.t, spec, getattr(subject, spec.name))) for spec in wanted]
    facts([(label, said) for label, said in rows if said])


def facts(rows: Sequence[tuple[str, str]]) -> None:
    """Show labels with what is said of each."""
    said = "".join(tag("dt", text(label)) + tag("dd", text(value)) for label, value in rows)
    show(tag("dl", said, class_="facts"))
