"""The second step: codes hold once and around now only, secrets are encrypted, a lost phone is no end."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

import pyotp
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from arusha.access.door import DOOR
from arusha.access.people import invitations, second_step, sessions
from arusha.access.records import AccountRecord, RecoveryCodeRecord
from arusha.access.rules import LOCAL
from arusha.store import Store, open_store
from questionnaires.problems import Refused
from tests.access.people import (
    MINUTE,
    NOW,
    SECOND,
    account_row,
    actor,
    cheapen,
    code_of,
    enrolled,
    made,
    problem,
    said,
    signed_in,
    trail,
)
from tests.access.test_throttling import together

STEP = 30 * SECOND
WRONG = (
    "code: This code does not hold, or it was used before. "
    "Type the newest code that your app shows, or a recovery code."
)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheapen(monkeypatch)


@pytest.fixture
def opened(store: Store) -> sessions.Opened:
    made(store)
    return signed_in(store)


def holds(store: Store, code: str, at: datetime) -> bool:
    with store.writing(DOOR) as session:
        record = session.scalars(select(AccountRecord)).one()
        return second_step.proves(session, record, code, at)


# --- setting up


def test_the_secret_comes_with_an_address_for_an_app(store: Store, opened: sessions.Opened) -> None:
    secret, address = second_step.begin(actor(store, opened), store)
    read = pyotp.parse_uri(address)
    assert (read.secret, read.name, read.issuer) == (secret, "anna", "Arusha")
    assert len(secret) == 32
    assert not account_row(store).secret


def test_it_counts_from_the_first_code_on(store: Store, opened: sessions.Opened) -> None:
    me = actor(store, opened)
    secret, _ = second_step.begin(me, store)
    signed_in(store)
    with pytest.raises(Refused) as refused:
        second_step.confirm(me, store, "000000", at=NOW)
    assert said(refused) == [WRONG]
    signed_in(store)
    codes = second_step.confirm(me, store, code_of(secret, NOW), at=NOW)
    assert len(set(codes)) == 10
    with pytest.raises(Refused) as refused:
        signed_in(store)
    assert problem(refused).place == "code"
    assert account_row(store).secret_pending == ""


def test_beginning_again_makes_the_secret_before_useless(store: Store, opened: sessions.Opened) -> None:
    me = actor(store, opened)
    first, _ = second_step.begin(me, store)
    second, _ = second_step.begin(me, store)
    with pytest.raises(Refused):
        second_step.confirm(me, store, code_of(first, NOW), at=NOW)
    assert second_step.confirm(me, store, code_of(second, NOW), at=NOW)


def test_what_cannot_be_set_up_is_refused_in_words(store: Store, opened: sessions.Opened) -> None:
    me = actor(store, opened)
    with pytest.raises(Refused) as refused:
        second_step.confirm(me, store, "123456")
    assert said(refused) == ["second step: No second step is being set up. Begin to set it up first."]
    with pytest.raises(Refused) as refused:
        second_step.remove(me, store, "123456")
    assert said(refused) == ["second step: This account has no second step. There is nothing to remove."]
    enrolled(store, opened)
    with pytest.raises(Refused) as refused:
        second_step.begin(me, store)
    assert said(refused) == [
        "second step: This account has a second step already. Remove it first, with one of its codes."
    ]


def test_every_other_session_ends_and_this_one_has_it(store: Store, opened: sessions.Opened) -> None:
    other = signed_in(store)
    enrolled(store, opened)
    assert sessions.actor_of(store, other.session, at=NOW) is None
    (mine,) = sessions.live(actor(store, opened), store, at=NOW)
    assert (mine.id, mine.second_step) == (opened.session, True)


def test_nothing_that_is_kept_tells_the_secret_or_a_recovery_code(
    store: Store, opened: sessions.Opened
) -> None:
    secret, codes = enrolled(store, opened)
    kept = account_row(store)
    with store.reading(LOCAL) as session:
        hashes = list(session.scalars(select(RecoveryCodeRecord.code)))
    told = " ".join([kept.secret, *hashes, *(record.details for record in trail(store))])
    assert secret not in told
    assert not any(code in told or code.replace("-", "") in told for code in codes)
    assert [len(one) for one in hashes] == [64] * 10


def test_a_secret_is_of_no_use_in_another_account(store: Store, opened: sessions.Opened) -> None:
    secret, _ = enrolled(store, opened)
    made(store, "mallory")
    with store.writing(DOOR) as session:
        taken = update(AccountRecord).where(AccountRecord.login == "mallory")
        session.execute(taken.values(secret=account_row(store).secret))
    with pytest.raises(Refused) as refused:
        signed_in(store, "mallory", code=code_of(secret, NOW))
    assert said(refused) == [
        (
            "second step: The second step cannot be checked: "
            "the program's secrets are not those of its beginning. "
            "Tell whoever runs the program to put back the folder of keys."
        )
    ]


# --- codes


@pytest.mark.parametrize("steps", range(-4, 5))
def test_a_code_holds_half_a_minute_before_and_after_its_time(
    store: Store, opened: sessions.Opened, steps: int
) -> None:
    secret, _ = enrolled(store, opened, NOW)
    at = NOW + 10 * MINUTE
    assert holds(store, code_of(secret, at + steps * STEP), at) is (abs(steps) <= 1)


def test_a_code_holds_once(store: Store, opened: sessions.Opened) -> None:
    secret, _ = enrolled(store, opened)
    assert not holds(store, code_of(secret, NOW), NOW), "the one that set it up"
    later = NOW + STEP
    assert holds(store, code_of(secret, later), later)
    assert not holds(store, code_of(secret, later), later)
    assert not holds(store, code_of(secret, NOW), later), "nor does one before it"


def test_a_code_holds_once_however_many_try_it_at_once(store: Store, opened: sessions.Opened) -> None:
    secret, codes = enrolled(store, opened)
    for code in (code_of(secret, NOW + STEP), codes[0]):
        found: list[bool] = []
        together(lambda code=code, found=found: found.append(holds(store, code, NOW + STEP)), 6)
        assert sorted(found) == [False] * 5 + [True]


def test_a_clock_that_is_set_back_lets_no_code_hold_again(store: Store, opened: sessions.Opened) -> None:
    secret, codes = enrolled(store, opened)
    assert holds(store, code_of(secret, NOW + 60 * MINUTE), NOW + 60 * MINUTE)
    assert not holds(store, code_of(secret, NOW + 10 * MINUTE), NOW + 10 * MINUTE)
    assert holds(store, codes[3], NOW + 10 * MINUTE)


def test_a_code_may_be_typed_as_people_type(store: Store, opened: sessions.Opened) -> None:
    secret, codes = enrolled(store, opened)
    at = NOW + 5 * MINUTE
    code = code_of(secret, at)
    assert holds(store, f" {code[:3]} {code[3:]}\n", at)
    at += 5 * MINUTE
    arabic = code_of(secret, at).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert holds(store, arabic, at)
    assert holds(store, codes[0].upper().replace("-", " "), at)


def test_each_recovery_code_holds_once(store: Store, opened: sessions.Opened) -> None:
    _, codes = enrolled(store, opened)
    assert all(len(code.replace("-", "")) == 28 for code in codes)
    for code in codes:
        assert holds(store, code, NOW)
        assert not holds(store, code, NOW)


def test_a_recovery_code_holds_also_when_the_secret_cannot_be_read(
    store: Store, opened: sessions.Opened
) -> None:
    _, codes = enrolled(store, opened)
    with store.writing(DOOR) as session:
        session.execute(update(AccountRecord).values(secret="spoilt"))
    assert holds(store, codes[0], NOW)


@pytest.fixture(scope="module")
def anna(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    """Return a store with an account, and the secret of its second step."""
    with (
        pytest.MonkeyPatch.context() as patch,
        closing(open_store(f"sqlite:///{tmp_path_factory.mktemp('codes') / 'x.sqlite'}")) as store,
    ):
        cheapen(patch)
        made(store)
        yield store, enrolled(store, signed_in(store))[0]


@settings(max_examples=60, deadline=None)
@given(code=st.one_of(st.text(max_size=40), st.from_regex(r"\A[0-9]{5,7}\Z"), st.just("0" * 5000)))
def test_no_other_text_is_a_code(anna: tuple[Store, str], code: str) -> None:
    store, secret = anna
    at = NOW + 60 * MINUTE
    assume(code not in {code_of(secret, at + steps * STEP) for steps in (-1, 0, 1)})
    assert not holds(store, code, at)


# --- removing


def test_it_is_removed_with_a_code_and_other_sessions_end(store: Store, opened: sessions.Opened) -> None:
    secret, codes = enrolled(store, opened)
    at = NOW + MINUTE
    other = signed_in(store, code=codes[0], at=at)
    me = actor(store, opened, at)
    with pytest.raises(Refused) as refused:
        second_step.remove(me, store, codes[0], at=at)
    assert said(refused) == [WRONG]
    second_step.remove(me, store, code_of(secret, at), at=at)
    assert sessions.actor_of(store, other.session, at=at) is None
    assert actor(store, signed_in(store, at=at), at).name == "anna"
    with store.reading(LOCAL) as session:
        assert session.scalars(select(RecoveryCodeRecord)).all() == []
    found = [(one.action, one.outcome) for one in trail(store) if one.action == "second_step:remove"]
    assert found == [("second_step:remove", "refused"), ("second_step:remove", "done")]


def test_whoever_has_only_a_session_cannot_try_every_code(store: Store, opened: sessions.Opened) -> None:
    secret, _ = enrolled(store, opened)
    me = actor(store, opened)
    for _ in range(5):
        with pytest.raises(Refused, match="This code does not hold"):
            second_step.remove(me, store, "000000", at=NOW)
    with pytest.raises(Refused, match="failed several times"):
        second_step.remove(me, store, code_of(secret, NOW + STEP), at=NOW)
    with pytest.raises(Refused, match="failed several times"):
        signed_in(store)


def test_who_has_lost_it_is_invited_without_it(store: Store, opened: sessions.Opened) -> None:
    enrolled(store, opened)
    token = invitations.invite(LOCAL, store, "anna", without_second_step=True, at=NOW).token
    assert sessions.actor_of(store, opened.session, at=NOW) is None
    new = invitations.accept(store, token, "eleven quiet harbours by dusk", at=NOW)
    assert not new.account.has_second_step
    assert actor(store, new).name == "anna"
