"""Every service, asked by every role about everything there is, does what the matrix says and no more."""

from itertools import product

import pytest

from arusha.access.roles import Role
from tests.access.matrix import SERVICES, TABLE, Cell, Relation, State, on_a_store, services
from tests.access.matrix_asking import all_wrong
from tests.access.matrix_calls import CALLS
from tests.access.matrix_rehearsal import Rehearsal
from tests.access.matrix_world import World

MAKERS = {
    "assessments.files",
    "reference.files",
    "assessments.sample",
    "plans.basis",
    "plans.files",
    "plans.sample",
}
"""Rooms whose functions ask a service, which is guarded itself."""
BY_A_SECRET = {
    "access.foreign_sign_ins.begin",
    "access.foreign_sign_ins.failed",
    "access.foreign_sign_ins.take",
    "access.invitations.accept",
    "access.invitations.bind",
    "access.invitations.by_subject",
    "access.invitations.look",
    "access.sessions.actor_of",
    "access.sessions.end",
    "access.sessions.enter",
    "access.sessions.holder_of",
    "access.sessions.needs_second_step",
    "access.sessions.prove",
    "access.sessions.session_of",
    "access.signing_in.sign_in",
}
"""What is asked before anybody is known: a token, a session or a password decides."""
BY_THE_OPERATOR = {
    "access.copies.record_backup",
    "access.copies.settle",
    "access.readiness.failed",
    "access.sealing.faults_of",
    "access.sealing.verify",
}
"""What commands and probes of the server's health ask; no page does."""
ROLES = pytest.mark.parametrize("role", Role)


def test_every_service_has_its_row_and_a_way_to_be_asked() -> None:
    assert set(services()) == set(TABLE["service"]) == set(CALLS)


def test_every_service_puts_its_refusals_into_the_trail() -> None:
    unguarded = {name for name, function in services().items() if not hasattr(function, "__wrapped__")}
    assert {name.rpartition(".")[0] for name in unguarded} == MAKERS


def test_nothing_else_takes_a_store() -> None:
    """A function that asks a store for nobody has to be known here, with what it asks instead."""
    found = {name for name in on_a_store() if not name.startswith("store.")}
    assert found == BY_A_SECRET | BY_THE_OPERATOR


def test_every_cell_of_the_services_is_there() -> None:
    expected = {Cell(*one) for one in product(Role, services(), Relation, State)}
    assert set(SERVICES) == expected


@ROLES
def test_the_services_do_what_the_matrix_says(role: Role, rehearsed: tuple[Rehearsal, World]) -> None:
    rehearsal, world = rehearsed
    found = all_wrong(rehearsal, world, role)
    assert not found, "\n".join(found)
