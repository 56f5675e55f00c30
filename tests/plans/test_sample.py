"""The sample's six plans come in whole and once, look lived, and each tells its own story."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from arusha.access.rules import LOCAL, Denied
from arusha.assessments import sample as rounds
from arusha.assessments import service as assessments
from arusha.i18n import translator
from arusha.members.reference import members
from arusha.plans import sample, service
from arusha.plans.checkup.checking import check
from arusha.plans.model import Activity, Figure, Indicator, Plan, Update, UpdateKind
from arusha.plans.progress.benchmarks import benchmarks, due
from arusha.plans.progress.clocks import clocks, said
from arusha.plans.progress.projecting import outcomes
from arusha.plans.progress.standings import of_goal, of_indicator, of_plan
from arusha.plans.rules import Changes
from arusha.plans.sample import Loaded
from arusha.plans.stories import batches
from arusha.store import Store, open_store
from questionnaires import loading
from questionnaires.problems import N_, Refused
from tests.access.people import acting
from tests.assessments.rounds import Injected, everything, fault_at
from tests.plans.building import goal
from tests.plans.kept import told

TODAY = date(2026, 11, 22)
STORIES = tuple(sample.read())
CODES = ["XA", "XB", "XC", "XE", "XI", "XJ"]
EDITION = loading.edition("arusha_2026")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store with the whole sample, which no test changes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARUSHA_HOME", str(tmp_path_factory.mktemp("home")))
        store = open_store(f"sqlite:///{tmp_path_factory.mktemp('sample') / 'sample.sqlite'}")
        sample.load(LOCAL, store)
        yield store
        store.close()


@pytest.fixture(scope="module")
def plans(loaded: Store) -> dict[str, Plan]:
    """Return the plans by administration."""
    found = [service.find(LOCAL, loaded, one.id) for one in service.plans(LOCAL, loaded)]
    return {plan.administration: plan for plan in found}


# --- loading


def with_rounds(store: Store) -> Store:
    """Enter the rounds that the plans answer, which takes less than all of them."""
    wanted = {(story.administration, story.year) for story in STORIES}
    entries = [one for one in rounds.read() if (one.administration, one.year) in wanted]
    assert assessments.enter_rounds(LOCAL, store, entries) == 6
    return store


def test_the_sample_comes_in_whole_and_only_once(store: Store) -> None:
    assert sample.load(LOCAL, store) == Loaded(48, 6)
    assert [one.administration for one in service.plans(LOCAL, store)] == CODES
    before = everything(store)
    assert sample.load(LOCAL, store) == Loaded(0, 0)
    assert everything(store) == before


def test_an_older_sample_gains_the_plans(sqlite_store: Store) -> None:
    rounds.load(LOCAL, sqlite_store)
    assert sample.load(LOCAL, sqlite_store) == Loaded(0, 6)


def test_what_a_person_did_with_a_plan_stays_and_it_does_not_come_in_again(sqlite_store: Store) -> None:
    with_rounds(sqlite_store)
    sample.enter(LOCAL, sqlite_store, STORIES[:1])
    (listed,) = service.plans(LOCAL, sqlite_store)
    service.revise(LOCAL, sqlite_store, listed.id, "to look around")
    plan = service.find(LOCAL, sqlite_store, listed.id)
    away = Changes(
        removed=tuple(one.id for one in plan.goals),
        header=plan.header.model_copy(update={"title": "Mine"}),
    )
    service.change(LOCAL, sqlite_store, listed.id, away)
    assert sample.enter(LOCAL, sqlite_store, STORIES) == 5
    assert service.find(LOCAL, sqlite_store, listed.id).header.title == "Mine"


def test_one_fault_keeps_every_plan_out(store: Store) -> None:
    with_rounds(store)
    before = everything(store)
    first = STORIES[-1].stages[0]
    faulty = replace(first, parts=(*first.parts, goal(within="nothing")))
    with pytest.raises(Refused, match="A goal stands within nothing else"):
        sample.enter(LOCAL, store, [*STORIES[:-1], replace(STORIES[-1], stages=(faulty,))])
    assert everything(store) == before


def test_a_plan_without_its_round_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="There is no round with this id"):
        sample.enter(LOCAL, store, STORIES[:1])
    assert service.plans(LOCAL, store) == ()


@pytest.mark.parametrize("number", [3, 60])
def test_an_interrupted_load_leaves_no_plan_and_the_next_one_completes(
    sqlite_store: Store, number: int
) -> None:
    with_rounds(sqlite_store)
    with suppress(Injected), fault_at(number):
        sample.enter(LOCAL, sqlite_store, STORIES)
    assert service.plans(LOCAL, sqlite_store) == ()
    assert sample.enter(LOCAL, sqlite_store, STORIES) == 6


def test_of_several_loads_at_once_one_brings_the_plans(store: Store) -> None:
    with_rounds(store)
    with ThreadPoolExecutor(3) as pool:
        came_in = list(pool.map(lambda _: sample.enter(LOCAL, store, STORIES), range(3)))
    assert sorted(came_in) == [0, 0, 6]


def test_the_plans_are_there_in_a_moment(sqlite_store: Store) -> None:
    with_rounds(sqlite_store)
    begun = time.perf_counter()
    sample.enter(LOCAL, sqlite_store, sample.read())
    assert time.perf_counter() - begun < 3  # half a second on an idle machine


def test_only_who_may_write_and_approve_plans_enters_them(sqlite_store: Store) -> None:
    with pytest.raises(Denied):
        sample.enter(acting("coordinator", "XA"), sqlite_store, STORIES[:1])


def test_a_corrected_value_comes_in_after_the_one_it_corrects() -> None:
    story = next(one for one in STORIES if one.administration == "XA")
    every = Changes(figures=story.figures, updates=story.updates)
    several = list(batches(every))
    assert len(several) > 1
    for batch in several:
        assert max(Counter(one.place for one in batch.figures).values(), default=0) <= 1
    flat = [one for batch in several for one in (*batch.figures, *batch.updates)]
    assert len(flat) == len(story.figures) + len(story.updates)


# --- what every plan has


@pytest.mark.parametrize("code", CODES)
def test_a_plan_is_of_the_size_of_a_real_one(plans: dict[str, Plan], code: str) -> None:
    plan = plans[code]
    assert 3 <= len(plan.goals) <= 5
    assert 8 <= len(plan.activities) <= 20
    assert 6 <= len(plan.indicators) <= 15
    assert any(one.milestones for one in plan.activities)
    assert any(one.after for one in plan.activities)
    assert any(one.support for one in plan.activities)
    assert any(one.budget for one in plan.activities)
    assert sum(bool(one.links) for one in plan.activities) >= 4
    assert date(2019, 1, 1) <= plan.header.start
    assert plan.header.end <= date(2026, 6, 30)


@pytest.mark.parametrize("code", CODES)
def test_the_past_of_a_plan_looks_lived(loaded: Store, plans: dict[str, Plan], code: str) -> None:
    plan = plans[code]
    versions = service.versions(LOCAL, loaded, plan.id)
    assert [one.recorded_at.date() for one in versions] == [one.approved for one in versions]
    assert all(one.reason and one.revised_at for one in versions[1:])
    entries: list[Figure | Update] = [*plan.figures, *plan.updates]
    assert {one.entered_by for one in entries} == {one.by for one in STORIES if one.administration == code}
    assert len({one.entered_at for one in entries}) > 30
    assert all(one.entered_at and one.entered_at.date() >= one.on for one in entries if one.kind != "target")
    for kind in ("actual", "target"):
        days = [one.entered_at for one in plan.figures if one.kind == kind]
        assert days == sorted(day for day in days if day)


@pytest.mark.parametrize("code", CODES)
def test_each_year_of_a_plan_has_its_report(plans: dict[str, Plan], code: str) -> None:
    plan = plans[code]
    yearly: tuple[UpdateKind, ...] = ("progress", "learned", "next")
    for kind in yearly:
        assert len(plan.entries("", kind)) >= 4
    for each in plan.goals:
        assert len(plan.entries(each.id, "reached")) >= 3


@pytest.mark.parametrize("code", CODES)
def test_the_measures_are_those_of_the_questionnaire(plans: dict[str, Plan], code: str) -> None:
    for activity in plans[code].activities:
        practices = [EDITION.practices[link.practice] for link in activity.links]
        measures = {measure.id for practice in practices for measure in practice.measures}
        if activity.measure and practices:
            assert activity.measure in measures, activity.id


def test_every_kind_of_period_and_programme_is_there(plans: dict[str, Plan]) -> None:
    every = {one.every for plan in plans.values() for one in plan.indicators}
    assert every == {"year", "half", "quarter"}
    assert {plan.header.fiscal_start for plan in plans.values()} == {1, 4, 7}
    assert {plan.header.programme for plan in plans.values()} >= {"A-CIP bilateral", "National programme"}
    assert {one.direction for plan in plans.values() for one in plan.indicators} == {
        "up",
        "down",
        "ambiguous",
    }
    assert any(one.cumulative for plan in plans.values() for one in plan.indicators)


# --- the stories


def test_ilmenia_did_everything_and_moved_nothing(plans: dict[str, Plan]) -> None:
    plan = plans["XI"]
    both = clocks(plan, "", TODAY)
    assert (both.done_share, both.met_share) == (1.0, 0.0)
    assert plan.state == "closed"
    sentences = [sentence for sentence, _ in said(plan, "", TODAY)]
    assert (
        N_("Most of the work is done, and less than half of what it should change has changed.") in sentences
    )
    still = dict(said(plan, "served", TODAY))
    name = N_(
        "The indicator {name} has not moved for {months} months; all activities that should move it are done."
    )
    assert still[name]["months"] == 48
    assert of_plan(plan, TODAY).standing == "off_track"
    assert {of_goal(plan, each, TODAY).standing for each in plan.goals} == {"off_track"}


def test_borvania_is_on_course_by_both_clocks(plans: dict[str, Plan]) -> None:
    plan = plans["XB"]
    both = clocks(plan, "", TODAY)
    assert both.done_share == pytest.approx(12 / 13)
    assert both.met_share is not None
    assert both.met_share > 0.85
    assert of_plan(plan, TODAY).standing == "on_track"
    assert {of_goal(plan, each, TODAY).standing for each in plan.goals} == {"on_track"}
    assert not any("has not moved" in sentence for sentence, _ in said(plan, "", TODAY))


def test_aldoria_replaced_two_indicators_half_way(loaded: Store, plans: dict[str, Plan]) -> None:
    plan = plans["XA"]
    third, second, first = service.versions(LOCAL, loaded, plan.id)
    assert (third.number, plan.version, plan.state) == (3, 3, "approved")
    assert "pandemic" in first.reason
    assert "two indicators" in second.reason
    ended = {one.id for one in plan.indicators if one.ended}
    assert ended == {one.replaces for one in plan.indicators if one.replaces} == {"meetings", "trainedhours"}
    was = service.history(LOCAL, loaded, plan.id, "meetings")
    assert [bool(getattr(one.part, "ended", None)) for one in was] == [True, False]


def test_aldoria_worked_more_than_it_changed(plans: dict[str, Plan]) -> None:
    plan = plans["XA"]
    both = clocks(plan, "discretion", TODAY)
    assert (both.done, both.activities, both.met, both.due) == (9, 11, 9, 24)
    standings = {one.id: of_indicator(plan, one, TODAY) for one in indicators_of(plan, "discretion")}
    assert {one: reading.standing for one, reading in standings.items()} == {
        "overrides": "at_risk",
        "release": "off_track",
        "complaints": "no_data",
        "answered": "at_risk",
        "charterknown": "no_data",
    }
    assert standings["complaints"].with_care
    values = [b.actual.value for b in benchmarks(plan, one_of(plan, "overrides"), TODAY) if b.actual]
    assert values == [24, 41, 55, 63, 71, 79]


def test_an_override_of_aldoria_was_set_and_lifted(plans: dict[str, Plan]) -> None:
    plan = plans["XA"]
    complaints = one_of(plan, "complaints")
    assert of_indicator(plan, complaints, date(2024, 6, 1)).standing == "on_track"
    assert of_indicator(plan, complaints, date(2025, 6, 1)).standing == "no_data"


def test_cassaly_lost_its_funder_half_way(loaded: Store, plans: dict[str, Plan]) -> None:
    plan = plans["XC"]
    funders = Counter(line.funder for activity in plan.activities for line in activity.budget)
    assert set(funders) == {"Border Integrity Fund", "National budget"}
    _, first = service.versions(LOCAL, loaded, plan.id)
    assert "ended its grant on 30 June 2022" in first.reason
    stopped = [one for one in plan.activities if plan.status(one.id, TODAY) in ("paused", "dropped")]
    assert len(stopped) >= 6
    assert all(plan.entries(one.id, "status")[-1].text for one in stopped)
    assert plan.goals[-1].title == "What was built stays without the funder"
    assert len(list(plan.under("stay01"))) > 5
    before, after = clocks(plan, "", date(2022, 6, 30)), clocks(plan, "", TODAY)
    assert before.met_share is not None
    assert after.met_share is not None
    assert before.met_share > 0.6
    assert after.met_share < 0.5
    reports = one_of(plan, "ontime")
    assert of_indicator(plan, reports, date(2022, 1, 31)).standing == "on_track"
    assert of_indicator(plan, reports, TODAY).standing == "off_track"


def test_elmora_counts_in_fiscal_years_from_april(plans: dict[str, Plan]) -> None:
    plan = plans["XE"]
    counted = benchmarks(plan, one_of(plan, "cutcount"), TODAY)
    assert counted[0].period.label == "2020/21"
    assert counted[-1].reached == 17
    assert of_plan(plan, TODAY).standing == "at_risk"
    waits = [one for one in plan.activities if plan.status(one.id, TODAY) == "paused"]
    assert "parliament" in plan.entries(waits[0].id, "status")[-1].text


def test_jorland_is_strong_with_traders_and_slow_inside(plans: dict[str, Plan]) -> None:
    plan = plans["XJ"]
    standings = {each.id: of_goal(plan, each, TODAY).standing for each in plan.goals}
    assert standings == {"market": "on_track", "inside": "at_risk", "houses": "off_track"}
    assert of_goal(plan, plan.goals[0], TODAY).override is not None
    assert any(one.verdict == "late" for one in due(plan, one_of(plan, "done01"), TODAY))


def test_what_was_planned_is_held_against_what_was_answered(loaded: Store, plans: dict[str, Plan]) -> None:
    answered = {}
    for one in assessments.rounds(LOCAL, loaded):
        answered[one.administration, one.year] = assessments.sheet(LOCAL, loaded, one.id).answers

    def verdicts(code: str, first: int, last: int) -> Counter[str]:
        before, after = answered[code, first], answered[code, last]
        found = outcomes(plans[code], EDITION, before, after, date(last, 11, 12))
        return Counter(one.verdict for one in found)

    assert set(verdicts("XI", 2019, 2023)) == {"unchanged"}
    borvania = verdicts("XB", 2019, 2023)
    assert borvania["reached"] > sum(borvania.values()) / 2
    assert verdicts("XA", 2019, 2023)["fell"] == 2  # the forum stopped: two activities


def test_the_plan_check_finds_something_to_say_of_a_real_plan(loaded: Store, plans: dict[str, Plan]) -> None:
    sheet = assessments.sheet(LOCAL, loaded, plans["XJ"].header.round_id)
    rules = {one.rule for one in check(plans["XJ"], EDITION, sheet.answers, TODAY)}
    assert len(rules) >= 3
    assert all(plan.header.round_id for plan in plans.values())


# --- nobody real


def test_no_text_of_a_plan_names_a_real_country(plans: dict[str, Plan]) -> None:
    t = translator("en")
    names = [t.territory(code) for code in members()]
    for plan in plans.values():
        words = " ".join([*(repr(part) for part in plan.parts), *(one.text for one in plan.updates)])
        assert not [name for name in names if f" {name}" in words]


def test_the_trail_of_the_sample_tells_each_version(loaded: Store) -> None:
    deeds = Counter(action for action, _, _ in told(loaded))
    assert deeds["plan:open"] == 6
    assert deeds["plan:approve"] == 12
    assert deeds["plan:revise"] == 6
    assert deeds["plan:close"] == 1


def indicators_of(plan: Plan, part_id: str) -> list[Indicator]:
    return [part for part in plan.under(part_id) if isinstance(part, Indicator)]


def one_of(plan: Plan, part_id: str) -> Indicator:
    part = plan.by_id[part_id]
    assert isinstance(part, Indicator)
    return part


def test_activities_of_the_sample_are_done_on_days_they_can_be(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        for part in plan.parts:
            done = plan.done_on(part.id)
            if isinstance(part, Activity) and done and part.start:
                assert done >= part.start, part.id
