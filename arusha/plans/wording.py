"""The words of action plans, the same on every page and in every workbook: sentences of the catalogue."""

from collections.abc import Mapping

from arusha.i18n import Translator
from arusha.plans.model import AnyPart, Direction, FigureKind, Plan, PlanState, Status
from arusha.plans.periods import Every
from arusha.plans.progress.benchmarks import Verdict
from questionnaires.problems import N_

STATUS_NAMES: Mapping[Status, str] = {
    "planned": N_("planned"),
    "initiated": N_("initiated"),
    "ongoing": N_("ongoing"),
    "done": N_("done"),
    "paused": N_("paused"),
    "dropped": N_("dropped"),
}
STATE_NAMES: Mapping[PlanState, str] = {
    "draft": N_("draft"),
    "approved": N_("approved"),
    "closed": N_("closed"),
}
KIND_NAMES: Mapping[str, str] = {
    "goal": N_("Goal"),
    "outcome": N_("Outcome"),
    "output": N_("Output"),
    "activity": N_("Activity"),
    "indicator": N_("Indicator"),
}
DIRECTION_NAMES: Mapping[Direction, str] = {
    "up": N_("up: more is better"),
    "down": N_("down: less is better"),
    "ambiguous": N_("ambiguous: either can be good news"),
}
EVERY_NAMES: Mapping[Every, str] = {
    "year": N_("year"),
    "half": N_("half-year"),
    "quarter": N_("quarter"),
}
SUPPORT_NAMES: Mapping[str, str] = {
    "expert": N_("expert"),
    "training": N_("training"),
    "funding": N_("funding"),
    "equipment": N_("equipment"),
    "guidance": N_("guidance"),
    "peer": N_("another administration"),
    "other": N_("other"),
}
MONTH_NAMES: Mapping[int, str] = dict(
    enumerate(
        (
            N_("January"),
            N_("February"),
            N_("March"),
            N_("April"),
            N_("May"),
            N_("June"),
            N_("July"),
            N_("August"),
            N_("September"),
            N_("October"),
            N_("November"),
            N_("December"),
        ),
        start=1,
    )
)

FIGURE_NAMES: Mapping[FigureKind, str] = {
    "baseline": N_("baseline"),
    "target": N_("target"),
    "actual": N_("actual"),
    "spent": N_("spent"),
}
VERDICT_NAMES: Mapping[Verdict, str] = {
    "met": N_("met"),
    "missed": N_("missed"),
    "late": N_("due, no value"),
    "ahead": N_("met before its day"),
    "open": N_("not due yet"),
    "read_with_care": N_("read with care"),
}


def titled(t: Translator, part: AnyPart) -> str:
    """Return how a part is called: its printed number and its title, or what it is when it has none."""
    title = part.title or t("{kind} without a title", kind=t(KIND_NAMES[part.kind]))
    return f"{part.number} · {title}" if part.number else title


def said_of(t: Translator, plan: Plan) -> str:
    """Return programme, years, version and state of a plan in one line."""
    head = plan.header
    years = f"{head.start.year}–{head.end.year}" if head.start.year != head.end.year else f"{head.start.year}"
    version = t("version {number}, {state}", number=plan.version, state=t(STATE_NAMES[plan.state]))
    return " · ".join(said for said in (head.programme, years, version) if said)
