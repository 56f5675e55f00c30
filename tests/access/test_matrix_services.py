"""Every service, asked by every role about everything there is: what the matrix says, and nothing beside it."""

from itertools import product

import pytest

from arusha.access.roles import Role
from tests.access.matrix import SERVICES, TABLE, Cell, Relation, State, services
from tests.access.matrix_asking import all_wrong
from tests.access.matrix_calls import CALLS
from tests.access.matrix_rehearsal import Rehearsal
from tests.access.matrix_world import World

ROLES = pytest.mark.parametrize("role", Role)


def test_every_service_has_its_row_and_a_way_to_be_asked() -> None:
    assert set(services()) == set(TABLE["service"]) == set(CALLS)


def test_every_cell_of_the_services_is_there() -> None:
    expected = {Cell(*one) for one in product(Role, services(), Relation, State)}
    assert set(SERVICES) == expected


@ROLES
def test_the_services_do_what_the_matrix_says(role: Role, rehearsed: tuple[Rehearsal, World]) -> None:
    rehearsal, world = rehearsed
    found = all_wrong(rehearsal, world, role)
    assert not found, "\n".join(found)
