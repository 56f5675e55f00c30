"""The page of the questionnaire: what the address asks for is shown, and what is chosen goes there."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from arusha.access import gate
from arusha.access.rules import Actor, Permission, Reach
from arusha.reference.pages.listing import WHOLE
from questionnaires import loading
from tests.visiting import all_shown, refusals, visit, went_wrong

PAGE = "reference/pages/reference.py"
EDITION = loading.edition(loading.editions()[-1])
WORDS = EDITION.words("en")
FIRST = next(iter(EDITION.practices.values()))
pytestmark = pytest.mark.usefixtures("home")


def opened(**query: str) -> AppTest:
    at = visit(PAGE, **query)
    assert went_wrong(at) == []
    return at


def questions(at: AppTest) -> set[str]:
    """Return the practices whose questions are shown."""
    said = all_shown(at)
    return {name for name in EDITION.practices if WORDS.practices[name].question in said}


def test_every_question_is_there_and_nothing_is_refused() -> None:
    at = opened()
    assert refusals(at) == []
    assert questions(at) == set(EDITION.practices)
    assert f"{len(EDITION.practices)} practices in all." in all_shown(at)
    assert "the WCO has no maturity scale for integrity" in all_shown(at)


@pytest.mark.parametrize("factor", [factor.id for factor in EDITION.factors])
def test_a_factor_is_read_whole(factor: str) -> None:
    at = opened(factor=factor)
    said = all_shown(at)
    inside = EDITION.factor(factor).practices
    assert questions(at) == {practice.id for practice in inside}
    assert len(inside) <= WHOLE
    for practice in inside:
        words = WORDS.practices[practice.id]
        for text in (words.why, *words.steps.values(), *words.evidence):
            assert text in said
        assert all(measure.indicator in said for measure in words.measures.values())


def test_a_link_shows_what_was_looked_for() -> None:
    owner = FIRST.owner[0]
    at = opened(owner=owner, key="yes", words="the")
    wanted = {
        practice.id for practice in EDITION.practices.values() if practice.key and owner in practice.owner
    }
    assert questions(at) <= wanted
    assert at.text_input(key="reference_words").value == "the"
    assert at.selectbox(key="reference_owner").value == owner
    assert at.pills(key="reference_marks").value == ["key"]


def test_what_is_chosen_goes_into_the_address() -> None:
    at = opened()
    at.text_input(key="reference_words").set_value("Register").run()
    at.selectbox(key="reference_factor").set_value(EDITION.factors[1].id).run()
    at.pills(key="reference_marks").set_value(["core"]).run()
    assert went_wrong(at) == []
    asked = {name: at.query_params[name] for name in ("words", "factor", "core")}
    assert asked == {"words": "Register", "factor": EDITION.factors[1].id, "core": "yes"}
    assert questions(at) <= {practice.id for practice in EDITION.factors[1].practices if practice.core}
    at.selectbox(key="reference_factor").set_value("").run()
    assert "factor" not in at.query_params


def test_a_link_of_the_page_keeps_what_was_looked_for() -> None:
    at = opened(words="night", owner="hr", space="sample")
    links = re.findall(r'href="(/reference\?[^"]*practice=[^"]*)"', "".join(m.value for m in at.markdown))
    assert links
    assert all("words=night" in one and "owner=hr" in one and "space=sample" in one for one in links)


def test_nothing_found_says_so_and_leads_back() -> None:
    at = opened(words="zzzzzz")
    assert questions(at) == set()
    assert "No practice fits. Use fewer words or fewer filters." in all_shown(at)
    assert "Clear search and filters" in all_shown(at)


def test_one_practice_is_shown_by_itself_with_its_neighbours() -> None:
    ids = list(EDITION.practices)
    at = opened(practice=ids[3])
    assert questions(at) == {ids[2], ids[3], ids[4]}
    words = WORDS.practices[ids[3]]
    assert all(text in all_shown(at) for text in (*words.steps.values(), *words.evidence))
    assert questions(opened(practice=ids[0])) == {ids[0], ids[1]}
    assert questions(opened(practice=ids[-1])) == {ids[-2], ids[-1]}


def test_an_unknown_practice_is_said_and_the_list_is_shown() -> None:
    at = opened(practice=f"{FIRST.id}x")
    assert len(refusals(at)) == 1
    assert FIRST.id in re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), refusals(at)[0])
    assert questions(at) == set(EDITION.practices)


@pytest.mark.parametrize("name", ["factor", "driver", "owner", "evidence", "power", "edition", "key", "core"])
@pytest.mark.parametrize("value", ["nothing", "<b>", "' OR 1=1", "\u202e"])
def test_what_the_questionnaire_does_not_know_is_left_out(name: str, value: str) -> None:
    assert questions(opened(**{name: value})) == set(EDITION.practices)


def test_hostile_words_are_only_looked_for() -> None:
    at = opened(words="<img src=x onerror=alert(1)>")
    assert questions(at) == set()
    assert not any("<img" in one.value for one in at.markdown)


def test_the_commitments_are_shown_when_they_are_asked_for() -> None:
    asked = "the head and the executives carry the first responsibility for preventing corruption"
    at = opened()
    assert asked not in all_shown(at)
    shown = visit(PAGE, session={"commitments": True})
    assert asked in all_shown(shown)


def test_whoever_may_not_read_it_reads_why(monkeypatch: pytest.MonkeyPatch) -> None:
    may = frozenset(Permission) - {Permission.QUESTIONNAIRE_READ}
    monkeypatch.setattr(gate, "LOCAL", Actor("somebody", dict.fromkeys(may, Reach.ANYWHERE), role="local"))
    at = opened()
    assert len(refusals(at)) == 1
    assert questions(at) == set()


def test_neither_a_round_nor_a_database_is_needed(home: Path) -> None:
    at = opened(round="nowhere")
    assert refusals(at) == []
    assert home.exists()
