"""Whether what is planned can be done as it is planned: by whom, when, and with what money."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from arusha.plans.checkup.findings import Finding, Looked, of_part, of_plan
from arusha.plans.model import Activity
from questionnaires.problems import N_, printable

FEWEST_ENDS = 3  # fewer ends than these say nothing about how they were chosen
HALF_A_CENT = 0.005  # less than this is no spending


def without_owner(looked: Looked) -> Iterator[Finding]:
    """Find activities that nobody answers for."""
    for one in looked.activities():
        if not one.responsible:
            fault = N_("Nobody is responsible for the activity.")
            yield of_part("without_owner", one, fault, N_("Name one person or office that answers for it."))


def undated(looked: Looked) -> Iterator[Finding]:
    """Find activities without a first or a last day."""
    for one in looked.activities():
        if one.start is None or one.end is None:
            fault = N_("The activity does not say when it begins and when it ends.")
            yield of_part("undated", one, fault, N_("Give it both dates."))


def outside_the_plan(looked: Looked) -> Iterator[Finding]:
    """Find days of activities, their milestones and links that lie before or after the plan."""
    header = looked.plan.header
    for one in looked.activities(["dropped"]):
        for day in sorted(day for day in _days(one) if not header.start <= day <= header.end):
            yield of_part(
                "outside_plan",
                one,
                N_("The date {day} lies outside of the plan, which runs from {start} to {end}."),
                N_("Correct the date, or the dates of the plan."),
                day=day,
                start=header.start,
                end=header.end,
            )


def _days(activity: Activity) -> set[date]:
    days = [activity.start, activity.end, *(link.by for link in activity.links)]
    days += [milestone.due for milestone in activity.milestones]
    return {day for day in days if day is not None}


def before_approval(looked: Looked) -> Iterator[Finding]:
    """Find activities that begin before the plan's first approval; a revision comes amid the work."""
    approved = looked.plan.approved
    if approved is None or looked.plan.version > 1:
        return
    for one in looked.activities(["dropped"]):
        if one.start is not None and one.start < approved:
            yield of_part(
                "before_approval",
                one,
                N_("The activity begins on {start}, before the plan was approved on {approved}."),
                N_("Correct the date, or let it begin after the approval."),
                start=one.start,
                approved=approved,
            )


def all_on_the_last_day(looked: Looked) -> Iterator[Finding]:
    """Find a plan in which more than half of the activities end on 31 December or on its own last day."""
    ends = [one.end for one in looked.activities(["dropped"]) if one.end]
    last = [end for end in ends if (end.month, end.day) == (12, 31) or end == looked.plan.header.end]
    if len(ends) >= FEWEST_ENDS and len(last) * 2 > len(ends):
        yield of_plan(
            "all_on_last_day",
            looked.plan,
            N_("{count} of {all} activities end on 31 December or on the last day of the plan."),
            N_("Give each activity the day on which it can really be done."),
            count=len(last),
            all=len(ends),
        )


def late(looked: Looked) -> Iterator[Finding]:
    """Find activities that are past their last day and neither done nor dropped."""
    for one in looked.activities():
        if one.end is not None and one.end < looked.today:
            yield of_part(
                "late",
                one,
                N_("The activity was to end on {end} and is not done."),
                N_("Enter that it is done, or plan a new date."),
                end=one.end,
            )


def stopped_without_a_word(looked: Looked) -> Iterator[Finding]:
    """Find activities that were paused or dropped without a reason."""
    for one in looked.plan.activities:
        said = looked.plan.entries(one.id, "status")
        if not said or said[-1].text.strip():
            continue
        remedy = N_("Enter the status again, and write the reason.")
        if said[-1].choice == "paused":
            fault = N_("The activity was paused on {day}, and nothing says why.")
            yield of_part("stopped_without_reason", one, fault, remedy, day=said[-1].on)
        elif said[-1].choice == "dropped":
            fault = N_("The activity was dropped on {day}, and nothing says why.")
            yield of_part("stopped_without_reason", one, fault, remedy, day=said[-1].on)


def overspent(looked: Looked) -> Iterator[Finding]:
    """Find budget lines on which more was spent than they hold."""
    spent: defaultdict[str, float] = defaultdict(float)
    for figure in looked.plan.current.values():
        if figure.kind == "spent":
            spent[figure.subject] += figure.value or 0
    for one in looked.plan.activities:
        for line in one.budget:
            if spent[line.id] >= line.amount + HALF_A_CENT:
                yield of_part(
                    "overspent",
                    one,
                    N_("On the budget line “{line}”, {spent} was spent of {amount}."),
                    N_("Correct the spending, or raise the amount in a revised plan."),
                    line=printable(line.title or line.id, 60),
                    spent=_sum(spent[line.id]),
                    amount=_sum(line.amount),
                )


def _sum(amount: float) -> float:
    """Return an amount to the cent, as a whole number where it is one."""
    return int(amount) if amount == int(amount) else round(amount, 2)
