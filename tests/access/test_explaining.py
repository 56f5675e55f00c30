"""What is explained is what is decided: a line for every permission, and no other reach than the grants'."""

import pytest

from arusha.access import explaining
from arusha.access.explaining import NOT_AT_ALL, PERMISSIONS, REACHES, explained
from arusha.access.proof.wording import names_in
from arusha.access.roles import GRANTS, NATIONAL, Role
from arusha.access.rules import LOCAL, Actor, Permission, Reach, Subject, decide

VALUES = {"administration", "region", "factors", "assigned"}


def test_every_permission_and_every_reach_has_its_words() -> None:
    assert set(PERMISSIONS) == set(Permission)
    assert set(REACHES) == set(Reach)
    assert len(set(PERMISSIONS.values())) == len(PERMISSIONS)
    assert all((names_in(sentence) or set()) <= VALUES for sentence in REACHES.values())


@pytest.mark.parametrize("role", Role)
def test_a_role_is_explained_as_it_is_granted(role: Role) -> None:
    lines = explained(explaining.of_role(role, administration="XA"))
    assert [line.permission for line in lines] == list(Permission)
    assert {line.permission: line.reach for line in lines if line.reach} == dict(GRANTS[role])
    for line in lines:
        assert (line.sentence == NOT_AT_ALL) == (line.reach is None)
        assert line.sentence.format_map(line.values)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_what_is_said_not_to_be_held_is_refused(role: Role, permission: Permission) -> None:
    person = explaining.of_role(role, administration="XA")
    line = next(line for line in explained(person) if line.permission is permission)
    assert decide(person, permission).allowed == (line.reach is not None)
    if line.reach is Reach.OWN:
        assert decide(person, permission, Subject("XA")).allowed
        assert not decide(person, permission, Subject("XB")).allowed


def test_somebody_of_a_role_belongs_to_an_administration_only_where_the_role_does() -> None:
    for role in Role:
        person = explaining.of_role(role, administration="XA", region="europe")
        assert person.administration == ("XA" if role in NATIONAL else "")
        assert person.scope.everything is False


def test_the_values_of_a_person_stand_in_the_sentences() -> None:
    person = Actor(
        "x",
        {Permission.ANSWER_READ: Reach.OWN_FACTORS, Permission.DISCLOSURE_READ: Reach.ASSIGNED},
        administration="XA",
        factors=frozenset({"reform", "leadership"}),
        assigned=frozenset({"XC", "XB"}),
    )
    said = {line.permission: line.sentence.format_map(line.values) for line in explained(person)}
    assert said[Permission.ANSWER_READ] == (
        "In the administration XA only, and only for these factors: leadership, reform."
    )
    assert said[Permission.DISCLOSURE_READ] == (
        "What was disclosed to WCO staff, only of these administrations: XB, XC; and what is public."
    )
    assert said[Permission.ROUND_SIGN] == "Not at all."


def test_what_a_person_lacks_is_a_dash() -> None:
    said = [line.sentence.format_map(line.values) for line in explained(explaining.of_role(Role.REVIEWER))]
    assert any("administrations: –;" in one for one in said)


def test_who_is_alone_on_a_computer_may_everything_everywhere() -> None:
    assert {line.sentence for line in explained(LOCAL)} == {"Everywhere."}
