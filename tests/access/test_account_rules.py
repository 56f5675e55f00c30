"""What an account must say, every fault of it, and which names are one and the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.access.people.account_rules import NEEDED, REGIONS, UNFIT, Draft, faults_of, login_of, taken
from arusha.access.roles import NATIONAL, Role
from arusha.members.reference import Region
from tests.access.people import PLACES

FILLED = {
    "administration": "XA",
    "region": "europe",
    "factors": frozenset({"leadership"}),
    "assigned": frozenset({"XA"}),
}


def draft(role: str, **more: Any) -> Draft:
    place = {**PLACES.get(role, {}), **more}
    lists = {name: frozenset(place.pop(name, ())) for name in ("factors", "assigned")}
    return Draft(place.pop("name", "anna"), role, **place, **lists)


def said(one: Draft) -> list[str]:
    return [str(problem) for problem in faults_of(one)]


@pytest.mark.parametrize("role", Role)
def test_every_role_has_an_account_that_is_in_order(role: Role) -> None:
    assert said(draft(role)) == []


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("field", UNFIT)
def test_every_role_says_what_it_needs_and_nothing_else(role: Role, field: str) -> None:
    needed = field in NEEDED.get(role, ())
    empty = type(FILLED[field])()
    faults = faults_of(draft(role, **{field: empty if needed else FILLED[field]}))
    assert [problem.place for problem in faults] == [field]


def test_national_roles_need_their_administration_and_the_others_have_none() -> None:
    assert {role for role in Role if "administration" in NEEDED.get(role, ())} == NATIONAL


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (
            draft("head", administration=""),
            (
                "administration: This role works within an administration, and none is named. "
                "Name it by its two-letter ISO 3166 code in capitals, e.g. KE."
            ),
        ),
        (
            draft("analyst", administration="KE"),
            (
                "administration: This role does not belong to an administration. "
                "Leave it out, or choose another role."
            ),
        ),
        (
            draft("regional_office", region=""),
            f"region: A regional office needs the region it serves. Use one of: {', '.join(REGIONS)}.",
        ),
        (
            draft("head", region="europe"),
            "region: This role does not belong to a region. Leave it out, or choose another role.",
        ),
        (
            draft("contributor", factors=()),
            "factors: A contributor needs the factors to answer for. Name at least one factor by its id.",
        ),
        (
            draft("observer", factors={"leadership"}),
            "factors: This role does not answer for factors. Leave it out, or choose another role.",
        ),
        (
            draft("reviewer", assigned=()),
            (
                "assigned: An external reviewer needs the administrations to review. "
                "Name at least one by its two-letter ISO 3166 code in capitals, e.g. KE."
            ),
        ),
        (
            draft("donor", assigned={"KE"}),
            "assigned: This role does not review administrations. Leave it out, or choose another role.",
        ),
        (draft("heed"), "role: There is no role heed. Did you mean head?"),
        (draft("x"), f"role: There is no role x. Use one of: {', '.join(Role)}."),
        (
            draft("regional_office", region="euorpe"),
            "region: There is no region euorpe. Did you mean europe?",
        ),
        (
            draft("regional_office", region="z"),
            f"region: There is no region z. Use one of: {', '.join(REGIONS)}.",
        ),
        (
            draft("head", administration="ken"),
            (
                "administration: ken is not the code of an administration. "
                "Use the two-letter ISO 3166 code in capitals, e.g. KE."
            ),
        ),
        (
            draft("reviewer", assigned={"KE", "k\0"}),
            (
                "assigned: k� is not the code of an administration. "
                "Use the two-letter ISO 3166 code in capitals, e.g. KE."
            ),
        ),
        (
            draft("contributor", factors={"leadership", "Über"}),
            (
                "factors: Über is not the id of a factor. "
                "Use ids as the questionnaire has them, e.g. leadership."
            ),
        ),
        (
            draft("system", name=" \n"),
            "name: An account needs a name. Give the name the person signs in with.",
        ),
        (
            draft("system", name="x" * 121),
            "name: The name is too long; at most 120 characters are kept. Shorten it.",
        ),
        (
            draft("system", name="\ufdfa" * 100),
            "name: The name is too long; at most 120 characters are kept. Shorten it.",
        ),
        (
            draft("system", name="an\u202ena"),
            "name: The name holds a character that cannot be seen. Type the name again.",
        ),
    ],
)
def test_each_fault_is_said_in_its_own_words(one: Draft, line: str) -> None:
    assert said(one) == [line]


def test_every_fault_is_said_at_once() -> None:
    wrong = Draft("", "head", "ke", "euro", frozenset({"A"}), frozenset({"B"}))
    assert [problem.place for problem in faults_of(wrong)] == [
        *("name", "region", "factors", "assigned"),
        *("administration", "region", "factors", "assigned"),
    ]


@pytest.mark.parametrize(
    "sign", ["\0", "\n", "\x7f", "\u200b", "\u202e", "\u2066", "\ud800", "\ue000", "\u2028"]
)
def test_a_name_with_a_character_that_cannot_be_seen_is_refused(sign: str) -> None:
    assert said(draft("system", name=f"an{sign}na")) == [
        "name: The name holds a character that cannot be seen. Type the name again."
    ]


@pytest.mark.parametrize(
    "other",
    ["Anna Maria", "ANNA MARIA", "anna  maria", " anna maria ", "ａｎｎａ　ｍａｒｉａ", "an\u200dna maria"],
)
def test_names_that_look_the_same_are_the_same(other: str) -> None:
    assert login_of(other) == login_of("anna maria") == "anna maria"


def test_names_of_every_script_may_be_used() -> None:
    for name in ("Ngozi Adébáyọ̀", "محمد علی‌پور", "李小龍", "Straße", "अमीना", "a.b@example.org"):
        assert said(draft("system", name=name)) == []
    assert login_of("STRASSE") == login_of("Straße")


@given(st.text(max_size=200))
def test_folding_a_name_twice_changes_nothing(name: str) -> None:
    assert login_of(login_of(name)) == login_of(name)


@given(st.text(max_size=2000), st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_refused_in_words_or_in_order(name: str, role: str, code: str, region: str) -> None:
    for problem in faults_of(Draft(name, role, code, region, frozenset({code}), frozenset({region}))):
        assert len(str(problem)) < 600
        assert "\n" not in str(problem)


def test_a_name_that_is_taken_is_said_so() -> None:
    assert str(taken("An\nna")) == (
        "name: There is an account of the name An�na, or of one that looks the same. "
        "Choose another name, e.g. with the name of the administration."
    )


def test_a_new_role_empties_what_it_has_no_use_for() -> None:
    contributor = draft("contributor")
    assert contributor.changed(role="observer") == draft("observer")
    assert contributor.changed(role="reviewer", assigned=frozenset({"XA", "XB"})) == draft("reviewer")
    assert contributor.changed(role="nobody").factors == contributor.factors
    assert contributor.changed() == contributor


def test_what_is_given_stays_also_when_the_new_role_has_no_use_for_it() -> None:
    changed = draft("contributor").changed(role="observer", factors=frozenset({"leadership"}))
    assert [problem.place for problem in faults_of(changed)] == ["factors"]


def test_the_regions_are_those_of_the_members() -> None:
    assert set(REGIONS) == set(Region)
