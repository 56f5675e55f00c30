"""What a round asks: its form, and national practices as they lie on the disk today, faulty or not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arusha.access.rules import LOCAL
from arusha.assessments import asking, frames, service
from arusha.assessments.rules import Met
from arusha.assessments.views import Sheet
from arusha.store import Store
from questionnaires.problems import Refused
from scoring.answers import Answer
from scoring.profile import score
from tests.assessments.lines import DOG, STRUCTURE, TEXT, national, save, settled
from tests.assessments.rounds import DAY, EDITION, LATER, STEPS, everything, opened, refused, version
from tests.questionnaires.following import FIRST
from tests.questionnaires.small import changed

CORE = [name for name, practice in EDITION.practices.items() if practice.core]
BEYOND = next(name for name, practice in EDITION.practices.items() if not practice.core)


@pytest.fixture
def small(small_editions: Path) -> Path:
    """Return the folder of the small editions that the program comes with in this test."""
    return small_editions


def sheet(store: Store, round_id: str) -> Sheet:
    return service.sheet(LOCAL, store, round_id)


def practices(store: Store, round_id: str) -> list[str]:
    return list(sheet(store, round_id).questionnaire.practices)


def first(store: Store, *answers: Answer, year: int = 2026, code: str = "KE") -> str:
    """Open a round of the small edition with answers; return its id."""
    return opened(store, answers, code, year, edition="first")


# --- the form


def test_the_short_form_asks_the_core_practices_and_scores_them_alone(store: Store) -> None:
    round_id = opened(store, [Answer(CORE[0], STEPS[2])], form="short")
    seen = sheet(store, round_id)
    assert list(seen.questionnaire.practices) == CORE
    assert (seen.round.form, service.find(LOCAL, store, round_id).form) == ("short", "short")
    assert frames.progress_of_round(seen.questionnaire, seen.answers).total == len(CORE) == 40
    assert sum(factor.applicable for factor in seen.profile.factors) == 40
    assert seen.asked.edition is seen.questionnaire


def test_what_the_short_form_does_not_ask_cannot_be_answered_in_it(store: Store) -> None:
    round_id = opened(store, form="short")
    said = f"has no practice “{BEYOND}”"
    refused(store, said, service.save_answer, round_id, BEYOND, {"note": "x"}, 0)
    refused(store, said, service.import_answers, round_id, [Answer(BEYOND, STEPS[0])])
    assert service.history(LOCAL, store, round_id, BEYOND) == ()


def test_a_short_round_is_signed_on_its_forty_practices(store: Store) -> None:
    round_id = opened(store, [Answer(name, STEPS[1]) for name in CORE], form="short")
    assert service.faults_against_signing(LOCAL, store, round_id, "A. Director") == []
    signature = service.sign(LOCAL, store, round_id, "A. Director")
    assert (signature.form, signature.content["asked"]) == ("short", "short")
    assert service.verify(LOCAL, store, round_id) == []


def test_a_short_round_goes_on_as_a_whole_one_with_every_answer(store: Store) -> None:
    given = [Answer(name, STEPS[at % 5], note=f"note {at}") for at, name in enumerate(CORE)]
    round_id = opened(store, given, form="short")
    round_ = service.ask_whole(LOCAL, store, round_id, at=LATER)
    assert (round_.form, round_.touched_at) == ("whole", LATER)
    seen = sheet(store, round_id)
    assert list(seen.questionnaire.practices) == list(EDITION.practices)
    assert seen.answers == {answer.practice: answer for answer in given}
    save(store, round_id, BEYOND, step=STEPS[0])
    assert BEYOND in sheet(store, round_id).answers


def test_only_an_open_short_round_can_be_widened(store: Store) -> None:
    whole = opened(store)
    said = f"{whole}: The round asks the whole questionnaire already. Go on answering."
    refused(store, said, service.ask_whole, whole)
    short = opened(store, [Answer(name, STEPS[1]) for name in CORE], "UG", form="short")
    service.sign(LOCAL, store, short, "A. Director")
    refused(store, "signed off and cannot be changed", service.ask_whole, short)


def test_an_edition_without_core_practices_is_asked_whole_in_the_short_form(
    store: Store, small: Path
) -> None:
    assert practices(store, opened(store, edition="first", form="short")) == list(FIRST.practices)


# --- national practices that are found


def test_national_practices_are_asked_after_the_edition_s_in_both_forms(store: Store, small: Path) -> None:
    national()
    for form, code in (("whole", "2025"), ("short", "2026")):
        round_id = opened(store, year=int(code), edition="first", form=form)
        seen = sheet(store, round_id)
        assert [one.id for one in seen.questionnaire.factor("care").practices][-1] == DOG
        assert seen.questionnaire.practices[DOG].national
        assert list(seen.asked.edition.practices) == list(FIRST.practices)
        assert seen.asked.national is not None


def test_whatever_is_answered_to_them_the_profile_stays_the_same(store: Store, small: Path) -> None:
    national()
    round_id = first(store, *settled("first"))
    before = service.profile(LOCAL, store, round_id).profile
    for step in ("no", "yes"):
        save(store, round_id, DOG, step=step)
        assert service.profile(LOCAL, store, round_id).profile == before == score(FIRST, settled("first"))
    assert sheet(store, round_id).answers[DOG] == Answer(DOG, "yes")


def test_signing_waits_for_them_too(store: Store, small: Path) -> None:
    national()
    round_id = first(store, *settled("first"))
    refused(store, f"{DOG}: The practice is not answered.", service.sign, round_id, "A. Director")
    assert [f.place for f in service.faults_against_signing(LOCAL, store, round_id, "A. Director")] == [DOG]
    save(store, round_id, DOG, step="no")
    service.sign(LOCAL, store, round_id, "A. Director")


def test_they_are_asked_of_their_administration_only_and_in_their_edition_only(
    store: Store, small: Path
) -> None:
    national()
    assert DOG in practices(store, first(store))
    assert DOG not in practices(store, first(store, code="UG"))
    assert DOG not in practices(store, opened(store, edition="other"))


def test_they_are_asked_from_the_year_they_say(store: Store, small: Path) -> None:
    national(changed(STRUCTURE, ("since = 2020", "since = 2025")))
    asked = {year: DOG in practices(store, first(store, year=year)) for year in (2024, 2025, 2026)}
    assert asked == {2024: False, 2025: True, 2026: True}
    earlier = asking.asked("KE", "first", "whole", 2024)
    assert (earlier.national, earlier.problems) == (None, ())


def test_the_sample_s_lie_with_the_sample_and_a_folder_of_one_s_own_goes_first(
    own_home: Path,
) -> None:
    shown = asking.asked("XF", EDITION.id, "short", 2025)
    assert [name for name, one in shown.questionnaire.practices.items() if one.national] == [
        "reform.xf_night_ferry",
        "audit.xf_fish_landings",
    ]
    assert asking.asked("XF", EDITION.id, "short", 2023).national is None
    structure = changed(STRUCTURE, ('"first"', f'"{EDITION.id}"'), ('"KE"', '"XF"'), ("ke_", "xf_"),
                        ('"care', '"audit'), ("number = 1", "number = 6"))  # fmt: skip
    text = changed(TEXT, ("ke_", "xf_"), ("care", "audit"))
    national(structure, text, code="XF", edition=EDITION.id)
    own = asking.asked("XF", EDITION.id, "short", 2025)
    assert own.problems == ()
    assert [name for name, one in own.questionnaire.practices.items() if one.national] == ["audit.xf_dog"]


# --- changed on the disk


def test_a_file_that_was_changed_is_read_again_at_the_next_question(store: Store, small: Path) -> None:
    round_id = first(store)
    assert DOG not in practices(store, round_id)
    national()
    assert DOG in practices(store, round_id)
    national(text=changed(TEXT, ("Does a dog guard", "Does a dog watch")))
    words = sheet(store, round_id).questionnaire.words("en").practices
    assert words[DOG].question == "Does a dog watch the store?"


def test_answers_to_what_is_not_asked_any_more_stay_and_come_back_with_the_file(
    store: Store, small: Path
) -> None:
    folder = national()
    round_id = first(store)
    save(store, round_id, DOG, step="yes", note="It is old.")
    kept, rows = service.history(LOCAL, store, round_id, DOG), everything(store)
    away = folder.rename(folder.with_name("away"))
    seen = sheet(store, round_id)
    assert DOG not in seen.answers
    assert DOG not in seen.questionnaire.practices
    assert service.history(LOCAL, store, round_id, DOG) == ()
    refused(store, "has no practice", service.save_answer, round_id, DOG, {"note": "x"}, 1)
    service.profile(LOCAL, store, round_id)
    assert everything(store) == rows
    away.rename(folder)
    assert sheet(store, round_id).answers == {DOG: Answer(DOG, "yes", note="It is old.")}
    assert service.history(LOCAL, store, round_id, DOG) == kept


def test_a_change_that_waits_beside_what_is_not_asked_any_more_does_not_hold_up_signing(
    store: Store, small: Path
) -> None:
    folder = national()
    round_id = first(store, *settled("first"))
    for step, save_id in (("yes", "one"), ("no", "two")):
        service.save_answer(LOCAL, store, round_id, DOG, {"step": step}, 0, save_id=save_id)
    refused(store, f"{DOG}: Two people changed this answer", service.sign, round_id, "A. Director")
    away = folder.rename(folder.with_name("away"))
    assert sheet(store, round_id).met == {}
    assert service.faults_against_signing(LOCAL, store, round_id, "A. Director") == []
    away.rename(folder)
    assert [type(one) for one in sheet(store, round_id).met[DOG]] == [Met]
    service.settle(LOCAL, store, "two", "mine")
    assert sheet(store, round_id).answers[DOG].step == "no"


def test_an_answer_whose_step_the_scale_has_no_more_is_kept_and_asked_for_anew(
    store: Store, small: Path
) -> None:
    national()
    round_id = first(store, *settled("first"))
    save(store, round_id, DOG, step="yes", note="It is old.")
    structure = changed(STRUCTURE, ('"yes"', '"always"'), ("scales.two", "scales.dogs"), ('"two"', '"dogs"'))
    text = changed(TEXT, ("yes =", "always ="), ("scales.two", "scales.dogs"))
    national(structure, text)
    assert sheet(store, round_id).asked.problems == ()
    seen = sheet(store, round_id)
    assert DOG not in seen.answers
    assert seen.given[DOG].answer == Answer(DOG, "yes", note="It is old.")
    assert service.profile(LOCAL, store, round_id).profile == score(FIRST, settled("first"))
    refused(store, f"{DOG}: The practice is not answered.", service.sign, round_id, "A. Director")
    save(store, round_id, DOG, step="always")
    assert sheet(store, round_id).answers[DOG] == Answer(DOG, "always", note="It is old.")
    service.sign(LOCAL, store, round_id, "A. Director")
    assert service.verify(LOCAL, store, round_id) == []


# --- faulty

Spoil = Callable[[Path], object]


def with_structure(*changes: tuple[str, str]) -> Spoil:
    return lambda _: national(changed(STRUCTURE, *changes))


FAULTY: list[tuple[Spoil, str]] = [
    (lambda folder: (folder / "structure.toml").write_text("id = "), "structure.toml"),
    (lambda folder: (folder / "structure.toml").unlink(), "structure.toml"),
    (lambda folder: (folder / "text.en.toml").unlink(), "text"),
    (lambda folder: (folder / "text.en.toml").write_bytes(b"title = '\xff'"), "text.en.toml"),
    (with_structure(('"care"', '"cure"'), ('"care.', '"cure.')), "Did you mean care"),
    (with_structure(('id = "care.ke_dog"', 'id = "care.lock"')), "care.ke_lock"),
    (with_structure(('scale = "two"', 'scale = "two"\n  key = true')), "marked as key"),
    (with_structure(('"first"', '"frist"')), "frist"),
    (with_structure(('administration = "KE"\n', "")), "whose practices these are"),
    (with_structure(('administration = "KE"', 'administration = "UG"')), "begins with its administration"),
]


@pytest.mark.parametrize(("spoil", "said"), FAULTY)
def test_while_they_are_faulty_the_round_is_readable_and_cannot_be_signed(
    store: Store, small: Path, spoil: Spoil, said: str
) -> None:
    folder = national()
    round_id = first(store, *settled("first"))
    save(store, round_id, DOG, step="yes", note="It is old.")
    before = everything(store)
    spoil(folder)
    seen = sheet(store, round_id)
    assert said in "\n".join(map(str, seen.asked.problems))
    assert list(seen.questionnaire.practices) == list(FIRST.practices)
    assert service.profile(LOCAL, store, round_id).profile == score(FIRST, settled("first"))
    refused(store, said, service.sign, round_id, "A. Director")
    told = service.faults_against_signing(LOCAL, store, round_id, "A. Director")
    assert tuple(told) == seen.asked.problems
    save(store, round_id, "care.lock", step="none")  # whoever answers the edition is not held up
    save(store, round_id, "care.lock", step="little")
    national()
    assert sheet(store, round_id).answers[DOG] == Answer(DOG, "yes", note="It is old.")
    assert [row for row in everything(store)["answers"] if DOG in row] == [
        row for row in before["answers"] if DOG in row
    ]
    service.sign(LOCAL, store, round_id, "A. Director")


def test_what_stands_against_signing_is_told_together_with_the_faults(store: Store, small: Path) -> None:
    folder = national()
    round_id = first(store, *settled("first", "care.keys"))
    (folder / "text.en.toml").unlink()
    with pytest.raises(Refused) as told:
        service.sign(LOCAL, store, round_id, " ")
    places = [problem.place for problem in told.value.problems]
    assert places[-2:] == ["care.keys", "signed_by"]
    assert len(places) == len(sheet(store, round_id).asked.problems) + 2


def test_files_in_the_folder_of_another_administration_and_edition_are_told_both(small: Path) -> None:
    national(code="UG", edition="other")
    told = [str(problem) for problem in asking.asked("UG", "other", "whole", 2026).problems]
    place, remedy = "other/structure.toml", "Correct the key, or move the folder."
    fault = "The national practices say {}, and lie in the folder of {}."
    assert told == [
        f"{place}: {fault.format('administration = KE', 'UG')} {remedy}",
        f"{place}: {fault.format('extends = first', 'other')} {remedy}",
    ]


def test_a_questionnaire_of_another_kind_in_the_folder_is_told(small: Path) -> None:
    folder = national(changed(STRUCTURE, ('extends = "first"\n', ""), ('administration = "KE"\n', "")))
    found = asking.asked("KE", folder.name, "whole", 2026)
    assert found.national is None
    assert found.problems


def test_a_file_that_leads_nowhere_is_told_and_not_taken_for_none(store: Store, small: Path) -> None:
    folder = national()
    round_id = first(store, *settled("first"))
    (folder / "structure.toml").unlink()
    (folder / "structure.toml").symlink_to("away.toml")
    assert "structure.toml" in str(sheet(store, round_id).asked.problems[0])
    refused(store, "structure.toml", service.sign, round_id, "A. Director")
    (folder / "away.toml").write_text(STRUCTURE, encoding="utf-8")
    assert sheet(store, round_id).asked.problems == ()
    assert DOG in practices(store, round_id)


def test_an_empty_folder_asks_nothing_more(store: Store, small: Path) -> None:
    folder = national()
    for path in folder.iterdir():
        path.unlink()
    found = asking.asked("KE", "first", "whole", 2026)
    assert (found.national, found.problems) == (None, ())


def test_a_file_of_answers_may_answer_them(store: Store, small: Path) -> None:
    national()
    round_id = first(store, *settled("first"), Answer(DOG, "yes", note="It is old."))
    assert version(store, round_id, DOG) == 1
    assert sheet(store, round_id).given[DOG].changed_at == DAY
