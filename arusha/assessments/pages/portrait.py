"""The parts of the profile page: the lead, three readings in words, the charts, what lies outside."""

from collections.abc import Sequence

import streamlit as st

from arusha.access.gate import Here
from arusha.assessments import figures, frames
from arusha.assessments.comparing import Before
from arusha.assessments.figures import Reading
from arusha.assessments.pages import tables
from arusha.assessments.views import Seen
from arusha.members import service as members
from arusha.ui import theme
from arusha.ui.parts.markup import md, show, tag, text
from arusha.ui.parts.tracks import Track, tracks
from scoring.profile import FactorResult, Profile, shown

STATIC = {"displayModeBar": False, "responsive": True}


def reading_of(here: Here, seen: Seen, before: Before | None) -> Reading:
    """Return what the charts of this page need beside the profile."""
    words = seen.questionnaire.words(here.t.language)
    scale_id, scale = frames.common_scale(seen.questionnaire)
    names = [words.scales[scale_id][step.id] for step in scale.steps]
    palette = theme.DARK if st.context.theme.type == "dark" else theme.LIGHT
    year = before.round.year if before and before.asks_the_same else None
    return Reading(here.t, words, scale, names, palette, year)


def lead(here: Here, seen: Seen) -> None:
    """Say whose profile it is, whether it is signed, and what the steps are."""
    t, round_ = here.t, seen.round
    administration = here(members.find, round_.administration)
    said = [f"{administration.name(t) if administration else round_.administration}."]
    if seen.signature:
        said.append(
            t(
                "Signed off on {day} by {who}.",
                day=t.date(seen.signature.signed_at),
                who=seen.signature.signed_by,
            )
        )
        if seen.signature.reopened_at:
            said.append(
                t(
                    "Reopened on {day}: {why}",
                    day=t.date(seen.signature.reopened_at),
                    why=seen.signature.reopen_reason,
                )
            )
    else:
        said.append(t("Not signed off yet: the figures follow the answers as they stand."))
    if seen.form == "short":
        said.append(t("Short form: the core practices only."))
    answered = sum(factor.answered for factor in seen.profile.factors)
    applicable = sum(factor.applicable for factor in seen.profile.factors)
    said.append(
        t(
            "{answered} of {applicable} applicable practices answered.",
            answered=answered,
            applicable=applicable,
        )
    )
    said.append(
        t("The steps and levels are this toolkit's own; the WCO has no maturity scale for integrity.")
    )
    show(tag("p", text(" ".join(said)), class_="lead"))


def nothing_yet(here: Here, seen: Seen) -> None:
    """Say that there is no profile before the first answer, and lead to the questions."""
    t = here.t
    st.info(
        t("No practice is answered yet. The profile appears with the first answer."),
        icon=":material/hourglass_empty:",
    )
    if st.button(t("Go to the questions"), type="primary"):
        st.switch_page("assessments/pages/answer.py", query_params=here.at(round=seen.round.id))


def in_words(here: Here, seen: Seen, before: Before | None, reading: Reading) -> None:
    """Show strongest, weakest and most moved, in words."""
    t, profile = here.t, seen.profile
    best, worst = frames.strongest(profile), frames.weakest(profile)
    parts = [(t("Strongest"), _ends(here, best, reading)), (t("Weakest"), _ends(here, worst, reading))]
    if best == worst:
        parts = [(t("Strongest and weakest"), _ends(here, best, reading))]
    if before is not None:
        parts.append(
            (
                t("Most moved since {year}", year=before.round.year),
                _moved(here, seen, before, reading),
            )
        )
    cells = "".join(tag("div", tag("strong", text(head)) + text(said)) for head, said in parts)
    show(tag("div", cells, class_="words"))


def _ends(here: Here, found: Sequence[FactorResult], reading: Reading) -> str:
    t = here.t
    names = [f"{reading.name(f)} ({reading.figure(f.value)})" for f in found[:2]]
    if len(found) > 2:
        names.append(t.many("{count} more", "{count} more", len(found) - 2))
    said = [f"{t.joined(names)}.", _distribution(here, found[0], reading), _held(here, found[0], reading)]
    return " ".join(said).strip()


def _distribution(here: Here, factor: FactorResult, reading: Reading) -> str:
    t, counts = here.t, frames.count_by_step(factor)
    common = max(counts, key=lambda step: (counts[step], -step))
    return t.many(
        "{n} of {count} answered practice is at “{step}”.",
        "{n} of {count} answered practices are at “{step}”.",
        factor.answered,
        n=counts[common],
        step=reading.step_names[common],
    )


