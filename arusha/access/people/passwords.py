"""Passwords: what is accepted as one, and how it is kept and proved.

Length and guessability count, not kinds of characters (NIST SP 800-63B-4, 3.1.1.2). Kept is argon2id
(RFC 9106) of the text in the form NFKC. At most ``AT_ONCE`` are computed at the same time, so that they
never need more than 256 MiB.
"""

import unicodedata
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # ships no types

from arusha import texts
from questionnaires.problems import N_, Problem

SHORTEST, LONGEST = 15, 256  # characters
TELLING = 4  # letters of a word of a name, from which on a password may not hold it
PROGRAM = "arusha"
HARD_ENOUGH = 3  # of 0 to 4; 3 takes 10^8 guesses or more
LONGEST_GUESSED = 72  # characters, all that zxcvbn looks at
AT_ONCE = 4
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4"  # the hash of random bytes that nobody kept
    "$J14+bfsFodQugFbIaIFbbg$Yzuc4sU59gAEtRVtsX6fwyfD5R2qD4es903XaipKR+o"
)
"""What is checked in place of a password nobody has, so that it takes as long as a real one."""

_hashing = BoundedSemaphore(AT_ONCE)
_guessing = Lock()  # zxcvbn keeps the words it is given in one place for all


def faults_of(password: str, name: str) -> list[Problem]:
    """Return what stands against a password for the account of this name."""
    said = _normal(password)
    problems = [*_faults_of_length(said), *_faults_of_signs(said), *_faults_of_words(said, name)]
    if said and len(said) <= LONGEST and _is_easy(said, name):
        fault = N_("This password is easily guessed.")
        remedy = N_("Use several words that do not belong together, or let a password manager make one.")
        problems.append(Problem("password", fault, remedy))
    return problems


def hashed(password: str) -> str:
    """Return what is kept of a password; about 0.1 s, so never within a transaction."""
    with _hashing:
        return HASHER.hash(_bytes(_normal(password)))


def holds(hash_: str, password: str) -> bool:
    """Return whether this is the password; takes as long when nothing is kept to compare it with."""
    said = _normal(password)
    with _hashing:
        try:
            return HASHER.verify(hash_ or NOBODY, _bytes(said)) and bool(hash_)
        except (VerificationError, InvalidHashError):
            return False


def stale(hash_: str) -> bool:
    """Return whether a password has to be hashed anew, since the parameters have changed."""
    try:
        return HASHER.check_needs_rehash(hash_)
    except InvalidHashError:
        return True


def _normal(password: str) -> str:
    """Return the text that is meant, however it was typed; what is far too long stays as it is."""
    return unicodedata.normalize("NFKC", password) if len(password) <= 4 * LONGEST else password


def _bytes(said: str) -> bytes:
    return said[: 4 * LONGEST].encode("utf-8", "surrogatepass")


def _faults_of_length(said: str) -> list[Problem]:
    if len(said) < SHORTEST:
        fault = N_("The password has {length} characters; at least {shortest} are needed.")
        remedy = N_("Use several words that do not belong together.")
        return [Problem("password", fault, remedy, {"length": len(said), "shortest": SHORTEST})]
    if len(said) > LONGEST:
        fault = N_("The password has {length} characters; at most {longest} are kept.")
        return [Problem("password", fault, N_("Shorten it."), {"length": len(said), "longest": LONGEST})]
    return []


def _faults_of_signs(said: str) -> list[Problem]:
    if texts.is_keepable(said):
        return []
    fault = N_("The password holds a character that cannot be typed again.")
    return [Problem("password", fault, N_("Type it again."))]


def _faults_of_words(said: str, name: str) -> list[Problem]:
    problems = []
    if PROGRAM in said.casefold():
        fault = N_("The password holds the name of the program.")
        problems.append(Problem("password", fault, N_("Leave it out.")))
    if any(word in said.casefold() for word in _words(name)):
        fault = N_("The password holds a part of the name it belongs to.")
        problems.append(Problem("password", fault, N_("Leave it out.")))
    return problems


def _words(name: str) -> list[str]:
    """Return the words of a name that are long enough to tell something."""
    folded = _normal(name).casefold()
    parted = "".join(sign if sign.isalnum() else " " for sign in folded).split()
    return [word for word in parted if len(word) >= TELLING and word != PROGRAM]


def _is_easy(said: str, name: str) -> bool:
    with _guessing:
        score: int = zxcvbn(said[:LONGEST_GUESSED], user_inputs=[PROGRAM, *_words(name)])["score"]
    return score < HARD_ENOUGH
