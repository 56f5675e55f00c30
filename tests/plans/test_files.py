"""The files of plans: made for who may take them."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from arusha.access.roles import Role
from arusha.access.rules import LOCAL
from arusha.i18n import translator
from arusha.plans.basis import basis
from arusha.plans.files import MAKERS
from arusha.plans.model import Plan
from arusha.store import Store, open_store
from questionnaires.problems import Refused
from tests.assessments.consenting import person
from tests.plans.pages.running import running

T = translator("en")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Plan]]:
    """Return a database with a running plan."""
    folder: Path = tmp_path_factory.mktemp("files")
    store = open_store(f"sqlite:///{folder / 'arusha.sqlite'}")
    yield store, running(store)
    store.close()


@pytest.mark.parametrize("maker", MAKERS)
def test_every_file_is_a_workbook_named_after_the_plan(maker: str, kept: tuple[Store, Plan]) -> None:
    store, plan = kept
    file = MAKERS[maker](LOCAL, store, T, plan.id)
    assert file.name.startswith(f"arusha-{plan.id}")
    assert file.name.endswith(".xlsx")
    assert load_workbook(io.BytesIO(file.content)).sheetnames


@pytest.mark.parametrize("maker", MAKERS)
def test_a_file_is_not_made_for_who_may_not_take_it(maker: str, kept: tuple[Store, Plan]) -> None:
    store, plan = kept
    for actor in (person(Role.OBSERVER, "KE"), person(Role.COORDINATOR, "UG")):
        with pytest.raises(Refused):
            MAKERS[maker](actor, store, T, plan.id)


@pytest.mark.parametrize("maker", MAKERS)
def test_a_file_of_no_plan_is_refused(maker: str, kept: tuple[Store, Plan]) -> None:
    with pytest.raises(Refused, match="There is no plan with this id"):
        MAKERS[maker](LOCAL, kept[0], T, "nowhere")


def test_the_basis_of_a_plan_is_its_round_as_far_as_a_person_may_see_it(kept: tuple[Store, Plan]) -> None:
    store, plan = kept
    assert basis(LOCAL, store, plan).answers
    assert basis(person(Role.COORDINATOR, "UG"), store, plan).answers is None
    without = plan.header.model_copy(update={"round_id": ""})
    assert basis(LOCAL, store, Plan(plan.id, plan.administration, without)).answers is None
