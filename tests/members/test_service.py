"""The register of administrations: who is in it, who can be found, and what does not come in."""

import pytest

from arusha.access.rules import LOCAL
from arusha.members import service
from arusha.members.reference import Region
from arusha.members.rules import Administration
from arusha.store import Store
from questionnaires.problems import Refused


def test_registering_twice_gives_the_same_and_codes_are_in_order(store: Store) -> None:
    first = service.register(LOCAL, store, "UG")
    assert service.register(LOCAL, store, "UG", "europe", "Elsewhere") == first
    service.register(LOCAL, store, "KE")
    service.register(LOCAL, store, "XA", "europe", " Aldoria ")
    assert [one.code for one in service.registered(LOCAL, store)] == ["KE", "UG", "XA"]
    assert service.find(LOCAL, store, "XA") == Administration("XA", Region.EUROPE, "Aldoria")
    assert first == Administration("UG", Region.EAST_SOUTHERN_AFRICA)


def test_a_member_is_found_before_it_is_registered_and_nobody_else(store: Store) -> None:
    assert service.find(LOCAL, store, "KE") == Administration("KE", Region.EAST_SOUTHERN_AFRICA)
    for unknown in ("XA", "ke", "", "\0", "\ud800", "x" * 5000, "' OR 1=1 --"):
        assert service.find(LOCAL, store, unknown) is None
    assert service.registered(LOCAL, store) == ()


@pytest.mark.parametrize(
    ("code", "region", "name"),
    [("QQ", "europe", "x"), ("\0", "", ""), ("\ud800", "", ""), ("XA", "", "x"), ("XA", "europe", "x" * 121),
     ("XA", "europe", "\0"), ("X1", "europe", "x"), ("KEN", "", "")],
)  # fmt: skip
def test_what_is_refused_is_not_registered(store: Store, code: str, region: str, name: str) -> None:
    with pytest.raises(Refused):
        service.register(LOCAL, store, code, region, name)
    assert service.registered(LOCAL, store) == ()
