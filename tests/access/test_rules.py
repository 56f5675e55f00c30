"""Who may do what: nothing but what is granted, and every service asks."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import combinations, islice
from typing import Any

import pytest

from arusha.access import service as access
from arusha.access.rules import LOCAL, Actor, Decision, Permission, Reach, decide, require
from arusha.assessments import sample
from arusha.assessments import service as assessments
from arusha.members import service as members
from arusha.reference import service as reference
from arusha.store import Store, open_store
from questionnaires.problems import Refused
from tests.assessments.rounds import EDITION, FIRST, met, opened, signed

P = Permission
NEEDS: dict[str, set[Permission]] = {
    "assessments.open_round": {P.ROUND_OPEN},
    "assessments.enter_rounds": {P.ROUND_OPEN, P.ANSWER_WRITE, P.ROUND_SIGN},
    "assessments.rounds": {P.ROUND_READ},
    "assessments.find": {P.ROUND_READ},
    "assessments.sheet": {P.ANSWER_READ},
    "assessments.earlier_rounds": {P.ROUND_READ},
    "assessments.before": {P.ANSWER_READ},
    "assessments.ask_whole": {P.ROUND_OPEN},
    "assessments.carry_plan": {P.ANSWER_READ},
    "assessments.carry_over": {P.ANSWER_READ, P.ANSWER_WRITE},
    "assessments.save_answer": {P.ANSWER_WRITE},
    "assessments.settle": {P.ANSWER_WRITE},
    "assessments.history": {P.ANSWER_READ},
    "assessments.import_answers": {P.ANSWER_WRITE},
    "assessments.faults_against_signing": {P.ANSWER_READ},
    "assessments.sign": {P.ROUND_SIGN},
    "assessments.reopen": {P.ROUND_REOPEN},
    "assessments.signatures": {P.PROFILE_READ},
    "assessments.profile": {P.PROFILE_READ, P.ANSWER_READ},
    "assessments.verify": {P.PROFILE_READ, P.ANSWER_READ},
    "assessments.visit": {P.ANSWER_READ},
    "assessments.last_visit": {P.ANSWER_READ},
    "assessments.exported": {P.PROFILE_EXPORT, P.PROFILE_READ, P.ANSWER_READ, P.ADMINISTRATION_READ},
    "assessments.exported_receipt": {P.PROFILE_EXPORT, P.ANSWER_READ},
    "members.registered": {P.ADMINISTRATION_READ},
    "members.find": {P.ADMINISTRATION_READ},
    "members.register": {P.ROUND_OPEN},
    "reference.editions": {P.QUESTIONNAIRE_READ},
    "access.language_of": {P.PREFERENCE_SET},
    "access.choose_language": {P.PREFERENCE_SET},
}
WITHIN = {"members.ensure"}  # works within a transaction that a service has opened and asked for


def services() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every public function of the services, with the name of its capability."""
    rooms = {"access": access, "assessments": assessments, "members": members, "reference": reference}
    for name, module in rooms.items():
        for function, value in inspect.getmembers(module, inspect.isfunction):
            if value.__module__ == module.__name__ and not function.startswith("_"):
                yield f"{name}.{function}", value


SERVICES = {name: function for name, function in services() if name not in WITHIN}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, dict[str, Any]]]:
    """Return a store, and for each parameter of a service a value that it takes."""
    with closing(open_store(f"sqlite:///{tmp_path_factory.mktemp('access') / 'x.sqlite'}")) as store:
        round_id = opened(store)
        save_id = met(store, round_id)
        yield (
            store,
            {
                "administration": "FR",
                "edition": EDITION.id,
                "year": 2026,
                "entries": list(sample.read())[:1],
                "round_id": round_id,
                "source_id": round_id,
                "round_": assessments.find(LOCAL, store, signed(store, code="UG")),
                "practice": FIRST,
                "change": {"note": "x"},
                "base_version": 0,
                "save_id": save_id,
                "choice": "mine",
                "answers": [],
                "signed_by": "A. Director",
                "reason": "A late survey.",
                "factor": EDITION.factors[0].id,
                "code": "DE",
                "language": "en",
            },
        )


def denied(permissions: set[Permission], function: Callable[..., Any], furnished: Any) -> str:
    """Call a service as somebody with these permissions; return the permission that was missing, or ''."""
    store, values = furnished
    asked = list(inspect.signature(function).parameters.values())[2:]
    wanted = {one.name: values[one.name] for one in asked if one.default is inspect.Parameter.empty}
    actor = Actor("somebody", dict.fromkeys(frozenset(permissions), Reach.ANYWHERE), role="local")
    try:
        function(actor, store, **wanted)
    except Refused as refused:
        problem = refused.problems[0]
        is_denied = problem.place == "somebody" and "do not hold the permission" in problem.fault
        return str(problem.values["permission"]) if is_denied else ""
    return ""


def test_what_is_not_granted_is_refused() -> None:
    for number in range(len(Permission) + 1):
        for granted in islice(combinations(Permission, number), 40):
            actor = Actor("somebody", dict.fromkeys(frozenset(granted), Reach.ANYWHERE), role="local")
            assert {p for p in Permission if decide(actor, p).allowed} == set(granted)


def test_somebody_without_permissions_may_do_nothing_and_reads_why() -> None:
    nobody = Actor("nobody", {})
    for permission in Permission:
        decision = decide(nobody, permission)
        said = {"permission": permission.value}
        assert decision == Decision(False, "You do not hold the permission {permission}.", said)
        with pytest.raises(Refused, match=f"nobody: You do not hold the permission {permission}"):
            require(nobody, permission)


def test_on_one_computer_one_person_may_do_everything() -> None:
    assert all(decide(LOCAL, permission).allowed for permission in Permission)
    require(LOCAL, Permission.ROUND_SIGN)


def test_an_actor_cannot_be_given_more_afterwards() -> None:
    nobody = Actor("nobody", {})
    with pytest.raises(AttributeError):
        nobody.grants = LOCAL.grants  # type: ignore[misc]


def test_permissions_are_named_resource_and_action() -> None:
    assert all(one.value.count(":") == 1 and one.name == one.replace(":", "_").upper() for one in Permission)


def test_every_service_is_listed_with_what_it_needs() -> None:
    assert set(SERVICES) == set(NEEDS)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_takes_the_actor_first_and_then_the_store(name: str) -> None:
    parameters = list(inspect.signature(SERVICES[name]).parameters.values())
    assert [(one.name, one.annotation) for one in parameters[:2]] == [("actor", Actor), ("store", Store)]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_refuses_whoever_lacks_any_permission_it_needs(name: str, furnished: Any) -> None:
    function, needs = SERVICES[name], NEEDS[name]
    assert denied(set(), function, furnished) in needs
    for permission in needs:
        assert denied(set(Permission) - {permission}, function, furnished) == permission


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_asks_for_nothing_more_than_it_needs(name: str, furnished: Any) -> None:
    assert denied(NEEDS[name], SERVICES[name], furnished) == ""
