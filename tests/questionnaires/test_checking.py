"""Each fault a questionnaire can have is told once, at its place, with the name that was probably meant."""

from pathlib import Path

import pytest

from questionnaires.checking import check
from questionnaires.loading import read
from tests.questionnaires.small import (
    STRUCTURE,
    TEXT,
    changed,
    faults_in_structure,
    faults_in_text,
    faults_of,
    written,
)

ADD = "Add it; questionnaires/README.md lists every key."
TRUE_OR_FALSE = "this must be true or false. Write it without quotation marks."
NUMBER = "this must be a number. Write it in digits, without quotation marks."
ODD = "this is not an ordinary number. Write a number such as 1.0."
ID = "an id has only small letters a-z, digits and _, and begins with a letter."
PRACTICE_ID = "a practice's id is two names with a dot between, in small letters a-z, digits, _."
CHANGE_ID = "Change the id here and wherever it is used."
WRITE_ID = "Write the factor's id, a dot and a name of its own, here and wherever it is used."
LIST = "Put it in square brackets; each table of a list begins with two of them, as in [[factors]]."
TABLE = "this must be a table with keys of its own. Write it as in the example of questionnaires/README.md."
RISE = "Order the steps so that each is worth more than the one before."
HIGH_STEP = '  { id = "yes", value = 1.0 },\n'
FIRST_SCALE = '  scale = "yes_no"\n  weight'

