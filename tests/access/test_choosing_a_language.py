"""The reader chooses the language: kept for the next time, and not offered where a setting has chosen."""

import html
import json
import re
import sqlite3
from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest

from arusha import settings
from tests.conftest import impatient
from tests.visiting import refusals, visit, went_wrong

ABOUT = "access/pages/about.py"
ENGLISH, FRENCH = "About", "À propos"
pytestmark = pytest.mark.usefixtures("home")


def choose(at: AppTest, language: str) -> AppTest:
    """Choose a language at the foot of the side bar."""
    at.query_params["language"] = language
    at.run()
    assert went_wrong(at) == []
    return at


def told(at: AppTest) -> list[str]:
    """Return the language that the browser is told, for whoever has the page read aloud."""
    sent = [json.loads(found.proto.json or "{}") for found in at.get("bidi_component")]
    return [data["language"] for data in sent if isinstance(data, dict) and "language" in data]


def offers(at: AppTest) -> dict[str, bool]:
    """Return the languages that can be chosen, by their names, and which one is in force."""
    links = re.findall(r'<a [^>]*class="language go"[^>]*>[^<]*</a>', " ".join(m.value for m in at.markdown))
    return {re.sub("<[^>]*>", "", html.unescape(link)): "aria-current" in link for link in links}


def test_each_language_is_offered_by_its_own_name() -> None:
    at = visit(ABOUT)
    assert offers(at) == {"English": True, "Français": False}
    assert (at.title[0].value, told(at)) == (ENGLISH, ["en"])


def test_what_was_chosen_is_there_at_once_and_in_the_next_session() -> None:
    at = choose(visit(ABOUT), "fr")
    assert (at.title[0].value, told(at)) == (FRENCH, ["fr"])
    at = visit(ABOUT)
    assert (at.title[0].value, told(at)) == (FRENCH, ["fr"])
    assert offers(at) == {"English": False, "Français": True}
    at = choose(at, "en")
    assert at.title[0].value == visit(ABOUT).title[0].value == ENGLISH


def test_what_was_chosen_while_looking_at_the_sample_is_kept_too() -> None:
    choose(visit(ABOUT, space="sample"), "fr")
    assert visit(ABOUT).title[0].value == FRENCH
    assert visit(ABOUT, space="sample").title[0].value == FRENCH


@pytest.mark.parametrize(("setting", "title"), [("en", ENGLISH), ("fr", FRENCH), ("en_GB", ENGLISH)])
def test_a_setting_overrides_what_was_chosen_and_offers_no_choice(
    setting: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(visit(ABOUT), "fr" if setting.startswith("en") else "en")
    monkeypatch.setenv("ARUSHA_LANGUAGE", setting)
    at = visit(ABOUT)
    assert at.title[0].value == title
    assert choose(at, "fr" if title == ENGLISH else "en").title[0].value == title
    assert offers(at) == {}
    monkeypatch.delenv("ARUSHA_LANGUAGE")
    assert len(offers(visit(ABOUT))) == 2


def test_a_choice_that_cannot_be_kept_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    file = settings.read().home / "arusha.sqlite"
    monkeypatch.setenv("ARUSHA_DATABASE_URL", impatient(settings.url_of(file)))
    at = visit(ABOUT)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # another program holds the database
        at = choose(at, "fr")
    assert "locked" in refusals(at)[0]
    assert at.title[0].value == visit(ABOUT).title[0].value == ENGLISH
    assert offers(at)["English"]
    assert choose(at, "fr").title[0].value == FRENCH


@pytest.mark.parametrize("language", ["de", "", "FR", "<b>", "x" * 500])
def test_a_language_the_program_does_not_speak_is_refused_and_nothing_changes(language: str) -> None:
    at = choose(visit(ABOUT), language)
    assert "does not speak this language" in refusals(at)[0]
    assert at.title[0].value == visit(ABOUT).title[0].value == ENGLISH


def test_the_address_does_not_go_on_choosing() -> None:
    """A link that is copied from the address bar must not choose for who opens it."""
    at = choose(visit(ABOUT), "fr")
    assert "language" not in at.query_params
