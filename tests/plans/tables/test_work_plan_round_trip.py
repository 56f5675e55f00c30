"""Whatever a plan holds, its work plan table comes back as it was written, in both languages."""

from dataclasses import replace
from itertools import count

from hypothesis import HealthCheck, given, settings

from arusha.plans import rules
from arusha.plans.model import Plan
from arusha.plans.tables.taking import take
from tests.plans.generated import plans
from tests.plans.tables.written import TODAY, said, shown, shown_of, table, written

THOROUGH = settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))


@THOROUGH
@given(plans(most_goals=2))
def test_a_work_plan_read_back_changes_nothing_and_makes_the_same_plan_again(plan: Plan) -> None:
    found = table(written(plan, ("en", "fr")[len(plan.parts) % 2]))
    ids = map("new{:06d}".format, count())
    back = take(plan, found, TODAY, lambda: next(ids))
    assert (back.problems, back.changes.parts, back.changes.updates) == ((), (), ())
    assert (back.matching.new, back.matching.matched) == (0, len(plan.activities))
    assert shown(found) == shown_of(plan)
    nothing = replace(plan, id="", parts=(), figures=(), updates=(), revisions={})
    again = take(nothing, found, TODAY, lambda: next(ids))
    assert said(again.problems) == []
    assert shown_of(rules.after(nothing, again.changes)) == shown_of(plan)
