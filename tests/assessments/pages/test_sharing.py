"""The pages of sharing: the head chooses, sees what others will see, shares it, and withdraws it.

The one person of local mode stands in for whoever signed in: each page asks what that person may do.
"""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from arusha.access import gate
from arusha.access.roles import Role
from arusha.access.rules import LOCAL, Actor
from arusha.assessments import disclosure, service
from arusha.assessments.consent import Choice
from arusha.store import Store
from tests.assessments.consenting import (
    ANALYST,
    FACTORS,
    FIRST,
    FOREIGN_HEAD,
    HEAD,
    MEMBERS,
    PUBLIC,
    REGION,
    SECOND,
    THIRD,
    WCO,
    marked,
    person,
    share,
    signed,
    signed_anew,
)
from tests.assessments.rounds import EDITION, PRACTICES, STEPS
from tests.visiting import ROOT, all_shown, refusals, shown, went_wrong

NAMES = [f"{factor.number} · {EDITION.words('en').factors[factor.id].name}" for factor in EDITION.factors]
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Return how a person opens a page."""

    def opened(actor: Actor, page: str, **query: str) -> AppTest:
        monkeypatch.setattr(gate, "LOCAL", actor)
        at = AppTest.from_file(
            str(ROOT / "arusha" / "assessments" / "pages" / f"{page}.py"), default_timeout=60
        )
        for name, value in query.items():
            at.query_params[name] = value
        return run(at)

    return opened


def run(at: AppTest) -> AppTest:
    at.run()
    assert went_wrong(at) == []
    return at


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return run(at)


def choose(at: AppTest, factor: str, audience: str) -> AppTest:
    """Choose for whom a factor is open; '' is all of them."""
    label = f"Open {NAMES[FACTORS.index(factor)]} to" if factor else "Open all factors to"
    next(box for box in at.selectbox if box.label.replace("\\", "") == label).set_value(audience)
    return run(at)


def note(at: AppTest, factor: str) -> AppTest:
    at.checkbox[FACTORS.index(factor)].check()
    return run(at)


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


# --- deciding


def test_an_open_round_leads_to_its_sign_off(own: Store, visit: Visit) -> None:
    round_ = service.open_round(LOCAL, own, "KE", EDITION.id, 2026)
    at = visit(HEAD, "sharing", round=round_.id)
    assert "Nothing of this round is shared. Only your administration sees it." in all_shown(at)
    assert "Only a signed round can be shared." in all_shown(at)
    links = [attributes["href"] for one in shown(at) for tag, attributes in one.tags if tag == "a"]
    assert links == [f"/sign-off?round={round_.id}"]
    assert labels(at) == []


def test_nothing_is_shared_before_it_was_seen(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    at = visit(HEAD, "sharing", round=round_id)
    assert [(button.label, button.disabled) for button in at.button] == [("Show what they will see", True)]
    at = choose(at, FIRST, "wco")
    assert [(button.label, button.disabled) for button in at.button] == [("Show what they will see", False)]
    at = press(at, "Show what they will see")
    assert "Share this" in labels(at)
    assert disclosure.standing(HEAD, own, round_id).shared == {}
    at = press(at, "Share this")
    assert [one.value for one in at.success] == ["Shared as shown."]
    assert labels(at) == ["Show what they will see", "Withdraw"]
    shared = disclosure.standing(HEAD, own, round_id).shared
    assert {name: (one.audience, one.with_notes) for name, one in shared.items()} == {FIRST: (WCO, False)}


def test_one_choice_serves_for_all_and_each_can_differ(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    at = choose(visit(HEAD, "sharing", round=round_id), "", "members")
    at = note(choose(choose(at, FIRST, "national"), SECOND, "region"), SECOND)
    at = press(press(at, "Show what they will see"), "Share this")
    shared = disclosure.standing(HEAD, own, round_id).shared
    assert {name: one.audience for name, one in shared.items()} == {
        **dict.fromkeys(FACTORS[2:], MEMBERS),
        SECOND: REGION,
    }
    assert [name for name, one in shared.items() if one.with_notes] == [SECOND]


def test_notes_are_warned_of_and_seen_in_the_preview(own: Store, visit: Visit) -> None:
    at = choose(visit(HEAD, "sharing", round=signed(own)), SECOND, "wco")
    assert [one.value for one in at.warning] == []
    at = press(note(at, SECOND), "Show what they will see")
    assert [one.value.partition(".")[0] for one in at.warning] == [
        "Reasons and notes were written for your own administration"
    ]
    assert f"note-KE-{SECOND}." in all_shown(at)
    assert f"note-KE-{FIRST}." not in all_shown(at)


def test_the_reader_sees_what_the_preview_showed(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    at = note(choose(choose(visit(HEAD, "sharing", round=round_id), FIRST, "wco"), THIRD, "public"), THIRD)
    at = press(at, "Show what they will see")
    at.get("button_group")[0].set_value("wco")
    run(at)
    preview = [one.value for one in at.markdown]
    press(at, "Share this")
    read = visit(ANALYST, "disclosed", round=round_id)
    own_words = ('class="lead"', 'class="download"', 'href="/shared')
    body = [one.value for one in read.markdown if not any(words in one.value for words in own_words)]
    assert len(body) > 5
    assert [said for said in body if said not in preview] == []


def test_each_reader_is_shown_apart(own: Store, visit: Visit) -> None:
    at = choose(choose(visit(HEAD, "sharing", round=signed(own)), FIRST, "wco"), SECOND, "region")
    at = press(at, "Show what they will see")
    group = at.get("button_group")[0]
    assert list(group.options) == ["the regional office", "WCO staff"]
    assert "Practices and their steps" in [one.value for one in at.subheader]
    assert [one.label for one in at.expander if one.label[0].isdigit()] == ["1 · Leadership and Commitment"]
    group.set_value("region")
    assert [one.label for one in run(at).expander if one.label[0].isdigit()] == [*NAMES[:2]]


def test_the_preview_says_what_stays_home(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {FIRST: WCO, SECOND: Choice(MEMBERS, with_notes=True)})
    at = choose(choose(visit(HEAD, "sharing", round=round_id), FIRST, "national"), THIRD, "wco")
    said = all_shown(press(at, "Show what they will see"))
    assert f"Nobody else can open any more: {NAMES[0]}." in said
    assert f"National only: {NAMES[0]}, {NAMES[3]}," in said
    assert f"Without reasons and notes: {NAMES[2]}." in said
    assert f"The value is also counted in aggregates for all Members: {NAMES[1]}." in said
    assert "national practices stay home" in said


def test_another_choice_hides_the_preview(own: Store, visit: Visit) -> None:
    at = choose(visit(HEAD, "sharing", round=signed(own)), FIRST, "wco")
    at = choose(press(at, "Show what they will see"), FIRST, "public")
    assert "Share this" not in labels(at)


def test_what_changed_meanwhile_is_shown_before_it_is_shared(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    at = choose(visit(HEAD, "sharing", round=round_id), FIRST, "wco")
    at = press(at, "Show what they will see")
    share(own, round_id, {SECOND: PUBLIC})
    at = press(at, "Share this")
    assert "What is to be shared is not what was shown" in refusals(at)[0].replace("&#46;", ".")
    assert set(disclosure.standing(HEAD, own, round_id).shared) == {SECOND}
    press(at, "Share this")
    assert set(disclosure.standing(HEAD, own, round_id).shared) == {FIRST, SECOND}


def test_stopping_is_called_so(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {FIRST: WCO})
    at = choose(visit(HEAD, "sharing", round=round_id), FIRST, "national")
    at = press(at, "Show what they will see")
    assert "Nobody outside your administration will see anything of this round." in all_shown(at)
    at = press(at, "Stop sharing these factors")
    assert [one.value for one in at.success] == ["From now on nobody else can open these factors."]
    assert disclosure.disclosed(ANALYST, own) == ()


def test_a_newer_revision_is_told_and_shared_on_request(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {FIRST: WCO, SECOND: Choice(WCO, with_notes=True)})
    signed_anew(own, round_id, {"step": STEPS[4]})
    at = visit(HEAD, "sharing", round=round_id)
    assert "Revision 2 was signed since. Of 2 factors, others still see" in at.warning[0].value
    at.checkbox[-1].check()
    press(press(run(at), "Show what they will see"), "Share this")
    shared = disclosure.standing(HEAD, own, round_id).shared
    assert {name: (one.revision, one.with_notes) for name, one in shared.items()} == {
        FIRST: (2, False),
        SECOND: (2, True),
    }


def test_a_reopened_round_says_that_others_still_see_it(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {FIRST: WCO})
    service.reopen(LOCAL, own, round_id, "A late survey.")
    at = visit(HEAD, "sharing", round=round_id)
    assert "Others still see what was shared before" in at.info[0].value
    assert labels(at) == ["Withdraw"]


def test_withdrawing_says_what_it_cannot_undo(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {FIRST: WCO, SECOND: WCO})
    at = visit(HEAD, "sharing", round=round_id)
    assert "What was read cannot be unread; from now on nobody else can open it." in all_shown(at)
    at.multiselect[0].set_value([SECOND])
    at = press(run(at), "Withdraw")
    assert [one.value for one in at.success] == ["Withdrawn. From now on nobody else can open it."]
    assert set(disclosure.standing(HEAD, own, round_id).shared) == {FIRST}
    press(at, "Withdraw")
    assert "Everything that was ever shared" in [one.label for one in at.expander]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OBSERVER])
def test_others_of_the_administration_only_look(role: Role, own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {FIRST: WCO})
    at = visit(person(role, "KE"), "sharing", round=round_id)
    assert "The head of the administration decides who may see this round." in all_shown(at)
    assert (labels(at), list(at.selectbox), list(at.checkbox)) == ([], [], [])
    assert f"{NAMES[0]} WCO staff 1 not shared" in all_shown(at)


@pytest.mark.parametrize("actor", [FOREIGN_HEAD, ANALYST, person(Role.CONTRIBUTOR, "KE")])
def test_nobody_else_opens_the_page_of_a_round(actor: Actor, own: Store, visit: Visit) -> None:
    at = visit(actor, "sharing", round=signed(own))
    assert len(refusals(at)) == 1
    assert labels(at) == []


# --- reading


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_anything_shared_the_list_says_what_that_means(
    language: str, own: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARUSHA_LANGUAGE", language)
    signed(own)
    at = visit(ANALYST, "shared")
    assert len(at.info) == 1
    assert not at.text_input
    assert own.name


def test_the_list_leads_to_what_is_shared(own: Store, visit: Visit) -> None:
    rounds = {code: signed(own, code) for code in ("KE", "FR")}
    share(own, rounds["KE"], {FIRST: WCO, SECOND: PUBLIC})
    share(own, rounds["FR"], dict.fromkeys(FACTORS, WCO), FOREIGN_HEAD)
    at = visit(ANALYST, "shared")
    assert "Kenya 2026 2 of 10 WCO staff and Everyone here" in all_shown(at).replace("  ", " ")
    links = {attributes.get("href") for one in shown(at) for tag, attributes in one.tags if tag == "a"}
    assert links == {f"/disclosed?round={round_id}" for round_id in rounds.values()}
    at.text_input[0].set_value("fran")
    at = run(at)
    assert "France" in all_shown(at)
    assert "Kenya" not in all_shown(at)
    at.text_input[0].set_value("2031")
    assert [one.value for one in run(at).info] == ["No round of this administration or year is open to you."]


def test_a_disclosed_profile_says_what_it_is_and_leads_to_no_answers(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {FIRST: WCO, SECOND: WCO, THIRD: REGION})
    at = visit(ANALYST, "disclosed", round=round_id)
    said = all_shown(at)
    assert at.title[0].value == "Kenya · 2026"
    assert "As disclosed on" in said
    assert "to: WCO staff." in said
    assert f"Left out: {NAMES[2]}, {NAMES[3]}" in said
    assert "Every figure here is over the shared factors only." in said
    assert "note-KE" not in said
    links = {attributes.get("href") or "" for one in shown(at) for tag, attributes in one.tags if tag == "a"}
    assert {link.partition("?")[0].partition(".")[0] for link in links} == {"/shared", "/files/disclosed"}
    assert len(at.get("plotly_chart")) == 1


def test_the_bars_bear_the_numbers_of_their_factors(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {THIRD: WCO, FACTORS[6]: WCO})
    at = visit(ANALYST, "disclosed", round=round_id)
    (bars,) = [one.value for one in at.markdown if 'class="bars"' in one.value]
    assert [part.partition("<")[0] for part in bars.split('class="grid-number">')[1:]] == ["3", "7"]


def test_a_reviewer_takes_no_workbook_away(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {FIRST: WCO})
    at = visit(person(Role.REVIEWER, assigned=frozenset({"KE"})), "disclosed", round=round_id)
    assert refusals(at) == []
    assert not any('class="download"' in one.value for one in at.markdown)


@pytest.mark.parametrize("shares", [1, 2])
def test_few_factors_make_a_page_too(shares: int, own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, dict.fromkeys(FACTORS[:shares], PUBLIC))
    for session in ("Ladder", "Radar", "Table"):
        at = visit(FOREIGN_HEAD, "disclosed", round=round_id)
        at.session_state["view"] = session
        run(at)


def test_a_factor_without_a_figure_is_said_to_have_none(own: Store, visit: Visit) -> None:
    round_ = service.open_round(LOCAL, own, "KE", EDITION.id, 2026)
    own_factor = {practice.id for practice in EDITION.factor(FIRST).practices}
    answers = [one for one in marked("KE") if one.practice not in own_factor]
    service.import_answers(LOCAL, own, round_.id, answers)
    for name in own_factor:
        service.save_answer(LOCAL, own, round_.id, name, {"reason": "Under way."}, 0)
    service.sign(LOCAL, own, round_.id, "A. Director")
    share(own, round_.id, {FIRST: WCO})
    at = visit(ANALYST, "disclosed", round=round_.id)
    assert [one.value for one in at.info] == ["No practice of these factors is answered."]
    assert not at.get("plotly_chart")


def test_what_was_withdrawn_cannot_be_opened_any_more(own: Store, visit: Visit) -> None:
    round_id = signed(own)
    share(own, round_id, {FIRST: WCO})
    at = visit(ANALYST, "disclosed", round=round_id)
    disclosure.withdraw(HEAD, own, round_id)
    at = run(at)
    assert "Nothing of this round is shared with you, or not any more" in refusals(at)[0]
    assert not at.title


def test_a_hostile_note_is_shown_as_it_was_written(own: Store, visit: Visit) -> None:
    hostile = "<img src=x onerror=alert(1)> ![x](https://evil.example/a.png) :red[red] **bold**"
    round_id = signed(own)
    signed_anew(own, round_id, {"note": hostile})
    share(own, round_id, {FIRST: Choice(WCO, with_notes=True)})
    at = visit(ANALYST, "disclosed", round=round_id)
    assert hostile in all_shown(at)
    assert not {tag for one in shown(at) for tag, _ in one.tags} & {"img", "script", "em"}
    assert PRACTICES[0].startswith(FIRST)


# --- all together


def test_fewer_than_five_are_not_counted(own: Store, visit: Visit) -> None:
    for code in ("KE", "UG", "RW", "TZ"):
        share(own, signed(own, code), dict.fromkeys(FACTORS, MEMBERS), person(Role.HEAD, code))
    at = visit(person(Role.DONOR), "together")
    assert at.info[0].value.startswith("Fewer than 5 administrations have shared a factor of the same year")
    assert not at.selectbox


def test_five_are_counted_without_their_names(own: Store, visit: Visit) -> None:
    for number, code in enumerate(("KE", "UG", "RW", "TZ", "ZM")):
        head, round_id = person(Role.HEAD, code), signed(own, code, number=number)
        share(own, round_id, {FIRST: MEMBERS, SECOND: WCO if code == "KE" else PUBLIC}, head)
    at = visit(person(Role.DONOR), "together")
    said = all_shown(at)
    assert f"{NAMES[0]} 5 " in said
    assert NAMES[1] not in said
    assert "Factors that are not in the list were shared by fewer than 5." in said
    assert not any(name in said for name in ("Kenya", "Uganda", "Rwanda", "Tanzania", "Zambia"))


def test_aggregates_are_not_for_everyone(own: Store, visit: Visit) -> None:
    signed(own)
    at = visit(person(Role.CONTRIBUTOR, "KE"), "together")
    assert len(refusals(at)) == 1