IN_STRUCTURE = {
    "a misspelt key at the top": (
        ('default_language = "en"', 'default_langauge = "en"'),
        ": The key default_langauge is not known. Did you mean default_language?",
    ),
    "a misspelt table of scales": (
        ("[scales.yes_no]", "[scale.yes_no]"),
        ": The key scale is not known. Did you mean scales?",
    ),
    "an unknown key at the top": (
        ('id = "small"', 'id = "small"\ncolour = "red"'),
        ": The key colour is not known. Remove it, or see the keys in questionnaires/README.md.",
    ),
    "a misspelt key of a scale": (
        ("steps = [", "stpes = ["),
        " · scales.yes_no: The key stpes is not known. Did you mean steps?",
    ),
    "a misspelt key of a step": (
        ("value = 1.0", "valeu = 1.0"),
        " · scales.yes_no · yes: The key valeu is not known. Did you mean value?",
    ),
    "a misspelt key of a factor": (
        ("weight = 2.0", "wieght = 2.0"),
        " · care: The key wieght is not known. Did you mean weight?",
    ),
    "a misspelt key of a practice, told without the steps that depend on it": (
        (FIRST_SCALE, '  scal = "yes_no"\n  weight'),
        " · care.lock: The key scal is not known. Did you mean scale?",
    ),
    "a misspelt key of a measure": (
        ("months = 2", "month = 2"),
        " · care.lock · buy_lock: The key month is not known. Did you mean months?",
    ),
    "a key that is there, and once more misspelt": (
        ("key = true", "key = true\n  kye = true"),
        " · care.lock: The key kye is not known. Did you mean key?",
    ),
    "no id of the questionnaire": (('id = "small"\n', ""), f": The key id is missing. {ADD}"),
    "no default language": (
        ('default_language = "en"\n', ""),
        f": The key default_language is missing. {ADD}",
    ),
    "no id of a factor": (
        ('id = "order"\n', ""),
        f" · factors #2: The key id is missing. {ADD}",
    ),
    "no number of a factor": (
        ("number = 2\n", ""),
        f" · order: The key number is missing. {ADD}",
    ),
    "no id of a practice": (
        ('  id = "care.list"\n', ""),
        f" · care · practices #2: The key id is missing. {ADD}",
    ),
    "no scale of a practice": (
        (FIRST_SCALE, "  weight"),
        f" · care.lock: The key scale is missing. {ADD}",
    ),
    "no id of a measure": (
        ('{ id = "buy_lock", ', "{ "),
        f" · care.lock · measures #1: The key id is missing. {ADD}",
    ),
    "a weight in words": (
        ("weight = 1.5", 'weight = "heavy"'),
        f' · care.lock: weight = "heavy": {NUMBER}',
    ),
    "a weight of true": (
        ("weight = 1.5", "weight = true"),
        f" · care.lock: weight = true: {NUMBER}",
    ),
    "a weight of nothing": (
        ("weight = 1.5", "weight = 0"),
        " · care.lock: weight = 0: this must be above 0. Write a greater number.",
    ),
    "a weight below nothing": (
        ("weight = 2.0", "weight = -2.5"),
        " · care: weight = -2.5: this must be above 0. Write a greater number.",
    ),
    "a weight that would overflow a sum": (
        ("weight = 2.0", "weight = 1e308"),
        " · care: weight = 1e+308: this must not be above 1e+06. Write a smaller number.",
    ),
    "a weight that is not a number": (
        ("weight = 1.5", "weight = nan"),
        f" · care.lock: weight = nan: {ODD}",
    ),
    "a weight without end": (
        ("weight = 1.5", "weight = inf"),
        f" · care.lock: weight = inf: {ODD}",
    ),
    "a weight of thousands of digits": (
        ("weight = 1.5", f"weight = 0x{'f' * 9000}"),
        f" · care.lock: weight = …: {ODD}",
    ),
    "a key practice marked by yes": (
        ("key = true", 'key = "yes"'),
        f' · care.lock: key = "yes": {TRUE_OR_FALSE}',
    ),
    "a step worth more than one": (
        ("value = 1.0", "value = 1.2"),
        " · scales.yes_no · yes: value = 1.2: this must not be above 1. Write a smaller number.",
    ),
    "a step worth less than nothing": (
        ("value = 0.0", "value = -0.1"),
        " · scales.yes_no · no: value = -0.1: this must not be below 0. Write a greater number.",
    ),
    "a step's value in quotation marks": (
        ("value = 1.0", 'value = "1.0"'),
        f' · scales.yes_no · yes: value = "1.0": {NUMBER}',
    ),
    "half a month": (
        ("months = 2", "months = 2.5"),
        " · care.lock · buy_lock: months = 2.5: this must be a whole number. Write it in digits only.",
    ),
    "a direction that is none": (
        ("up", "upp"),
        ' · care.lock · buy_lock: direction = "upp": this word is not possible here. Did you mean up?',
    ),
    "a direction that is near to none": (
        ("up", "north"),
        (
            ' · care.lock · buy_lock: direction = "north": this word is not possible here. '
            "Use one of: up, down, ambiguous."
        ),
    ),
    "one text where a list is due": (
        ('["delay"]', '"delay"'),
        f' · care.lock: drivers = "delay": this must be a list. {LIST}',
    ),
    "a number in a list of texts": (
        ('["delay"]', '["delay", 5]'),
        " · care.lock · drivers: drivers = [… 5 …]: this must be text. Put it in quotation marks.",
    ),
    "a text where a table is due": (
        ("key = true", 'follows = "care.old"'),
        f' · care.lock: follows = "care.old": {TABLE}',
    ),
    "a factor's id twice": (
        ('id = "order"', 'id = "care"'),
        " · factors: care is there 2 times. Give each its own.",
    ),
    "a factor's number twice": (
        ("number = 2", "number = 1"),
        " · factors: number = 1 is there 2 times. Give each its own.",
    ),
    "a practice's id twice": (
        ('"care.list"', '"care.lock"'),
        " · practices: care.lock is there 2 times. Give each its own.",
    ),
    "a step's id twice": (
        ('id = "yes"', 'id = "no"'),
        " · scales.yes_no: no is there 2 times. Give each its own.",
    ),
    "a measure's id twice": (
        ('direction = "up" }]', 'direction = "up" }, { id = "buy_lock", months = 1, direction = "up" }]'),
        " · care.lock: buy_lock is there 2 times. Give each its own.",
    ),
    "a driver twice": (
        ('["delay"]', '["delay", "delay"]'),
        " · care.lock: delay is there 2 times in drivers. Name it once.",
    ),
    "a practice in the wrong factor": (
        ('"care.list"', '"order.list"'),
        (
            " · order.list: The practice stands in factor care, but its id does not begin with it. "
            "Call it care.…, or move it to its own factor."
        ),
    ),
    "a misspelt id of a factor": (
        ('id = "order"', 'id = "ordr"'),
        " · ordr: All practices of factor ordr begin with order. Make the two the same.",
    ),
    "capitals in the id of a practice": (
        ('"care.list"', '"Care.List"'),
        f' · Care.List: id = "Care.List": {PRACTICE_ID} {WRITE_ID}',
    ),
    "a practice's id without a dot": (
        ('"care.list"', '"list"'),
        f' · care · list: id = "list": {PRACTICE_ID} {WRITE_ID}',
    ),
    "a hyphen in the id of a factor": (
        ('id = "small"', 'id = "small-office"'),
        f': id = "small-office": {ID} {CHANGE_ID}',
    ),
    "capitals in the id of a scale": (
        ("[scales.yes_no]", "[scales.Yes_No]"),
        f" · scales: Yes_No: {ID} {CHANGE_ID}",
    ),
    "a scale that stays flat": (
        ("value = 1.0", "value = 0.0"),
        " · scales.yes_no: The scale does not rise: yes is worth 0.0, no before it 0.0. " + RISE,
    ),
    "a scale that falls": (
        ("value = 0.0", "value = 1"),
        " · scales.yes_no: The scale does not rise: yes is worth 1.0, no before it 1.0. " + RISE,
    ),
    "a scale with one step": (
        (HIGH_STEP, ""),
        " · scales.yes_no: The list steps needs 2 or more entries; it has 1. Add what is missing.",
    ),
    "a step that an answers file needs for itself": (
        ('id = "yes"', 'id = "not_applicable"'),
        (
            " · scales.yes_no: A step cannot be called not_applicable: an answers file says this of a "
            "whole practice. Give the step another id."
        ),
    ),
    "a scale that is not defined": (
        (FIRST_SCALE, '  scale = "yes_on"\n  weight'),
        " · care.lock: The scale yes_on is not defined. Did you mean yes_no?",
    ),
    "a scale that is like no other": (
        (FIRST_SCALE, '  scale = "maturity"\n  weight'),
        " · care.lock: The scale maturity is not defined. Use one of: yes_no.",
    ),
    "a scale misspelt where it is defined": (
        ("[scales.yes_no]", "[scales.yesno]"),
        (
            " · care.lock: The scale yes_no is not defined; 3 practices point to it, this one first. "
            "Did you mean yesno?"
        ),
    ),
    "a driver without words": (
        ('["delay"]', '["dealy"]'),
        " · care.lock: dealy in drivers has no words in any language. Did you mean delay?",
    ),
    "an owner without words": (
        ('["clerk"]', '["minister"]'),
        (
            " · care.lock: minister in owner has no words in any language. "
            "Add minister to [owner] in each text file."
        ),
    ),
    "a practice that follows another though the edition follows none": (
        ("key = true", 'follows = { id = "care.old", class = "same" }'),
        (
            " · care.lock: It follows the practice care.old, but the edition follows no other. "
            "Name the earlier edition in the key follows at the top of the file."
        ),
    ),
    "an edition that follows itself": (
        ('id = "small"', 'id = "small"\nfollows = "small"'),
        ": The edition follows itself. Name an earlier edition, or none.",
    ),
    "an edition that follows one that is not there": (
        ('id = "small"', 'id = "small"\nfollows = "tiny"'),
        (
            ": It follows the edition tiny, which is not there. "
            "Put that edition beside this one, or leave follows empty."
        ),
    ),
    "an edition that follows a path": (
        ('id = "small"', 'id = "small"\nfollows = "../tiny"'),
        f': follows = "../tiny": {ID} {CHANGE_ID}',
    ),
    "a default language without words": (
        ('default_language = "en"', 'default_language = "fr"'),
        (
            ": There are no words in the default language fr. "
            "Add the file text.fr.toml, or make default_language one of: en."
        ),
    ),
    "a default language that is none": (
        ('default_language = "en"', 'default_language = "English"'),
        ': default_language = "English": this is not a language. Write it like fr, es or pt_BR.',
    ),
}

