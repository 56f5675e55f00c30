"""Signing in: a refusal never tells whether a name exists, and nobody tries passwords without end."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from arusha.access.door import DOOR
from arusha.access.people import accounts, passwords, sessions
from arusha.access.people.pacing import delay
from arusha.access.records import AccountRecord, SessionRecord
from arusha.access.rules import LOCAL
from arusha.store import Store, open_store
from questionnaires.problems import Refused
from tests.access.people import (
    ANOTHER,
    HERE,
    MINUTE,
    NOW,
    PASSWORD,
    SECOND,
    account_row,
    cheapen,
    code_of,
    details,
    enrolled,
    made,
    problem,
    session_row,
    signed_in,
    statements,
    trail,
)

GUESS = "open sesame"
WRONG = "sign-in: Name or password is not right. Try again, or ask for a new invitation."
CODE = "code: This account has a second step. Type the code that your app shows, or a recovery code."
STOPPED = (
    "sign-in: Signing in with this name is stopped: it failed too often. "
    "Ask whoever runs the program for a new invitation."
)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheapen(monkeypatch)


def attempt(store: Store, name: str, password: str = GUESS, code: str = "", at: datetime = NOW) -> list[str]:
    """Return what an attempt to sign in was refused with, nothing when it was not."""
    try:
        signed_in(store, name, password, code, at)
    except Refused as refused:
        return str(refused).splitlines()
    return []


# --- the right way


@pytest.mark.parametrize("name", ["anna", "ANNA", "  Anna "])
def test_name_and_password_open_a_session(store: Store, name: str) -> None:
    account = made(store)
    opened = signed_in(store, name)
    assert opened.account == account
    kept = session_row(store, opened.session)
    assert (kept.account, kept.made_at, kept.seen_at) == (account.id, NOW, NOW)
    assert kept.ends_at == NOW + timedelta(hours=12)
    assert (kept.second_step, kept.revoked_at) == (False, None)


def test_of_a_token_only_the_hash_is_kept(store: Store) -> None:
    made(store)
    opened, other = signed_in(store), signed_in(store)
    assert len(opened.token) == 43
    assert len(opened.session) == 32
    assert len({opened.token, opened.session, other.token, other.session}) == 4
    kept = session_row(store, opened.session)
    assert opened.token not in vars(kept).values()
    assert len(kept.token) == 64


def test_the_trail_says_who_signed_in_and_how(store: Store) -> None:
    account = made(store)
    opened = signed_in(store)
    record = trail(store)[-1]
    assert (record.action, record.outcome, record.object) == ("session:open", "done", account.id)
    assert (record.actor, record.role, record.administration) == (account.id, "head", "XA")
    assert (record.session, record.at) == (opened.session, NOW)
    assert details(record) == {"second_step": False, "way": "password"}


def test_a_password_of_older_parameters_is_hashed_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made(store)
    before = account_row(store).password
    monkeypatch.setattr(
        passwords, "HASHER", passwords.PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    )
    attempt(store, "anna", "wrong")
    assert account_row(store).password == before
    signed_in(store)
    after = account_row(store).password
    assert after != before
    assert not passwords.stale(after)
    signed_in(store)
    assert account_row(store).password == after


# --- the wrong ways


def test_every_wrong_way_is_answered_in_the_same_words(store: Store) -> None:
    made(store)
    made(store, "disabled", "observer")
    accounts.disable(LOCAL, store, "disabled")
    made(store, "invited", "donor", password="")
    for name, password in [
        ("anna", "wrong"),
        ("anna", ""),
        ("anna", PASSWORD.upper()),
        ("anna", "x" * 100_000),
        ("anna", "\0\ud800"),
        ("nobody", PASSWORD),
        ("disabled", PASSWORD),
        ("invited", ""),
        ("", ""),
        ("\0", "x"),
        ("\ud800", "x"),
        ("x" * 100_000, "x"),
    ]:
        assert attempt(store, name, password) == [WRONG], (name[:9], password[:9])


def test_a_failure_is_in_the_trail_without_name_password_or_address(store: Store) -> None:
    account = made(store)
    attempt(store, "anna", "wrong-canary")
    attempt(store, "nobody-canary", PASSWORD)
    known, unknown = trail(store, "session:open")
    assert (known.actor, known.outcome, known.object) == ("door", "refused", account.id)
    assert (known.administration, known.at) == ("XA", NOW)
    assert (unknown.actor, unknown.outcome, unknown.object) == ("door", "refused", "")
    assert details(known) == {
        "failures": 1,
        "network": details(unknown)["network"],
        "reason": "Name or password is not right.",
    }
    everything = " ".join(str(vars(record)) for record in trail(store))
    assert not any(secret in everything for secret in ("canary", "nobody", "192.0.2", PASSWORD))


def test_a_right_password_needs_the_code_of_the_second_step(store: Store) -> None:
    made(store)
    secret, codes = enrolled(store, signed_in(store))
    at = NOW + MINUTE
    assert attempt(store, "anna", PASSWORD, at=at) == [CODE]
    assert attempt(store, "anna", PASSWORD, "  ", at) == [CODE]
    assert attempt(store, "anna", PASSWORD, "123456", at)[0].startswith("code: This code does not hold")
    assert attempt(store, "anna", "wrong", code_of(secret, at), at) == [WRONG]
    opened = signed_in(store, code=code_of(secret, at), at=at)
    assert session_row(store, opened.session).second_step
    assert attempt(store, "anna", PASSWORD, code_of(secret, at), at)[0].startswith("code: This code")
    assert signed_in(store, code=codes[0], at=at)
    refusals = [details(one)["reason"] for one in trail(store, "session:open") if one.outcome == "refused"]
    assert refusals == [
        "This code does not hold, or it was used before.",
        "Name or password is not right.",
        "This code does not hold, or it was used before.",
    ]


def test_the_code_of_a_code_problem_is_told_by_its_place(store: Store) -> None:
    made(store)
    enrolled(store, signed_in(store))
    with pytest.raises(Refused) as refused:
        signed_in(store)
    assert problem(refused).place == "code"
    with pytest.raises(Refused) as refused:
        signed_in(store, password="wrong")
    assert problem(refused).place == "sign-in"


def test_to_be_asked_for_a_code_is_no_failure_and_forgets_none(store: Store) -> None:
    made(store)
    secret, _ = enrolled(store, signed_in(store))
    for _ in range(4):
        attempt(store, "anna", "wrong")
    for _ in range(20):
        assert attempt(store, "anna", PASSWORD) == [CODE]
    attempt(store, "anna", PASSWORD, "000000")
    assert "failed several times" in attempt(store, "anna", PASSWORD, code_of(secret, NOW + MINUTE))[0]


def test_what_changes_while_a_password_is_compared_counts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(store)
    holds = passwords.holds

    def slow(hash_: str, password: str) -> bool:
        with store.writing(DOOR) as session:
            session.execute(update(AccountRecord).values(disabled_at=NOW))
        return holds(hash_, password)

    monkeypatch.setattr(passwords, "holds", slow)
    assert attempt(store, "anna", PASSWORD) == [WRONG]


# --- how often


def test_a_success_forgets_the_failures_before_it(store: Store) -> None:
    made(store)
    for _ in range(3):
        for _ in range(4):
            assert attempt(store, "anna") == [WRONG]
        assert attempt(store, "anna", PASSWORD) == []


def test_after_five_failures_even_the_right_password_waits(store: Store) -> None:
    made(store)
    for name in ("anna", "nobody"):
        for _ in range(5):
            assert attempt(store, name) == [WRONG]
        assert attempt(store, name, PASSWORD) == [
            (
                "sign-in: Signing in with this name failed several times; it is possible again in 1 s. "
                "Try again then."
            )
        ]
    assert attempt(store, "anna", PASSWORD, at=NOW + SECOND) == []


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_a_hundred_and_one_wrong_passwords_stop(sqlite_url: str, name: str) -> None:
    store = open_store(sqlite_url)
    made(store)
    at = NOW
    for failures in range(100):
        at += delay(failures)
        assert attempt(store, name, at=at) == [WRONG], failures
    for later in (15 * MINUTE, timedelta(days=7)):
        assert attempt(store, name, PASSWORD, at=at + later) == [STOPPED]
    assert details(trail(store)[-1])["failures"] == 100
    store.close()


def test_a_network_that_fails_thirty_times_a_minute_waits_and_others_do_not(store: Store) -> None:
    made(store)
    for number in range(30):
        assert attempt(store, f"guess{number}") == [WRONG]
    assert attempt(store, "anna", PASSWORD) == [
        "network: Too many attempts to sign in failed within a minute. Wait a minute, then try again."
    ]
    with statements() as asked:
        attempt(store, "anna", PASSWORD)
    assert {line.split()[0] for line in asked} == {"SELECT"}, "whoever has to wait writes nothing"
    assert sessions.sign_in(store, "anna", PASSWORD, "", "198.51.100.9", at=NOW)
    assert attempt(store, "anna", PASSWORD, at=NOW + MINUTE) == []


def test_who_signs_in_rightly_takes_nothing_from_a_network(store: Store) -> None:
    made(store)
    for _ in range(40):
        assert attempt(store, "anna", PASSWORD) == []


def test_replicas_count_alike(database_url: str) -> None:
    first, second = open_store(database_url), open_store(database_url)
    made(first)
    found = [attempt(store, "anna")[0] for _ in range(3) for store in (first, second)]
    assert found[:5] == [WRONG] * 5
    assert found[5].startswith("sign-in: Signing in with this name failed several times")
    first.close()
    second.close()


def test_fifty_attempts_at_once_are_five_guesses(store: Store) -> None:
    made(store)
    answers: list[list[str]] = []

    def guess() -> None:
        answers.extend(attempt(store, "anna") for _ in range(10))

    threads = [threading.Thread(target=guess) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(answer == [WRONG] for answer in answers) == 5
    assert len(answers) == 50


# --- known and unknown names alike


def asked_of(store: Store, name: str, calls: list[str]) -> tuple[int, list[str]]:
    with statements() as asked:
        attempt(store, name)
    hashes = len(calls)
    calls.clear()
    return hashes, [line.split()[0] for line in asked if "accounts" not in line]


def test_an_unknown_name_costs_one_comparison_like_a_known_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(store)
    made(store, "invited", "donor", password="")
    hasher, calls = passwords.HASHER, []

    class Noting:
        def verify(self, hash_: str, password: bytes) -> bool:
            calls.append(hash_)
            return hasher.verify(hash_, password)

        check_needs_rehash = staticmethod(hasher.check_needs_rehash)

    monkeypatch.setattr(passwords, "HASHER", Noting())
    names = ("anna", "nobody", "invited")
    for name in names:
        asked_of(store, name, calls)
    costs = [asked_of(store, name, calls) for name in names]
    assert costs[0] == costs[1] == costs[2]
    assert costs[0][0] == 1
    assert len(costs[0][1]) > 5


def test_old_sessions_are_forgotten_when_a_new_one_is_opened(store: Store) -> None:
    made(store)
    old, recent = signed_in(store), signed_in(store, at=NOW + timedelta(days=20))
    new = signed_in(store, at=NOW + timedelta(days=31))
    with store.reading(LOCAL) as session:
        kept = set(session.scalars(select(SessionRecord.id)))
    assert kept == {recent.session, new.session}
    assert old.session not in kept
    assert len(trail(store, "session:open")) == 3


def test_another_password_is_another_password(store: Store) -> None:
    made(store, password=ANOTHER)
    assert attempt(store, "anna", PASSWORD) == [WRONG]
    assert sessions.sign_in(store, "anna", ANOTHER, "", HERE, at=NOW)
