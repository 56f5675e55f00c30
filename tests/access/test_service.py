"""The language a person chose is kept for them alone, and only one that the program speaks."""

import pytest
from sqlalchemy import update

from arusha.access import service
from arusha.access.records import PreferenceRecord
from arusha.access.rules import LOCAL, Actor, Permission, Reach
from arusha.i18n import offered
from arusha.store import Store
from questionnaires.problems import Refused

ANOTHER = Actor("another", dict.fromkeys(frozenset(Permission), Reach.ANYWHERE), role="local")


def test_who_has_chosen_nothing_is_left_to_their_browser(store: Store) -> None:
    assert service.language_of(LOCAL, store) == ""


def test_each_person_keeps_their_own_language_until_they_choose_another(store: Store) -> None:
    service.choose_language(LOCAL, store, "fr")
    assert service.language_of(ANOTHER, store) == ""
    service.choose_language(ANOTHER, store, "en")
    assert (service.language_of(LOCAL, store), service.language_of(ANOTHER, store)) == ("fr", "en")
    service.choose_language(LOCAL, store, "en")
    service.choose_language(LOCAL, store, "en")
    assert service.language_of(LOCAL, store) == "en"


@pytest.mark.parametrize("language", offered())
def test_every_language_that_is_offered_can_be_chosen(store: Store, language: str) -> None:
    service.choose_language(LOCAL, store, language)
    assert service.language_of(LOCAL, store) == language


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("frr", "frr: The program does not speak this language. Did you mean fr?"),
        ("FR", "FR: The program does not speak this language. Did you mean fr?"),
        ("tlh", "tlh: The program does not speak this language. Use one of: " + ", ".join(offered())),
        ("", "language: The program does not speak this language. Use one of: "),
        ("\0", "�: The program does not speak this language."),
        ("\ud800", "�: The program does not speak this language."),
        ("x" * 5000, "…: The program does not speak this language."),
    ],
)
def test_a_language_the_program_does_not_speak_is_refused_and_the_choice_stays(
    store: Store, language: str, said: str
) -> None:
    service.choose_language(LOCAL, store, "fr")
    with pytest.raises(Refused) as refused:
        service.choose_language(LOCAL, store, language)
    assert said in str(refused.value)
    assert service.language_of(LOCAL, store) == "fr"


def test_a_language_that_is_no_longer_offered_is_still_what_was_chosen(store: Store) -> None:
    service.choose_language(LOCAL, store, "fr")
    with store.writing(LOCAL) as session:
        session.execute(update(PreferenceRecord).values(language="tlh"))
    assert service.language_of(LOCAL, store) == "tlh"
