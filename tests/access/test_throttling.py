"""Failures are counted in the database, for an account, a network and the server, and never by name."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from arusha.access.door import DOOR
from arusha.access.people import throttling
from arusha.access.people.pacing import OF_A_NETWORK, OF_THE_SERVER
from arusha.access.people.throttling import SERVER, Taken, network_of, of_account, of_name, of_network
from arusha.access.records import AttemptRecord
from arusha.store import Store
from questionnaires.problems import Problem
from tests.access.people import MINUTE, NOW, SECOND

KEY = b"k" * 32
ANNA = of_account("anna")


def take(store: Store, who: str = ANNA, at: datetime = NOW, network: str = "") -> Taken | Problem:
    with store.writing(DOOR) as session:
        return throttling.take(session, who, at, network=network)


def kept(store: Store) -> dict[str, int]:
    with store.reading(DOOR) as session:
        return {row.key: row.failures for row in session.scalars(select(AttemptRecord))}


def fail(store: Store, times: int, who: str = ANNA, at: datetime = NOW) -> None:
    """Let something fail so often, long enough apart not to wait."""
    with store.writing(DOOR) as session:
        session.merge(AttemptRecord(key=who, failures=times, since=at, last_at=at))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        (" 192.0.2.254 ", "192.0.2.0/24"),
        ("192.0.3.7", "192.0.3.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        ("", "unknown"),
        ("nonsense\0", "unknown"),
        ("192.0.2.7, 10.0.0.1", "unknown"),
    ],
)
def test_an_address_counts_for_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


@given(st.text(max_size=60))
def test_every_address_counts_somewhere_and_is_not_kept(address: str) -> None:
    key = of_network(address, KEY)
    assert key.startswith("network:")
    assert len(key) == len("network:") + 64
    assert key != of_network(address, b"another key".ljust(32))


@given(st.text())
def test_a_name_is_kept_as_a_keyed_hash_only(name: str) -> None:
    key = of_name(name, KEY)
    assert len(key) == len("name:") + 64
    assert key == of_name(f"  {name} ", KEY)


def test_five_failures_are_free_and_then_one_waits(store: Store) -> None:
    for _ in range(5):
        assert isinstance(take(store), Taken)
    refused = take(store)
    assert str(refused) == (
        "sign-in: Signing in with this name failed several times; it is possible again in 1 s. "
        "Try again then."
    )
    assert kept(store) == {ANNA: 5}


def test_waiting_is_not_a_failure_and_does_not_take_longer(store: Store) -> None:
    fail(store, 9)
    assert all(isinstance(take(store, at=NOW + 5 * SECOND), Problem) for _ in range(10))
    assert isinstance(take(store, at=NOW + 16 * SECOND), Taken)
    assert kept(store) == {ANNA: 10}


def test_a_fraction_of_a_second_is_said_as_a_whole_one(store: Store) -> None:
    fail(store, 6)
    assert "again in 2 s" in str(take(store, at=NOW + timedelta(milliseconds=100)))


def test_after_a_hundred_failures_only_an_invitation_helps(store: Store) -> None:
    fail(store, 99)
    assert isinstance(take(store, at=NOW + 15 * MINUTE), Taken)
    for later in (timedelta(0), timedelta(days=1), timedelta(days=3650)):
        assert str(take(store, at=NOW + 16 * MINUTE + later)) == (
            "sign-in: Signing in with this name is stopped: it failed too often. "
            "Ask whoever runs the program for a new invitation."
        )
    with store.writing(DOOR) as session:
        throttling.clear(session, "anna")
    assert isinstance(take(store), Taken)


def test_a_clock_that_is_set_back_makes_nobody_wait_longer_than_their_delay(store: Store) -> None:
    fail(store, 8, at=NOW + timedelta(days=1))
    assert "again in 8 s" in str(take(store))
    assert "again in 3 s" in str(take(store, at=NOW + 5 * SECOND))
    assert isinstance(take(store, at=NOW + 8 * SECOND), Taken)


def test_a_network_has_thirty_failures_a_minute_for_whatever_names(store: Store) -> None:
    network, other = of_network("192.0.2.7", KEY), of_network("198.51.100.1", KEY)
    for number in range(OF_A_NETWORK):
        assert isinstance(take(store, of_account(str(number)), network=network), Taken)
    refused = take(store, of_account("one more"), NOW + 59 * SECOND, network)
    assert str(refused) == (
        "network: Too many attempts to sign in failed within a minute. Wait a minute, then try again."
    )
    assert of_account("one more") not in kept(store)
    assert isinstance(take(store, of_account("one more"), NOW + 59 * SECOND, other), Taken)
    assert isinstance(take(store, of_account("one more"), NOW + MINUTE, network), Taken)


def test_whoever_has_to_wait_uses_up_their_network(store: Store) -> None:
    network = of_network("192.0.2.7", KEY)
    answers = [take(store, network=network) for _ in range(OF_A_NETWORK + 1)]
    places = [answer.place for answer in answers if isinstance(answer, Problem)]
    assert places == ["sign-in"] * (OF_A_NETWORK - 5) + ["network"]


def test_the_whole_server_has_six_hundred_failures_a_minute(store: Store) -> None:
    fail(store, OF_THE_SERVER - 1, SERVER)
    network = of_network("192.0.2.7", KEY)
    assert isinstance(take(store, of_account("last"), network=network), Taken)
    assert str(take(store, of_account("late"), network=network)).startswith("network: Too many attempts")
    assert isinstance(take(store, of_account("later"), NOW + MINUTE, network), Taken)


def test_an_attempt_that_did_not_fail_leaves_no_trace_in_any_count(store: Store) -> None:
    fail(store, 7, at=NOW - MINUTE)
    network = of_network("192.0.2.7", KEY)
    taken = take(store, network=network)
    assert isinstance(taken, Taken)
    with store.writing(DOOR) as session:
        throttling.give_back(session, taken)
    assert kept(store) == {ANNA: 7, network: 0, SERVER: 0}
    assert isinstance(take(store), Taken), "neither did it begin another delay"


def test_giving_back_does_not_hide_a_failure_that_came_in_between(store: Store) -> None:
    fail(store, 4, at=NOW - MINUTE)
    mine = take(store)
    assert isinstance(mine, Taken)
    fail(store, 6, at=NOW + SECOND)
    with store.writing(DOOR) as session:
        throttling.give_back(session, mine)
        assert throttling.failures(session, ANNA) == 5
    assert isinstance(take(store, at=NOW + SECOND), Problem)


def test_many_at_once_gain_nothing(store: Store) -> None:
    """Thirty attempts in one moment are counted one by one: five of them are checked, the others wait."""
    found: list[Taken | Problem] = []
    together(lambda: found.append(take(store)), 30)
    assert sum(isinstance(one, Taken) for one in found) == 5
    assert kept(store) == {ANNA: 5}


def test_what_no_longer_counts_is_forgotten_and_failures_of_accounts_are_not(store: Store) -> None:
    network, name = of_network("192.0.2.7", KEY), of_name("nobody", KEY)
    fail(store, 100, of_account("old"), NOW - timedelta(days=400))
    fail(store, 100, of_name("older", KEY), NOW - timedelta(days=31))
    fail(store, 5, name, NOW - timedelta(days=29))
    fail(store, 30, of_network("203.0.113.1", KEY), NOW - 10 * MINUTE)
    take(store, network=network)
    assert set(kept(store)) == {of_account("old"), name, network, SERVER, ANNA}


def together(work: Callable[[], object], times: int) -> None:
    """Do something in so many threads at the same moment."""
    gate = threading.Barrier(times)
    failed: list[BaseException] = []

    def one() -> None:
        gate.wait()
        try:
            work()
        except BaseException as error:  # told below, where a test can fail
            failed.append(error)

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
