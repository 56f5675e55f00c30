"""A plan that runs now, kept with the round it was made from: what pages of plans are tested on."""

from datetime import date, timedelta

from arusha.access.rules import LOCAL
from arusha.plans import service
from arusha.plans.model import Figure, Goal, Header, Link, Plan, Update
from arusha.plans.periods import periods
from arusha.plans.rules import Changes
from arusha.store import Store
from arusha.store.clock import now
from tests.furnishing import EDITION, PRACTICES, opened, whole
from tests.plans.building import activity, actual, baseline, indicator, output, status, target, update

TODAY = now().date()
YEAR = TODAY.year
START, END = date(YEAR - 2, 1, 1), date(YEAR + 2, 12, 31)
GOALS = (
    Goal(id="goal01", number="1", title="Discretion is used openly", owner="Risk office"),
    Goal(id="goal02", number="2", title="Complaints are heard", owner="Ombudsman"),
)
HALVES = [half for half in periods("half", START, END) if half.end < TODAY][:4]
NAME = "Overrides with a recorded reason"


def steps(practice: str) -> list[str]:
    """Return the steps of a practice's scale."""
    return [step.id for step in EDITION.scale_of(EDITION.practices[practice]).steps]


def parts() -> tuple:
    """Return the plan's parts: two goals, four activities, five indicators."""
    late = TODAY - timedelta(days=40)
    links = [
        Link(practice=PRACTICES[n], step=steps(PRACTICES[n])[-1], by=date(YEAR + 1, 6, 30)) for n in (0, 1, 5)
    ]
    return (
        *GOALS,
        output("output01", title="A register of overrides"),
        activity(
            "register",
            "output01",
            number="1.1",
            title="Build the register",
            start=START,
            end=date(YEAR - 1, 6, 30),
        ),
        activity(
            "reviews", "goal01", number="1.2", title="Review a sample each month", start=START, end=late
        ),
        activity(
            "training", "goal02", number="2.1", title="Train the desk", start=START, end=END, links=links
        ),
        activity(
            "posters",
            "goal02",
            number="2.2",
            title="Hang posters",
            start=START,
            end=TODAY + timedelta(days=20),
        ),
        indicator("overrides", "goal01", title=NAME, unit="%", every="half", number="a", owner="Risk office"),
        indicator(
            "release", "goal01", title="Median release time", unit="hours", direction="down", number="b"
        ),
        indicator(
            "heard1", "goal02", title="Complaints heard", direction="ambiguous", cumulative=True, number="c"
        ),
        indicator("trained", "goal02", title="Officers trained", cumulative=True, number="d"),
        indicator("nothing", "goal02", title="Not measured yet", unit="", number="e"),
    )


def figures() -> tuple[Figure, ...]:
    """Return baselines, targets to the end, and four half-years of actuals."""
    day = START - timedelta(days=1)
    years = [str(year) for year in range(YEAR - 2, YEAR + 3)]
    halves = [half.key for half in periods("half", START, END)]
    return (
        baseline(12, day, "overrides"),
        *(target(key, 20 + 8 * number, "overrides") for number, key in enumerate(halves)),
        *(actual(half.key, 15 + 6 * number, "overrides") for number, half in enumerate(HALVES)),
        baseline(26, day, "release"),
        *(target(key, 22 - 3 * number, "release") for number, key in enumerate(years)),
        *(actual(key, 26, "release") for key in years[:1]),
        *(actual(key, 40, "heard1") for key in years[:1]),
        baseline(0, day, "trained"),
        *(target(key, 50, "trained") for key in years),
        *(actual(key, 60, "trained") for key in years[:2]),
    )


def updates() -> tuple[Update, ...]:
    """Return what was entered about the activities, and what was said in the year before this one."""
    before = date(YEAR - 1, 12, 10)
    return (
        status("ongoing", date(YEAR - 2, 3, 1), "register"),
        status("done", date(YEAR - 1, 5, 2), "register", text="It runs in all offices."),
        status("ongoing", date(YEAR - 1, 2, 1), "reviews"),
        status("ongoing", date(YEAR - 1, 2, 1), "training"),
        update("reached", "Every second override has a reason.", before, "goal01"),
        update("learned", "Reviewers need a quiet hour.", before, "goal01"),
        update("next", "Move the register to the regions.", before, ""),
    )


def running(store: Store, *, state: str = "approved", code: str = "KE") -> Plan:
    """Open a round with answers and a plan made from it, approved unless it is to stay a draft."""
    round_id = opened(store, YEAR - 2, whole(), code)
    owners = ("Risk office", "Ombudsman")
    header = Header(
        title="Plan of the Customs Service",
        programme="A-CIP",
        start=START,
        end=END,
        owner="Integrity unit",
        owners=owners,
        round_id=round_id,
    )
    plan = service.open_plan(
        LOCAL, store, code, header, Changes(parts(), figures=figures(), updates=updates())
    )
    if state != "draft":
        service.approve(LOCAL, store, plan.id, "Director General", START)
    if state == "closed":
        service.close(LOCAL, store, plan.id)
    return service.find(LOCAL, store, plan.id)
