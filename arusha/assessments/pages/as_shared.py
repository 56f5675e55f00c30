"""A shared profile as others read it: its factors, the charts, and every practice with its step.

The preview of a decision and the page of the reader are both drawn by this part, so that they are the same.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments.consent import Part
from arusha.assessments.pages import audiences, breakdown, computed, portrait
from arusha.assessments.views import Seen
from arusha.assessments.wording import position_in_words
from arusha.ui.parts.markup import md, show, tag, text
from arusha.ui.parts.table import table
from questionnaires import loading
from questionnaires.model import Factor, FactorWords
from scoring.answers import Answer


def draw(here: Here, seen: Seen, parts: Sequence[Part]) -> None:
    """Show what is open of a round; ``parts`` are its factors, for whom, and since when."""
    _parts(here, seen, parts)
    if seen.profile.overall.value is None:
        st.info(here.t("No practice of these factors is answered."), icon=":material/hourglass_empty:")
    else:
        _figures(here, seen)
    _practices(here, seen, parts)


def _figures(here: Here, seen: Seen) -> None:
    reading = portrait.reading_of(here, seen, None)
    if len(seen.profile.factors) > 1:
        portrait.in_words(here, seen, None, reading)
    portrait.charts(here, seen, None, reading)
    computed.draw(here, seen, reading)
    breakdown.paper(here, seen, reading)
    portrait.outside(here, seen)


def _parts(here: Here, seen: Seen, parts: Sequence[Part]) -> None:
    t, names = here.t, names_of(here, seen.round.edition)
    heads = [t("Factor"), t("Open to"), t("Shared on"), t("Revision"), t("Reasons and notes")]
    forms = {"whole": t("whole"), "short": t("core practices only")}
    differs = any(part.form != "whole" for part in parts)
    heads += [t("Form")] if differs else []
    rows = [
        [
            names[part.factor],
            audiences.name(t, part.audience),
            t.date(part.shared_at),
            t.number(part.revision),
            t("shared") if part.with_notes else t("not shared"),
            *([forms[part.form]] if differs else []),
        ]
        for part in parts
    ]
    table(heads, rows, stacked=True)
    shared = {part.factor for part in parts}
    absent = [said for factor, said in names.items() if factor not in shared]
    said = t("Left out: {factors}.", factors=t.joined(absent)) if absent else t("Every factor is shared.")
    figures = t("Every figure here is over the shared factors only.") if absent else ""
    show(tag("p", text(f"{said} {figures}".strip()), class_="quiet"))


def names_of(here: Here, edition: str) -> Mapping[str, str]:
    """Return factor -> number and name, in the edition's order; its id where the edition is not known."""
    questionnaire = loading.edition(edition)
    words = questionnaire.words(here.t.language).factors
    return {factor.id: _name(factor, words[factor.id]) for factor in questionnaire.factors}


def _name(factor: Factor, words: FactorWords) -> str:
    return f"{factor.number} · {words.name}"


def _practices(here: Here, seen: Seen, parts: Sequence[Part]) -> None:
    st.subheader(here.t("Practices and their steps"))
    names, noted = names_of(here, seen.round.edition), {part.factor for part in parts if part.with_notes}
    for factor in seen.questionnaire.factors:
        with st.expander(md(names[factor.id]), expanded=len(parts) == 1):
            _factor(here, seen, factor, with_notes=factor.id in noted)


def _factor(here: Here, seen: Seen, factor: Factor, *, with_notes: bool) -> None:
    t = here.t
    heads = [t("Practice"), t("Step"), t("What the step means"), t("Outside Customs' power")]
    heads += [t("Reason"), t("Note")] if with_notes else []
    rows = [_row(here, seen, practice.id, with_notes=with_notes) for practice in factor.practices]
    table(heads, rows, stacked=True)


def _row(here: Here, seen: Seen, practice: str, *, with_notes: bool) -> list[str]:
    t, words = here.t, seen.questionnaire.words(here.t.language).practices[practice]
    answer = seen.answers.get(practice, Answer(practice))
    said = position_in_words(t, seen.questionnaire, answer)
    meaning = words.steps.get(answer.step, "") if answer.step else ""
    row = [words.question, said, meaning, t("yes") if answer.outside else ""]
    return [*row, answer.reason, answer.note] if with_notes else row
