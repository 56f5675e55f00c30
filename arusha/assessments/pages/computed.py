"""How is this computed? Every number of the profile with its practices, weights and rule."""

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments.figures import Reading
from arusha.assessments.views import Seen
from arusha.assessments.wording import position_in_words
from arusha.ui.parts.markup import md
from arusha.ui.parts.table import table
from scoring.answers import Answer
from scoring.profile import FactorResult, PracticeTrace

ALL = ""


def draw(here: Here, seen: Seen, reading: Reading) -> None:
    """Show the way from answers to numbers, a factor at a time, when it is asked for."""
    t = here.t
    with st.expander(t("How is this computed?"), key="computed", on_change="rerun") as opened:
        if not opened.open:
            return
        names = {ALL: t("All factors")} | {f.id: reading.name(f) for f in seen.profile.factors}
        chosen = st.selectbox(t("Figure"), list(names), format_func=names.__getitem__, key="computed_factor")
        results = {factor.id: factor for factor in seen.profile.factors}
        if chosen in results:
            _factor(here, seen, results[chosen], reading)
        else:
            _overall(here, seen, reading)


def _factor(here: Here, seen: Seen, factor: FactorResult, reading: Reading) -> None:
    t = here.t
    answered = [p for p in factor.practices if p.value is not None]
    weight = sum(p.weight for p in answered)
    weighted = sum(p.weight * (p.value or 0) for p in answered)
    if factor.value is not None:
        st.markdown(
            md(
                t(
                    "Value = sum of weight × step value ÷ sum of weights, over the answered practices: "
                    "{weighted} ÷ {weight} = {value}, shown as {shown} on the steps 0 to {top}.",
                    weighted=t.exact(weighted),
                    weight=t.exact(weight),
                    value=t.exact(factor.value),
                    shown=reading.figure(factor.value),
                    top=reading.steps - 1,
                )
            )
        )
    st.markdown(
        md(
            t(
                "With every open practice at its lowest step it would be {low}, at its highest {high}. "
                "Answered: {coverage} of the applicable weight. Not applicable, left out and counted: {out}.",
                low=reading.figure(factor.low),
                high=reading.figure(factor.high),
                coverage=t.percent(factor.coverage),
                out=factor.not_applicable,
            )
        )
    )
    st.markdown(md(_level(here, seen, factor, reading)))
    heads = [t("Practice"), t("Key"), t("Weight"), t("Answer"), t("Step value"), t("Reason")]
    table(heads, [_row(here, seen, trace) for trace in factor.practices])


def _level(here: Here, seen: Seen, factor: FactorResult, reading: Reading) -> str:
    t = here.t
    if factor.level is None:
        return t("No level: no practice applies.")
    shares = t.joined(
        [
            f"{name} {t.percent(share)}"
            for name, share in zip(reading.step_names[1:], factor.level_shares[1:], strict=False)
        ]
    )
    said = t(
        "Level {level}: the highest step that all key practices and at least 80 % of the weight have reached "
        "(open counts as the first step). Weight at each step or above: {shares}.",
        level=factor.level,
        shares=shares,
    )
    if factor.held_by:
        words = seen.questionnaire.words(t.language).practices
        said += " " + t(
            "Held by key practices: {practices}",
            practices=t.joined([words[p].question for p in factor.held_by]),
        )
    return said


def _row(here: Here, seen: Seen, trace: PracticeTrace) -> list[str]:
    t, questionnaire = here.t, seen.questionnaire
    answer = seen.answers.get(trace.id, Answer(trace.id))
    said = position_in_words(t, questionnaire, answer)
    if trace.outside:
        said = t("{step} (outside our powers)", step=said)
    question = questionnaire.words(t.language).practices[trace.id].question
    value = "–" if trace.value is None else t.exact(trace.value)
    return [question, t("yes") if trace.key else "", t.exact(trace.weight), said, value, trace.reason]


def _overall(here: Here, seen: Seen, reading: Reading) -> None:
    t, whole = here.t, seen.profile.overall
    st.markdown(
        md(
            t(
                "The overall figure {value} (from {low} to {high}) is the mean of the factors that have a "
                "value, by their weights. It is a convenience; the ten factors are the result. Rule: {rule}.",
                value=reading.figure(whole.value),
                low=reading.figure(whole.low),
                high=reading.figure(whole.high),
                rule=seen.profile.rule,
            )
        )
    )
    heads = [t("Factor"), t("Weight"), t("Value"), t("Lowest"), t("Highest"), t("Level")]
    rows = [
        [
            reading.name(f),
            t.exact(f.weight),
            *(t.exact(v) for v in (f.value, f.low, f.high)),
            t.number(f.level),
        ]
        for f in seen.profile.factors
    ]
    table(heads, rows, caption=t("Values from 0 to 1, as they are computed."))