LIST_STEPS = 'steps = { no = "There is no list.", yes = "The list is complete." }'
MISSING_WORDS = "are missing. Write them in this file."
NOT_THERE = "which the structure does not have."

IN_TEXT = {
    "a misspelt key at the top": (
        ("title =", "titel ="),
        ": The key titel is not known. Did you mean title?",
    ),
    "a misspelt table of practices": (
        ('[practices."', '[practicse."'),
        ": The key practicse is not known. Did you mean practices?",
    ),
    "no title": (
        ('title = "A small questionnaire"\n', ""),
        f": The key title is missing. {ADD}",
    ),
    "an empty title": (
        ("A small questionnaire", " "),
        ': title = " ": nothing is written here. Write what belongs here.',
    ),
    "a misspelt key of a practice": (
        ('question = "Is there', 'qestion = "Is there'),
        " · care.list: The key qestion is not known. Did you mean question?",
    ),
    "a practice without steps, told without each step": (
        (LIST_STEPS + "\n", ""),
        f" · care.list: The key steps is missing. {ADD}",
    ),
    "a practice whose steps are a text, told without each step": (
        (LIST_STEPS, 'steps = "none"'),
        f' · care.list: steps = "none": {TABLE}',
    ),
    "evidence that is no list": (
        ('["The list"]', '"The list"'),
        f' · care.list: evidence = "The list": this must be a list. {LIST}',
    ),
    "a control character": (
        ('["The list"]', '["The list\\u0000"]'),
        (
            ' · care.list · evidence: evidence = [… "The list�" …]: this has a control character, '
            "which no page can show. Write the text again without it."
        ),
    ),
    "a control character in the id of a practice, told without the words that are then missing": (
        ('[practices."care.list"]', '[practices."care.\\u0007list"]'),
        (
            " · practices: care.�list: this has a control character, which no page can show. "
            "Write the text again without it."
        ),
    ),
    "no words for a practice": (
        (TEXT[TEXT.index('[practices."care.list"]') : TEXT.index('[practices."order.shelves"]')], ""),
        f" · practices: The words for care.list {MISSING_WORDS}",
    ),
    "no words for a factor": (
        ('[factors.order]\nname = "Order"\n', ""),
        f" · factors: The words for order {MISSING_WORDS}",
    ),
    "no words for the step of a practice": (
        ('no = "There is no list.", ', ""),
        f" · care.list · steps: The words for no {MISSING_WORDS}",
    ),
    "no name of a step": (
        ('no = "No"\n', ""),
        f" · scales.yes_no: The words for no {MISSING_WORDS}",
    ),
    "no name of a scale": (
        ('[scales.yes_no]\nno = "No"\nyes = "Yes"\n', "[scales]\n"),
        f" · scales: The words for yes_no {MISSING_WORDS}",
    ),
    "no words for a measure": (
        (TEXT[TEXT.index('[practices."care.lock".meas') : TEXT.index('[practices."care.list"]')], ""),
        f" · care.lock · measures: The words for buy_lock {MISSING_WORDS}",
    ),
    "a misspelt practice": (
        ('[practices."care.list"]', '[practices."care.lits"]'),
        f" · practices: There are words for care.lits, {NOT_THERE} Did you mean care.list?",
    ),
    "a misspelt factor": (
        ("[factors.order]", "[factors.ordre]"),
        f" · factors: There are words for ordre, {NOT_THERE} Did you mean order?",
    ),
    "a misspelt step of a scale": (
        ('yes = "Yes"', 'yse = "Yes"'),
        f" · scales.yes_no: There are words for yse, {NOT_THERE} Did you mean yes?",
    ),
    "a misspelt measure": (
        ("measures.buy_lock", "measures.by_lock"),
        f" · care.lock · measures: There are words for by_lock, {NOT_THERE} Did you mean buy_lock?",
    ),
    "words for a practice too many": (
        (
            '[practices."care.list"]',
            '[practices."gone.away"]\nquestion = "?"\nsteps = {}\nevidence = []\n[practices."care.list"]',
        ),
        (
            f" · practices: There are words for gone.away, {NOT_THERE} "
            "Remove them, or add gone.away to structure.toml."
        ),
    ),
    "a general meaning of a scale that is not there": (
        ("[factors.care]", '[meanings.yes_on]\nno = "…"\n[factors.care]'),
        f" · meanings: There are words for yes_on, {NOT_THERE} Did you mean yes_no?",
    ),
    "a general meaning for some steps only": (
        ("[factors.care]", '[meanings.yes_no]\nno = "…"\n[factors.care]'),
        f" · meanings.yes_no: The words for yes {MISSING_WORDS}",
    ),
    "no table of drivers": (
        ('drivers = { delay = "Delay" }\n', ""),
        (
            ": The structure names drivers, but the table drivers is missing here. "
            "Add [drivers] with words for: delay."
        ),
    ),
    "a practice's id without quotation marks": (
        ('[practices."care.list"]', "[practices.care.list]"),
        (
            " · care.list: The id of the practice care.list stands without quotation marks. "
            'Write [practices."care.list"].'
        ),
    ),
}


