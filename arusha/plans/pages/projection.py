"""What the plan would make of the profile: now, planned by a date, the target; what the next round found."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission, Subject
from arusha.assessments import figures as ladders
from arusha.assessments import service as assessments
from arusha.assessments.figures import Ahead, Reading
from arusha.assessments.frames import common_scale
from arusha.assessments.views import Seen
from arusha.plans import figures, service
from arusha.plans.model import Plan
from arusha.plans.pages import changed
from arusha.plans.pages.asked import basis
from arusha.plans.pages.chosen import newest
from arusha.plans.progress.projecting import Projection, path
from arusha.ui import theme
from arusha.ui.parts.markup import href, show, tag, text
from arusha.ui.parts.table import table
from arusha.ui.parts.tracks import Track, tracks
from questionnaires.model import Questionnaire

STATIC = {"displayModeBar": False, "responsive": True}


def of_plan(here: Here, plan: Plan, today: date) -> None:
    """Show what a plan would make of the round it was made from; nothing when it lifts no practice."""
    found = basis(here, plan)
    if found.answers and _lifts(plan):
        ahead = path(plan, found.questionnaire, found.answers, today)
        _draw(here, plan, found.questionnaire, ahead)


def of_round(here: Here, seen: Seen, today: date) -> None:
    """Show beside a round's profile what the newest plan would make of it, and what it has made of it."""
    code = seen.round.administration
    if not here.may(Permission.PLAN_READ, Subject(code)):
        return
    plan_id = here.plan_id or newest(here(service.plans), code)
    if not plan_id:
        return
    plan: Plan = here(service.find, plan_id)
    if plan.administration != code or not _lifts(plan) or seen.round.year > plan.header.end.year:
        return
    if plan.header.end > today and seen.round.year >= plan.header.start.year - 2:
        _draw(here, plan, seen.questionnaire, path(plan, seen.questionnaire, seen.answers, today))
    if plan.header.round_id and plan.header.round_id != seen.round.id:
        before = here(assessments.sheet, plan.header.round_id)
        if before.round.year < seen.round.year:
            changed.draw(here, plan, seen, before, today)


def _lifts(plan: Plan) -> bool:
    return any(activity.links for activity in plan.activities)


def _draw(here: Here, plan: Plan, questionnaire: Questionnaire, ahead: Sequence[Projection]) -> None:
    """Show the ladder from now to the target, the trend, and both as a table."""
    t = here.t
    st.subheader(t("What the plan would make of it"))
    to = href("plan", here.at(plan=plan.id, factor=""))
    link = tag("a", text(plan.header.title), href=to, target="_self", class_="go")
    lead = t(
        "Each practice at the step that is planned for it, by the day it is planned. Late work comes later."
    )
    show(tag("p", link + " · " + text(lead)))
    if len(ahead) < 2:
        st.info(t("The plan has ended: nothing more is planned."), icon=":material/flag:")
        return
    reading = reading_of(here, questionnaire)
    show(tag("p", text(_in_words(here, ahead, reading)), class_="quiet"))
    by = _by(here, ahead)
    ladder, trend, data = st.tabs([t("Ladder"), t("Trend"), t("Table")], on_change="rerun", key="ahead_view")
    if ladder.open:
        with ladder:
            _ladder(here, ahead, by, reading)
    if trend.open:
        with trend:
            chart = figures.trend(ahead, reading)
            st.plotly_chart(
                chart, theme=None, config=STATIC, key="ahead_trend", alt=_in_words(here, ahead, reading)
            )
    if data.open:
        with data:
            _table(here, ahead, reading)


def reading_of(here: Here, questionnaire: Questionnaire) -> Reading:
    """Return what charts of a profile need beside it."""
    words = questionnaire.words(here.t.language)
    scale_id, scale = common_scale(questionnaire)
    palette = theme.DARK if st.context.theme.type == "dark" else theme.LIGHT
    return Reading(here.t, words, scale, [words.scales[scale_id][step.id] for step in scale.steps], palette)


def _by(here: Here, ahead: Sequence[Projection]) -> Projection:
    """Ask by which day: the end of one of the plan's years, first the one that brings something."""
    days = [one.on for one in ahead[1:]]
    if len(days) == 1:
        return ahead[1]
    now = ahead[0].profile.overall.value
    first = next((one.on for one in ahead[1:] if one.profile.overall.value != now), days[0])
    wanted = st.segmented_control(
        here.t("Planned by"), days, default=first, required=True, format_func=here.t.day, key="ahead_by"
    )
    return ahead[1 + days.index(wanted)]


def _ladder(here: Here, ahead: Sequence[Projection], by: Projection, reading: Reading) -> None:
    """Draw it for wide and for narrow screens; the style sheet shows the one that fits."""
    t, now, last = here.t, ahead[0].profile, ahead[-1]
    target = Ahead(t("target"), last.profile)
    shown = [target] if by is last else [Ahead(t("by {year}", year=by.on.year), by.profile), target]
    with st.container(key="ahead_wide"):
        chart = ladders.ladder(now, None, reading, shown)
        st.plotly_chart(chart, theme=None, config=STATIC, key="ahead", alt=_in_words(here, ahead, reading))
    then = {factor.id: factor for factor in by.profile.factors}
    rows = [
        Track(
            reading.name(f),
            t("{now} → {then}", now=reading.figure(f.value), then=reading.figure(then[f.id].value)),
            f.value,
            None,
            None,
            None,
            then[f.id].value,
        )
        for f in now.factors
    ]
    with st.container(key="ahead_narrow"):
        tracks(rows, [*zip(reading.step_names, (step.value for step in reading.scale.steps), strict=True)])


def _in_words(here: Here, ahead: Sequence[Projection], reading: Reading) -> str:
    """Say which factors the plan lifts most by its end, or that it lifts none any more."""
    t, last = here.t, ahead[-1]
    then = {factor.id: factor.value or 0.0 for factor in last.profile.factors}
    lifted = [(f, then[f.id]) for f in ahead[0].profile.factors if then[f.id] > (f.value or 0.0) + 1e-9]
    if not lifted:
        return t(
            "Nothing that is still planned would lift a factor: the steps are reached, or the work stopped."
        )
    lifted.sort(key=lambda pair: (pair[0].value or 0.0) - pair[1])
    names = [
        t(
            "{name} from {now} to {then}",
            name=reading.name(f),
            now=reading.figure(f.value),
            then=reading.figure(to),
        )
        for f, to in lifted[:3]
    ]
    return t.many(
        "By {day} the plan would lift {count} factor: {names}.",
        "By {day} the plan would lift {count} factors, most of all {names}.",
        len(lifted),
        day=t.day(last.on),
        names=t.joined(names),
    )


def _table(here: Here, ahead: Sequence[Projection], reading: Reading) -> None:
    t = here.t
    heads = [t("Factor"), t("now"), *(t.day(one.on) for one in ahead[1:])]
    rows = [
        [reading.name(f), *(reading.figure(one.profile.factors[number].value) for one in ahead)]
        for number, f in enumerate(ahead[0].profile.factors)
    ]
    whole = [reading.figure(one.profile.overall.value) for one in ahead]
    table(heads, [*rows, [t("All factors (a convenience)"), *whole]])
