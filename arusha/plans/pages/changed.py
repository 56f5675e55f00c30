"""After a next round: whether the measures changed the practices they were made for."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments.views import Seen, Sheet
from arusha.plans.model import Plan
from arusha.plans.progress.projecting import VERDICTS, Outcome, outcomes
from arusha.plans.wording import titled
from arusha.ui.parts.markup import show, tag, text
from arusha.ui.parts.table import table


def draw(here: Here, plan: Plan, seen: Seen, before: Sheet, today: date) -> None:
    """Show what was planned by the end of the round's year, and what was answered for it."""
    t = here.t
    day = min(date(seen.round.year, 12, 31), today)
    found = outcomes(plan, seen.questionnaire, before.answers, seen.answers, day)
    if not found:
        return
    st.subheader(t("Did the measures change the practices?"))
    show(tag("p", text(" ".join(_counted(here, found))), class_="lead"))
    heads = [
        t("Practice"),
        t("Measure"),
        str(before.round.year),
        t("Planned"),
        str(seen.round.year),
        t("Found"),
    ]
    table(heads, [_row(here, plan, seen, one) for one in found], stacked=True)


def _counted(here: Here, found: Sequence[Outcome]) -> list[str]:
    """Say how many planned steps were reached, and how many of those whose work was done."""
    t = here.t
    reached = sum(one.verdict == "reached" for one in found)
    done = [one for one in found if one.done]
    said = [
        t.many(
            "{reached} of {count} planned step is reached.",
            "{reached} of {count} planned steps are reached.",
            len(found),
            reached=reached,
        )
    ]
    if done:
        changed = sum(one.verdict == "reached" for one in done)
        said.append(
            t.many(
                "The measure of {count} of them is done; {changed} of these is reached.",
                "The measures of {count} of them are done; of these {changed} are reached.",
                len(done),
                changed=changed,
            )
        )
    return said


def _row(here: Here, plan: Plan, seen: Seen, one: Outcome) -> list[str]:
    t, words = here.t, seen.questionnaire.words(here.t.language)
    practice = seen.questionnaire.practices[one.practice]
    names = words.scales[practice.scale]
    done = t("done") if one.done else t("not done")
    activity = plan.by_id[one.activity]
    planned = t("{step} by {day}", step=names.get(one.planned, one.planned), day=t.day(one.by))
    return [
        words.practices[one.practice].question,
        f"{titled(t, activity)} ({done})",
        names.get(one.before or "", "–"),
        planned,
        names.get(one.answered or "", "–"),
        t(VERDICTS[one.verdict]),
    ]
