"""Whatever a plan holds, its tracking table comes back as it was written, in both languages."""

from hypothesis import HealthCheck, given, settings

from arusha.i18n import translator
from arusha.plans.model import Plan
from arusha.plans.sheets import taken_tracking, tracking
from arusha.plans.tables import comparing
from tests.plans.generated import plans
from tests.plans.tables.written import FILE, TODAY, pages, said

THOROUGH = settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))


@THOROUGH
@given(plans(most_goals=2))
def test_a_tracking_table_read_back_is_all_the_same(plan: Plan) -> None:
    t = translator(("en", "fr")[len(plan.parts) % 2])
    found = taken_tracking.taken(pages(tracking.write(t, plan, TODAY)), FILE, plan)
    compared = comparing.compare(plan, found, TODAY)
    assert said(compared.problems) == []
    assert {row.state for row in compared.rows} <= {"same"}
    assert comparing.take(compared).figures == ()
    shown = {row.mine.value for row in compared.rows if row.mine is not None}
    there = {one.value for (_, kind, _), one in plan.current.items() if kind in ("target", "actual")}
    assert shown == there
