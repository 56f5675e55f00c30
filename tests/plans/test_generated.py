"""Plans that tests draw or make to a size may be kept: the rules find nothing against them."""

from hypothesis import HealthCheck, given, settings

from arusha.plans.model import Plan
from tests.plans.generated import faults, large, plans

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@SOME
@given(plans())
def test_a_drawn_plan_may_be_kept(plan: Plan) -> None:
    assert faults(plan) == []


def test_the_large_plan_may_be_kept_and_is_as_large_as_it_says() -> None:
    plan = large()
    assert faults(plan) == []
    assert (len(plan.activities), len(plan.indicators)) == (300, 150)
    assert sum(figure.kind == "target" for figure in plan.figures) == 150 * 28
