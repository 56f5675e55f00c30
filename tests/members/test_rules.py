"""Which administrations there are, and what may be registered."""

import pytest

from arusha.i18n import translator
from arusha.members.reference import Region, is_fictional, meant, members
from arusha.members.rules import LONGEST_NAME, Administration, faults_of

EN = translator("en")


def said(code: str, region: str = "europe", name: str = "Bovaria") -> str:
    return " | ".join(str(problem) for problem in faults_of(code, region, name))


def test_every_member_can_be_registered_by_its_code_alone() -> None:
    assert len(members()) > 180
    assert all(faults_of(code, "", "") == [] for code in members())


@pytest.mark.parametrize("code", ["XA", "XZ", "XM"])
def test_the_codes_that_no_member_bears_are_for_fiction(code: str) -> None:
    assert is_fictional(code)
    assert said(code) == ""


@pytest.mark.parametrize("code", ["XK", "X1", "X ", "xa", "XÀ", "X", "XAB", "", "AX", "X\0"])
def test_no_other_code_is_fictional(code: str) -> None:
    assert not is_fictional(code)


@pytest.mark.parametrize(
    ("code", "near"),
    [("ke", "KE"), (" KE ", "KE"), ("KEN", "KE"), ("fra", "FR"), ("CHN", "CN"), ("UK", "GB"), ("xb", "XB")],
)
def test_an_unknown_code_is_refused_with_the_one_that_was_meant(code: str, near: str) -> None:
    assert meant(code) == near
    assert said(code).endswith(f"is not the code of a WCO Member. Did you mean {near}?")


@pytest.mark.parametrize("code", ["QQ", "", "12", "Kenya", "\0\0", "\ud800", "x" * 100_000])
def test_a_code_that_means_nothing_is_refused_with_what_to_write(code: str) -> None:
    assert "Use the two-letter ISO 3166 code in capitals" in said(code)
    assert len(said(code)) < 300


def test_a_fictional_administration_needs_region_and_name() -> None:
    assert "asia_pacific" in said("XA", region="nowhere")
    assert "needs a name" in said("XA", name=" ")
    assert len(faults_of("XA", "", "")) == 2
    assert all(said("XA", region=region) == "" for region in Region)


@pytest.mark.parametrize(
    ("name", "told"), [("x" * (LONGEST_NAME + 1), "at most 120"), ("a\0", "can keep"), ("\udc80", "can keep")]
)
def test_a_name_that_cannot_be_kept_is_refused(name: str, told: str) -> None:
    assert told in said("XA", name=name)
    assert said("XA", name=f" {'x' * LONGEST_NAME} ") == ""


def test_names_come_from_cldr_and_fiction_is_always_marked() -> None:
    assert Administration("KE", Region.EAST_SOUTHERN_AFRICA, "Elsewhere").name(EN) == "Kenya"
    assert Administration("XA", Region.EUROPE, "Aldoria").name(EN) == "Aldoria (fictional)"
    assert Administration("XA", Region.EUROPE).name(EN) == "XA (fictional)"
    assert all(Administration(code, region).name(EN) != code for code, region in members().items())
