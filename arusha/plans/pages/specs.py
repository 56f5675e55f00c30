"""Which fields a part of a plan has, what each is called and how it is written, to edit and to read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from arusha.i18n import Translator
from arusha.plans.editing import places_for
from arusha.plans.measures import owners_of
from arusha.plans.model import Activity, AnyPart, Goal, Header, Indicator, Plan
from arusha.plans.wording import DIRECTION_NAMES, EVERY_NAMES, KIND_NAMES, MONTH_NAMES, titled

Sort = Literal["line", "prose", "day", "choice", "several", "tick", "number", "lines"]


@dataclass(frozen=True)
class Spec:
    """A field: its name in the model, its label, how it is written; ``names`` are what can be chosen.

    Fields of one ``row`` stand side by side where there is room.
    """

    name: str
    label: str
    sort: Sort = "line"
    names: Mapping[Any, str] = field(default_factory=dict, hash=False)
    help: str | None = None
    row: str = ""
    limits: tuple[int, int] = (0, 0)


def specs(t: Translator, plan: Plan, part: AnyPart) -> list[Spec]:
    """Return the fields of a part in the order they are written."""
    head = [
        Spec("number", t("Number"), row="title", help=t("What is printed before it; it may change.")),
        Spec("title", t("Title"), row="title"),
    ]
    if not isinstance(part, Goal):
        places = {one.id: f"{t(KIND_NAMES[one.kind])} {titled(t, one)}" for one in places_for(plan, part)}
        head.append(Spec("within", t("Stands within"), "choice", places))
    if isinstance(part, Activity):
        return head + _activity(t, plan, part)
    if isinstance(part, Indicator):
        return head + _indicator(t, plan, part)
    impact = [Spec("impact", t("Expected impact"), "prose")] if isinstance(part, Goal) else []
    return [
        *head,
        *impact,
        Spec("owner", t("Responsible"), "choice", _owners(t, plan)),
        Spec("assumptions", t("Assumptions: what has to hold"), "prose", row="conditions"),
        Spec("risks", t("Risks: what may prevent it"), "prose", row="conditions"),
    ]


def _owners(t: Translator, plan: Plan) -> dict[str, str]:
    return {"": t("nobody yet")} | {one: one for one in owners_of(plan)}


def _activity(t: Translator, plan: Plan, part: Activity) -> list[Spec]:
    others = {one.id: titled(t, one) for one in plan.activities if one.id != part.id}
    listed = t("Owners are named at the head of the plan.")
    return [
        Spec("responsible", t("Responsible"), "choice", _owners(t, plan), listed, row="who"),
        Spec("start", t("Begins"), "day", row="who"),
        Spec("end", t("Ends"), "day", row="who"),
        Spec("stakeholders", t("Stakeholders"), "prose"),
        Spec("after", t("Comes after"), "several", others),
    ]


def _indicator(t: Translator, plan: Plan, part: Indicator) -> list[Spec]:
    others = {"": t("none")} | {one.id: titled(t, one) for one in plan.indicators if one.id != part.id}
    adds = t("For example people trained: what each period adds is summed up from the beginning of the plan.")
    return [
        Spec("unit", t("Unit"), row="unit", help=t("For example %, days, number of posts.")),
        Spec("direction", t("Direction"), "choice", _said(t, DIRECTION_NAMES), row="unit"),
        Spec("every", t("A value for each"), "choice", _said(t, EVERY_NAMES), row="unit"),
        Spec("cumulative", t("Values of the periods add up"), "tick", help=adds),
        Spec("source", t("Source"), row="source", help=t("A register, a survey, a system.")),
        Spec("owner", t("Responsible"), "choice", _owners(t, plan), row="source"),
        Spec("verification", t("Means of verification: where the evidence is"), "prose"),
        Spec("disaggregation", t("Disaggregated by"), help=t("For example sex, office, role.")),
        Spec("read_with", t("To be read beside"), "choice", others, row="others"),
        Spec("replaces", t("Takes the place of"), "choice", others, row="others"),
        Spec("ended", t("Ended on"), "day", row="ended"),
        Spec("ended_because", t("Ended because"), row="ended"),
    ]


def of_header(t: Translator, plan: Plan, rounds: Mapping[str, str]) -> list[Spec]:
    """Return the fields of the plan's head; ``rounds`` are those whose gaps it may answer."""
    a_line = t("One name a line: offices and persons who may answer for something in the plan.")
    return [
        Spec("title", t("Title of the plan")),
        Spec("programme", t("Programme"), row="programme"),
        Spec("owner", t("Responsible"), row="programme"),
        Spec("start", t("First day"), "day", row="dates"),
        Spec("end", t("Last day"), "day", row="dates"),
        Spec("fiscal_start", t("Its years begin in"), "choice", _said(t, MONTH_NAMES), row="dates"),
        Spec("owners", t("Owners"), "lines", help=a_line),
        Spec("round_id", t("The round whose gaps it answers"), "choice", {"": t("none")} | dict(rounds)),
        Spec("currency", t("Currency"), help=t("Three letters, for example USD."), row="limits"),
        Spec(
            "most_at_once",
            t("Most activities of one owner at once"),
            "number",
            row="limits",
            limits=(1, 99),
        ),
        Spec(
            "most_a_quarter",
            t("Most activities that end in one quarter"),
            "number",
            row="limits",
            limits=(1, 99),
        ),
    ]


def _said(t: Translator, names: Mapping[Any, str]) -> dict[Any, str]:
    return {one: t(said) for one, said in names.items()}


def shown(t: Translator, spec: Spec, value: Any) -> str:
    """Return what a field holds in words, '' for nothing."""
    words: dict[str, Callable[[Any], str]] = {
        "day": lambda day: t.day(day) if day else "",
        "tick": lambda ticked: t("yes") if ticked else t("no"),
        "number": t.number,
        "several": lambda several: t.joined([spec.names.get(one, one) for one in several]),
        "lines": lambda lines: t.joined(list(lines)),
        "choice": lambda one: spec.names.get(one, str(one)) if one != "" else "",
    }
    return words.get(spec.sort, str)(value)


def kept(spec: Spec, subject: AnyPart | Header) -> Any:
    """Return what is kept of a field, as its widget holds it."""
    value = getattr(subject, spec.name)
    return "\n".join(value) if spec.sort == "lines" else value