@pytest.mark.parametrize(("change", "told"), IN_STRUCTURE.values(), ids=IN_STRUCTURE)
def test_a_fault_of_the_structure_gives_one_message(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    assert faults_in_structure(tmp_path, change) == [f"structure.toml{told}"]


@pytest.mark.parametrize(("change", "told"), IN_TEXT.values(), ids=IN_TEXT)
def test_a_fault_of_the_text_gives_one_message(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    assert faults_in_text(tmp_path, change) == [f"text.en.toml{told}"]


def test_a_sound_questionnaire_has_no_fault(tmp_path: Path) -> None:
    questionnaire = read(written(tmp_path))
    assert check("small", questionnaire.structure, questionnaire.languages) == []


def test_many_faults_are_found_in_one_load(tmp_path: Path) -> None:
    structure = changed(
        STRUCTURE,
        ("weight = 2.0", 'weight = "two"'),
        ("key = true", 'key = "yes"'),
        ('id = "care.list"\n  scale', 'id = "care.list"\n  scal'),
        ("months = 2", "months = 0"),
        ("number = 2", "number = 1"),
        ('id = "order.shelves"\n  scale = "yes_no"', 'id = "order.shelves"\n  scale = "yes_on"'),
        ('["delay"]', '["delya"]'),
        ("value = 1.0", "value = 7"),
    )
    english = changed(
        TEXT, ('no = "No"\n', ""), ('[practices."order.shelves"]', '[practices."order.shelfs"]')
    )
    french = changed(TEXT, ("title", "titre"), ('name = "Care"', "name = 3"))
    assert sorted(faults_of(written(tmp_path, structure, en=english, fr=french, de="title = Klein"))) == [
        "structure.toml · care.list: The key scal is not known. Did you mean scale?",
        "structure.toml · care.lock · buy_lock: months = 0: this must be above 0. Write a greater number.",
        "structure.toml · care.lock: delya in drivers has no words in any language. Did you mean delay?",
        f'structure.toml · care.lock: key = "yes": {TRUE_OR_FALSE}',
        f'structure.toml · care: weight = "two": {NUMBER}',
        "structure.toml · factors: number = 1 is there 2 times. Give each its own.",
        "structure.toml · order.shelves: The scale yes_on is not defined. Did you mean yes_no?",
        "structure.toml · scales.yes_no · yes: value = 7: this must not be above 1. Write a smaller number.",
        (
            "text.de.toml: Line 1: the value after the = is not possible. "
            "Put text in quotation marks; write true, false and numbers without."
        ),
        (
            "text.en.toml · practices: There are words for order.shelfs, which the structure does not have. "
            "Did you mean order.shelves?"
        ),
        f"text.en.toml · scales.yes_no: The words for no {MISSING_WORDS}",
        "text.fr.toml · care: name = 3: this must be text. Put it in quotation marks.",
        "text.fr.toml: The key titre is not known. Did you mean title?",
    ]


def test_a_driver_that_one_language_lacks_is_told_of_that_language(tmp_path: Path) -> None:
    french = changed(TEXT, ('{ delay = "Delay" }', '{ other = "Autre" }'))
    assert faults_of(written(tmp_path, fr=french)) == [
        f"text.fr.toml · drivers: The words for delay {MISSING_WORDS}"
    ]


def test_a_table_with_no_readable_entry_hides_only_what_depends_on_it(tmp_path: Path) -> None:
    structure = changed(STRUCTURE[: STRUCTURE.index("[[factors]]")], ("steps = [", "steps = 3\nother = ["))
    assert faults_of(written(tmp_path, structure)) == [
        (
            "structure.toml · scales.yes_no: The key other is not known. "
            "Remove it, or see the keys in questionnaires/README.md."
        ),
        f"structure.toml · scales.yes_no: steps = 3: this must be a list. {LIST}",
        f"structure.toml: The key factors is missing. {ADD}",
    ]


def test_an_id_never_reaches_a_message_with_control_characters_or_in_full_length(tmp_path: Path) -> None:
    odd = r'[practices."\u001b[31m' + "x" * 500 + '"]\nquestion = "?"\nsteps = {}\nevidence = []\n'
    (told,) = faults_in_text(tmp_path, ('[practices."care.list"]', odd + '[practices."care.list"]'))
    assert told.isprintable()
    assert len(told) < 400


def test_faults_inside_an_entry_with_a_faulty_id_are_told_too(tmp_path: Path) -> None:
    bell = changed(
        TEXT, ("care.lock", r"care.\u0007lock"), ("buy_lock", r'"\u0007"'), ('unit = "%"', "unit = 3")
    )
    assert len(faults_of(written(tmp_path, en=bell))) == 3


def test_a_list_too_short_with_a_faulty_entry_is_told_by_what_it_has(tmp_path: Path) -> None:
    told = faults_in_structure(tmp_path, (HIGH_STEP, ""), ("value = 0.0", "value = -1"))
    assert [fault.partition(". ")[0] for fault in told] == [
        "structure.toml · scales.yes_no · no: value = -1: this must not be below 0",
        "structure.toml · scales.yes_no: The list steps needs 2 or more entries; it has 1",
    ]


def test_a_key_called_like_pydantic_s_mark_is_a_key_like_any_other(tmp_path: Path) -> None:
    told = faults_in_text(
        tmp_path, ('name = "Care"', 'name = "Care"\n"[key]" = 3'), ('no = "No"', '"[key]" = 3')
    )
    assert [fault.partition(".toml")[2].partition(". ")[0] for fault in told] == [
        " · care: The key [key] is not known",
        " · scales.yes_no: [key] = 3: this must be text",
        " · scales.yes_no: There are words for [key], which the structure does not have",
        " · scales.yes_no: The words for no are missing",
    ]


def test_faults_without_end_are_cut_short(tmp_path: Path) -> None:
    many = "".join(f"[factors.more_{number}]\nname = 3\n" for number in range(2000))
    assert len(faults_in_text(tmp_path, ("[factors.order]", many + "[factors.order]"))) <= 600


EARLIER = changed(STRUCTURE, ('id = "small"', 'id = "earlier"'))
FOLLOWING = changed(STRUCTURE, ('id = "small"', 'id = "later"\nfollows = "earlier"'))
KEY, LIST_ID, SHELVES_ID = "  key = true", '  id = "care.list"', '  id = "order.shelves"'


def faults_of_later(at: Path, *changes: tuple[str, str]) -> list[str]:
    """Return the faults of an edition that follows the small one beside it."""
    written(at, EARLIER).rename(at / "earlier")
    return faults_of(written(at, changed(FOLLOWING, *changes)))


def follows(practice: str, class_: str, *others: str) -> str:
    listed = ", ".join(f'"{one}"' for one in others)
    return f'  follows = {{ id = "{practice}", class = "{class_}", with = [{listed}] }}\n'


def test_what_goes_on_the_same_once_is_sound_and_may_go_on_otherwise_elsewhere(tmp_path: Path) -> None:
    parts = (
        (KEY, follows("care.lock", "same") + KEY),
        (LIST_ID, follows("care.lock", "indirect", "care.list") + LIST_ID),
        (SHELVES_ID, follows("care.lock", "subject", "order.shelves", "care.list") + SHELVES_ID),
    )
    assert faults_of_later(tmp_path, *parts) == []


def test_two_practices_cannot_both_be_the_same_as_one(tmp_path: Path) -> None:
    told = faults_of_later(
        tmp_path,
        (KEY, follows("care.lock", "same") + KEY),
        (LIST_ID, follows("care.lock", "same") + LIST_ID),
    )
    assert told == [
        (
            "structure.toml · care.list: It is said to be the same as care.lock, and so is care.lock. "
            'Only one can be; make the other "indirect" or "subject".'
        )
    ]


def test_what_was_merged_is_not_the_same(tmp_path: Path) -> None:
    assert faults_of_later(tmp_path, (KEY, follows("care.lock", "same", "care.list") + KEY)) == [
        (
            "structure.toml · care.lock: It takes in several practices, so it is not the same as care.lock. "
            'Make the class "indirect" or "subject".'
        )
    ]


def test_a_further_practice_that_the_earlier_edition_does_not_have_is_told_with_the_near_name(
    tmp_path: Path,
) -> None:
    told = faults_of_later(tmp_path, (KEY, follows("care.lock", "indirect", "care.lits", "zzz.q") + KEY))
    assert told == [
        (
            "structure.toml · care.lock: It follows the practice care.lits, "
            "which the earlier edition does not have. Did you mean care.list?"
        ),
        (
            "structure.toml · care.lock: It follows the practice zzz.q, "
            "which the earlier edition does not have. Use one of: care.lock, care.list, order.shelves."
        ),
    ]


@pytest.mark.parametrize("others", [("care.lock",), ("care.list", "care.list")])
def test_a_practice_that_is_followed_twice_by_one_is_told(tmp_path: Path, others: tuple[str, ...]) -> None:
    told = faults_of_later(tmp_path, (KEY, follows("care.lock", "indirect", *others) + KEY))
    assert told == [f"structure.toml · care.lock: {others[-1]} is there 2 times in follows. Name it once."]


def test_further_practices_that_are_no_list_are_told(tmp_path: Path) -> None:
    part = '  follows = { id = "care.lock", class = "subject", with = "care.list" }\n'
    assert faults_of_later(tmp_path, (KEY, part + KEY)) == [
        f'structure.toml · care.lock · follows: with = "care.list": this must be a list. {LIST}'
    ]
