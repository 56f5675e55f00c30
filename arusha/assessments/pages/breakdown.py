"""Behind the ten figures: each factor's practices by step, and every practice as a square."""

from collections.abc import Sequence

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments import frames
from arusha.assessments.figures import Reading
from arusha.assessments.views import Seen
from arusha.assessments.wording import position_in_words
from arusha.ui import theme
from arusha.ui.parts.bars import Part, bars
from arusha.ui.parts.markup import href, show, tag, text
from arusha.ui.parts.table import table
from scoring.answers import Answer
from scoring.profile import FactorResult, PracticeTrace

MOST = 16  # squares side by side; what is more goes on in the next line


def paper(here: Here, seen: Seen, reading: Reading) -> None:
    """Show the share of each factor's practices by step, so that rules without use are seen at once."""
    t = here.t
    st.subheader(t("From paper to practice"))
    said = t("Share of each factor's practices by step, in %. Much light: rules not lived. Hatched: open.")
    st.caption(said)
    rows = [
        (str(seen.questionnaire.factor(factor.id).number), _parts(here, factor, reading))
        for factor in seen.profile.factors
    ]
    bars(rows, t("Share of practices by step for each factor."))
    _step_key(reading.step_names)


def _parts(here: Here, factor: FactorResult, reading: Reading) -> list[Part]:
    counts, whole = frames.count_by_step(factor), factor.applicable or 1
    open_share = 100 * (factor.applicable - factor.answered) / whole
    named = [
        (100 * counts.get(step, 0) / whole, name, theme.step_colour(step, reading.steps))
        for step, name in enumerate(reading.step_names)
    ]
    return [
        Part(percent, f"{reading.name(factor)}, {name}: {here.t.percent(percent / 100)}", colour)
        for percent, name, colour in [*named, (open_share, here.t("Open"), "")]
    ]


def practices(here: Here, seen: Seen, reading: Reading) -> None:
    """Show every practice as a small square coloured by step; it leads to its question."""
    t = here.t
    st.subheader(t("Every practice"))
    st.caption(t("K: key practice. Hatched: not answered. Dashed: not applicable. Choose one to open it."))
    rows = "".join(
        tag("span", str(number + 1), class_="grid-number")
        + tag("div", _squares(here, seen, factor), class_="grid-row")
        for number, factor in enumerate(seen.profile.factors)
    )
    most = min(MOST, max(len(factor.practices) for factor in seen.profile.factors))
    label = t("Every practice")
    show(tag("div", rows, class_="grid", role="group", aria_label=label, style=f"--most: {most}"))


def _squares(here: Here, seen: Seen, factor: FactorResult) -> str:
    return "".join(_square(here, seen, factor, trace) for trace in factor.practices)


def _square(here: Here, seen: Seen, factor: FactorResult, trace: PracticeTrace) -> str:
    questionnaire = seen.questionnaire
    question = questionnaire.words(here.t.language).practices[trace.id].question
    said = position_in_words(here.t, questionnaire, seen.answers.get(trace.id, Answer(trace.id)))
    kind, style = "cell cell-open", None
    if trace.state == "not_applicable":
        kind = "cell cell-na"
    elif trace.state == "answered" and trace.number is not None:
        steps = len(questionnaire.scale_of(questionnaire.practices[trace.id]).steps)
        colour = theme.step_colour(trace.number, steps)
        kind, style = "cell", f"background:{colour};color:{theme.ink_on(colour)}"
    link = href("answer", here.at(round=seen.round.id, factor=factor.id))
    mark = "K" if trace.key else ""
    label = f"{question} – {said}"
    return tag(
        "a", mark, href=link, target="_self", class_=f"{kind} go", style=style, title=label, aria_label=label
    )


def national(here: Here, seen: Seen) -> None:
    """List the national practices with their answers; they are in no figure."""
    t, questionnaire = here.t, seen.questionnaire
    if seen.asked.problems:
        st.warning(t("The national practices cannot be shown before their files are mended."))
    own = [practice for practice in questionnaire.practices.values() if practice.national]
    if not own:
        return
    st.subheader(t("National practices"))
    st.caption(t("Asked by this administration only. They are in no value, level or comparison."))
    words = questionnaire.words(t.language)
    rows = []
    for practice in own:
        answer = seen.answers.get(practice.id, Answer(practice.id))
        factor = questionnaire.factor_of[practice.id]
        link = href("answer", here.at(round=seen.round.id, factor=factor.id))
        question = tag(
            "a", text(words.practices[practice.id].question), href=link, target="_self", class_="go"
        )
        name = f"{factor.number} · {words.factors[factor.id].name}"
        rows.append([text(name), question, text(position_in_words(t, questionnaire, answer))])
    table([t("Factor"), t("Practice"), t("Step")], rows, links=True, stacked=True)


def _step_key(names: Sequence[str]) -> None:
    swatches = [
        tag(
            "span",
            tag("span", "", class_="swatch", style=f"background:{theme.step_colour(n, len(names))}")
            + text(name),
        )
        for n, name in enumerate(names)
    ]
    show(tag("div", "".join(swatches), class_="key"))