def _held(here: Here, factor: FactorResult, reading: Reading) -> str:
    t = here.t
    if not factor.held_by or factor.level is None:
        return ""
    level = t.number(factor.level)
    return t.many(
        "Level {level}: {count} key practice does not reach “{step}”.",
        "Level {level}: {count} key practices do not reach “{step}”.",
        len(factor.held_by),
        level=level,
        step=reading.step_names[min(factor.level + 1, reading.steps - 1)],
    )


def _moved(here: Here, seen: Seen, before: Before, reading: Reading) -> str:
    t, moves = here.t, frames.moves(before.linked(seen))
    if not moves or abs(moves[0].change) < 1e-9:
        return t("No factor moved over the practices answered in both rounds.")
    results = {factor.id: factor for factor in seen.profile.factors}
    said = []
    for move in [move for move in moves if move.factor in results][:2]:
        change = shown(abs(move.change), reading.steps)
        sign = "+" if move.change > 0 else "−"
        said.append(
            t.many(
                "{name} {change} ({count} comparable practice)",
                "{name} {change} ({count} comparable practices)",
                move.practices,
                name=reading.name(results[move.factor]),
                change=f"{sign}{t.decimal(change)}",
            )
        )
    return " · ".join(said)


def charts(here: Here, seen: Seen, before: Before | None, reading: Reading) -> None:
    """Show the ladder, and the radar and the table as further views; only the open one is drawn."""
    t, past = here.t, before.profile if before and before.asks_the_same else None
    ladder, radar, table = st.tabs([t("Ladder"), t("Radar"), t("Table")], on_change="rerun", key="view")
    if ladder.open:
        with ladder:
            _ladders(here, seen.profile, past, reading)
    if radar.open:
        with radar:
            figure = figures.radar(seen.profile, past, reading)
            st.plotly_chart(
                figure, theme=None, config=STATIC, key="radar", alt=_alt(here, seen.profile, reading)
            )
    if table.open:
        with table:
            tables.factors(here, seen.profile, past, reading)
    _key(here, reading)


def _ladders(here: Here, profile: Profile, past: Profile | None, reading: Reading) -> None:
    """Draw the ladder for wide and for narrow screens; the style sheet shows the one that fits."""
    with st.container(key="ladder_wide"):
        figure, alt = figures.ladder(profile, past, reading), _alt(here, profile, reading)
        st.plotly_chart(figure, theme=None, config=STATIC, key="ladder", alt=alt)
    before = {factor.id: factor.value for factor in past.factors} if past else {}
    rows = [
        Track(reading.name(f), reading.figure(f.value), f.value, f.low, f.high, before.get(f.id))
        for f in profile.factors
    ]
    with st.container(key="ladder_narrow"):
        steps = [step.value for step in reading.scale.steps]
        tracks(rows, [*zip(reading.step_names, steps, strict=True)])


def _alt(here: Here, profile: Profile, reading: Reading) -> str:
    return here.t(
        "Value of each factor: {values}.",
        values=", ".join(
            f"{reading.name(factor)} {reading.figure(factor.value)}" for factor in profile.factors
        ),
    )


def _key(here: Here, reading: Reading) -> None:
    t, palette = here.t, reading.palette
    marks = [
        ("mark-dot", f"background:{palette.strong}", t("own assessment")),
        ("mark-range", f"background:{palette.whisker}", t("what open practices could still make of it")),
    ]
    if reading.previous_year:
        marks.append(("mark-ring", f"border-color:{palette.quiet}", str(reading.previous_year)))
    spans = [
        tag("span", tag("span", "", class_=f"mark {kind}", style=style) + text(said))
        for kind, style, said in marks
    ]
    show(tag("div", "".join(spans), class_="key"))


def outside(here: Here, seen: Seen) -> None:
    """Say how much of the gap lies outside Customs' own power, and what was left open or out."""
    t = here.t
    shares = [f for f in seen.profile.factors if f.outside]
    if shares:
        words = seen.questionnaire.words(t.language).factors
        said = ", ".join(f"{words[f.id].name} {t.percent(f.outside)}" for f in shares)
        st.markdown(
            md(
                t(
                    "Of the gap to the highest step, this much lies outside Customs' own power: {said}.",
                    said=said,
                )
            )
        )
    left_open = sum(trace.state == "open_with_reason" for f in seen.profile.factors for trace in f.practices)
    if left_open:
        st.markdown(
            md(
                t.many(
                    "{count} practice was left open with a reason.",
                    "{count} practices were left open with a reason.",
                    left_open,
                )
            )
        )
