"""Passwords: length and guessability count, what is kept says nothing, a name nobody has takes as long."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep
from typing import Any

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from arusha.access.people import passwords
from arusha.access.people.passwords import LONGEST, NOBODY, SHORTEST, faults_of, hashed, holds, stale
from tests.access import people

PASSWORD = people.PASSWORD


@pytest.fixture(scope="module")
def kept() -> str:
    """Return a hash as the program makes them in earnest."""
    return hashed(PASSWORD)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    people.cheapen(monkeypatch)


def said(password: str, name: str = "anna") -> list[str]:
    return [str(problem) for problem in faults_of(password, name)]


# --- what is accepted


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple",
        "Zürich ist eine schöne Stadt am See",
        "كلمة سر طويلة لا يعرفها أحد",
        "長い合言葉は誰にも教えない秘密です",
        "🦒🚂☕🗻🐘🌊🎻🧭🪵🛖🌋🥁🪁🧵🦓",
        "  spaces count and stay as typed  ",
        "x7!Qv9#Lm2$Rk5&Tz" * 15,
    ],
)
def test_a_long_password_of_any_script_is_accepted(password: str) -> None:
    assert said(password) == []


def test_there_are_no_rules_about_kinds_of_characters() -> None:
    assert said("grumble walnut ferry oblique") == []


@pytest.mark.parametrize("length", [SHORTEST - 1, SHORTEST, LONGEST, LONGEST + 1])
def test_fifteen_to_256_characters_are_taken(length: int) -> None:
    password = ("q7Wz?pLk2vXn!tRb" * 17)[:length]
    faults = said(password)
    if length < SHORTEST:
        assert faults == [
            (
                "password: The password has 14 characters; at least 15 are needed. "
                "Use several words that do not belong together."
            )
        ]
    elif length > LONGEST:
        assert faults == ["password: The password has 257 characters; at most 256 are kept. Shorten it."]
    else:
        assert faults == []


def test_an_endless_text_is_refused_at_once() -> None:
    assert said("\ufdfa" * 5_000_000) == [
        "password: The password has 5000000 characters; at most 256 are kept. Shorten it."
    ]


def test_what_becomes_long_only_when_it_is_normalised_is_refused() -> None:
    assert "The password has 360 characters" in said("\ufdfa" * 20)[0]


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaaaa",
        "passwordpassword",
        "123456789012345678",
        "qwertyuiopqwertyuiop",
        "p@ssw0rdp@ssw0rd",
    ],
)
def test_what_is_easily_guessed_is_refused(password: str) -> None:
    assert said(password) == [
        (
            "password: This password is easily guessed. "
            "Use several words that do not belong together, or let a password manager make one."
        )
    ]


def test_a_long_password_is_judged_by_its_first_72_characters() -> None:
    assert len(said("a" * 72 + PASSWORD)) == 1
    assert said(PASSWORD * 3 + "a" * 100) == []


@pytest.mark.parametrize(
    ("password", "name"),
    [
        ("I am Amina and I like kites", "Amina Otieno"),
        ("mr OTIENO walks over the hill", "Amina Otieno"),
        ("walks with ａｍｉｎａ at noon", "amina.otieno@example.org"),
        ("over example hills and ferries", "amina.otieno@example.org"),
        ("élodie nage dans la rivière", "Élodie"),
    ],
)
def test_a_part_of_the_name_is_refused(password: str, name: str) -> None:
    assert said(password, name) == [
        "password: The password holds a part of the name it belongs to. Leave it out."
    ]


def test_the_name_of_the_program_is_refused() -> None:
    assert said("beneath the Arusha clock tower") == [
        "password: The password holds the name of the program. Leave it out."
    ]


def test_short_words_of_a_name_tell_nothing() -> None:
    assert said("kilimanjaro coffee by li and the sea", "Li Bo") == []


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
def test_a_character_that_cannot_be_typed_again_is_refused(sign: str) -> None:
    assert said(PASSWORD + sign) == [
        "password: The password holds a character that cannot be typed again. Type it again."
    ]


def test_every_fault_is_said_at_once() -> None:
    assert [line.split(": ")[1].split(".")[0] for line in said("arushaanna\0")] == [
        "The password has 11 characters; at least 15 are needed",
        "The password holds a character that cannot be typed again",
        "The password holds the name of the program",
        "The password holds a part of the name it belongs to",
        "This password is easily guessed",
    ]


def test_no_password_is_too_short_and_nothing_else() -> None:
    assert len(said("")) == 1


# --- what is kept


def test_what_is_kept_is_argon2id_at_its_full_price(kept: str) -> None:
    found = extract_parameters(kept)
    assert (found.type, found.version) == (Type.ID, 19)
    assert (found.memory_cost, found.time_cost, found.parallelism) == (64 * 1024, 3, 4)
    assert (found.salt_len, found.hash_len) == (16, 32)
    assert PASSWORD not in kept


def test_only_the_password_itself_holds(kept: str) -> None:
    assert holds(kept, PASSWORD)
    assert not holds(kept, PASSWORD + " ")
    assert not holds(kept, PASSWORD.upper())
    assert not holds(kept, "")


def test_nothing_holds_where_nothing_is_kept_or_it_is_damaged(kept: str) -> None:
    assert not holds("", "")
    assert not holds("", PASSWORD)
    assert not holds(kept[:-4], PASSWORD)
    assert not holds("plain", "plain")
    assert not holds(NOBODY, "")


def test_a_hash_of_other_parameters_is_stale(kept: str) -> None:
    assert not stale(kept)
    assert stale(PasswordHasher(time_cost=2, memory_cost=64 * 1024, parallelism=4).hash(PASSWORD))
    assert stale("plain")


def test_the_comparison_for_nobody_costs_what_every_other_costs() -> None:
    assert not stale(NOBODY)


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=40), other=st.text(min_size=1, max_size=40))
def test_two_passwords_are_the_same_when_they_mean_the_same_text(text: str, other: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        people.cheapen(patch)
        kept = hashed(text)
        assert holds(kept, text)
        assert holds(kept, unicodedata.normalize("NFD", text))
        assume(unicodedata.normalize("NFKC", text) != unicodedata.normalize("NFKC", other))
        assert not holds(kept, other)


@pytest.mark.usefixtures("cheap")
def test_two_hashes_of_one_password_differ() -> None:
    assert hashed(PASSWORD) != hashed(PASSWORD)


class Counting:
    """A hasher that notes how many are at work at once, and how often it was asked."""

    def __init__(self) -> None:
        self._lock, self.now, self.most, self.asked = Lock(), 0, 0, 0

    def verify(self, _hash: str, _password: bytes) -> bool:
        with self._lock:
            self.now, self.asked = self.now + 1, self.asked + 1
            self.most = max(self.most, self.now)
        sleep(0.02)
        with self._lock:
            self.now -= 1
        return False


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    hasher = Counting()
    monkeypatch.setattr(passwords, "HASHER", hasher)
    return hasher


def test_at_most_four_are_computed_at_once(counting: Any) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: holds("x", "y"), range(40)))
    assert (counting.asked, counting.most) == (40, passwords.AT_ONCE)


def test_many_names_are_weighed_at_once_without_mixing_them() -> None:
    names = [f"person{number}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: said(f"{PASSWORD} of {name}", name), names))
    assert all("a part of the name" in lines[0] and len(lines) == 1 for lines in found)
