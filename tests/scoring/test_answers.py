"""What an answer may be, and the file answers travel in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.problems import Refused
from scoring.answers import LONGEST_TEXT, Answer, faults_of, read_answers, write_answers
from tests.scoring.building import Asked, built

QUESTIONNAIRE = built({"law": [Asked(), Asked(values=(0.0, 1.0))], "audit": [Asked()]})


def faults(answer: Answer, *, in_round: bool = False) -> list[str]:
    return [str(problem) for problem in faults_of(QUESTIONNAIRE, answer, "here", in_round=in_round)]


def read(text: str | bytes, **options) -> tuple[Answer, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    return read_answers(QUESTIONNAIRE, data, "answers.csv", **options)


def refusals(text: str | bytes, **options) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(text, **options)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer("law.p1", "s0"), "answered"),
        (Answer("law.p1", "s0", reason="seen"), "answered"),
        (Answer("law.p1", not_applicable=True), "not_applicable"),
        (Answer("law.p1", reason="audit under way"), "open_with_reason"),
        (Answer("law.p1", reason=" \n\t "), "unanswered"),
        (Answer("law.p1", note="ask the port"), "unanswered"),
    ],
)
def test_an_empty_answer_with_a_reason_is_left_open_with_a_reason(answer, state):
    assert answer.state == state


def test_a_sound_answer_has_no_fault():
    assert faults(Answer("law.p1", "s4", outside=True, reason="The ministry sets pay."), in_round=True) == []
    assert faults(Answer("law.p2", not_applicable=True, reason="No free zones."), in_round=True) == []
    assert faults(Answer("audit.p1"), in_round=True) == []


def test_an_unknown_practice_is_told_the_near_name():
    assert faults(Answer("lwa.p1", "s0")) == [
        "here: The questionnaire test has no practice “lwa.p1”. Did you mean “law.p1”?"
    ]
    assert "Use a practice id" in faults(Answer("zzzzzzz"))[0]
    assert "No practice is named." in faults(Answer(""))[0]


def test_an_unknown_step_is_told_the_near_name_and_all_that_is_allowed():
    (fault,) = faults(Answer("law.p1", "S3"))
    assert "“S3” is not an answer to law.p1. Did you mean “s3”?" in fault
    assert "s0, s1, s2, s3, s4" in fault
    assert "Did you mean “not_applicable”?" in faults(Answer("law.p1", "not_aplicable"))[0]
    (plain,) = faults(Answer("law.p2", "????"))
    assert "Did you mean" not in plain
    assert "Allowed: s0, s1, not_applicable" in plain


def test_a_step_of_another_scale_is_refused():
    assert len(faults(Answer("law.p2", "s2"))) == 1
    assert faults(Answer("law.p1", "s2")) == []


def test_outside_needs_a_step():
    assert "no step is given" in faults(Answer("law.p1", outside=True))[0]
    assert "no step is given" in faults(Answer("law.p1", not_applicable=True, outside=True))[0]


def test_a_step_and_not_applicable_contradict_each_other():
    assert "Keep the step, or the mark" in faults(Answer("law.p1", "s1", not_applicable=True))[0]


@pytest.mark.parametrize("reason", ["", " ", "\t\n", "\u00a0\u2003"])
def test_in_a_round_setting_aside_needs_a_reason_and_white_space_is_none(reason):
    aside = Answer("law.p1", not_applicable=True, reason=reason)
    outside = Answer("law.p1", "s1", outside=True, reason=reason)
    assert faults(aside) == []
    assert faults(outside) == []
    assert "not applicable without a reason" in faults(aside, in_round=True)[0]
    assert "outside Customs' power without a reason" in faults(outside, in_round=True)[0]


@pytest.mark.parametrize("column", ["note", "reason"])
def test_a_text_has_at_most_twenty_thousand_characters(column):
    assert faults(Answer("law.p1", "s1", **{column: "é" * LONGEST_TEXT})) == []
    (fault,) = faults(Answer("law.p1", "s1", **{column: "é" * (LONGEST_TEXT + 1)}))
    assert f"The {column} has 20001 characters" in fault


@pytest.mark.parametrize("character", ["\0", chr(0xD800), chr(0xDFFF)])
def test_a_character_no_file_can_keep_is_refused(character):
    assert "can keep" in faults(Answer("law.p1", "s1", note=f"a{character}b"))[0]


def test_every_fault_of_an_answer_is_told_at_once():
    answer = Answer("lwa.p1", not_applicable=True, outside=True, note="x" * 20_001)
    assert len(faults(answer, in_round=True)) == 5


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_file_is_read_with_or_without_byte_order_mark_and_with_any_line_end(mark, end):
    rows = ["practice,answer,note", "law.p1,s3,Zollbehörde 海关", "law.p2,not_applicable,", "audit.p1,,"]
    assert read(mark + end.join(row.encode() for row in rows)) == (
        Answer("law.p1", "s3", note="Zollbehörde 海关"),
        Answer("law.p2", not_applicable=True),
        Answer("audit.p1"),
    )


def test_columns_come_in_any_order_and_only_two_are_required():
    assert read("answer,practice\ns1,law.p1\n") == (Answer("law.p1", "s1"),)
    assert read("outside,note,reason,answer,practice\nyes,n,r,s1,law.p1\nno,,,s1,law.p2\n") == (
        Answer("law.p1", "s1", outside=True, reason="r", note="n"),
        Answer("law.p2", "s1"),
    )


def test_a_header_alone_and_blank_lines_are_no_fault():
    assert read("practice,answer\n") == ()
    assert read("practice,answer\n\nlaw.p1,s1\n\n\n") == (Answer("law.p1", "s1"),)


@pytest.mark.parametrize(
    ("text", "place", "fault"),
    [
        ("", 1, "no column “practice”"),
        ("law.p1,s1\n", 1, "no column “answer”"),
        ("practice,note\nlaw.p1,x\n", 1, "no column “answer”"),
        ("practice,answer,notes\nlaw.p1,s1,\n", 1, "Did you mean “note”?"),
        ("practice,answer,zzz\nlaw.p1,s1,\n", 1, "Take the column out"),
        ("practice,answer,answer\nlaw.p1,s1,s1\n", 1, "appears more than once"),
        ("practice;answer;note\nlaw.p1;s1;\n", 1, "separated by “;”"),
        ("practice,answer\nlaw.p1\n", 2, "The row has 1 cells, the header has 2"),
        ("practice,answer\nlaw.p1,s1,\n", 2, "The row has 3 cells, the header has 2"),
        ("practice,answer\n,\n", 2, "No practice is named"),
        ("practice,answer\nlaw.p1,s1\nlaw.p2,s1\nlaw.p1,\n", 4, "law.p1 is already answered in line 2"),
        ("practice,answer,outside\nlaw.p1,s1,YES\n", 2, "neither yes nor no"),
        ("practice,answer,outside\nlaw.p1,,yes\n", 2, "no step is given"),
        ('practice,answer\n"law.p1,s1\n', 2, "cannot be read as CSV"),
        ('practice,answer\n"law.p1"x,s1\n', 2, "cannot be read as CSV"),
        (b"practice,answer,note\nlaw.p1,s1,\0\n", 2, "NUL byte"),
        ("practice,answer,note\nlaw.p1,s1,caf\u00e9\n".encode("latin-1"), 2, "not in UTF-8"),
        ("practice,answer\nlaw.p1,s1\n".encode("utf-16"), 1, "not in UTF-8"),
        (b"PK\x03\x04 and what follows", 1, "a workbook"),
        ('practice,answer,note\nlaw.p1,s1,"two\nlines"\nlaw.p9,s1,\n', 4, "has no practice “law.p9”"),
    ],
)
def test_each_fault_of_a_file_is_told_with_its_line(text, place, fault):
    assert any(told.startswith(f"answers.csv:line {place}: ") and fault in told for told in refusals(text))


def test_a_cell_longer_than_csv_allows_is_refused():
    assert "cannot be read as CSV" in refusals(f"practice,answer,note\nlaw.p1,s1,{'x' * 200_000}\n")[0]


def test_every_fault_of_a_file_is_told_at_once():
    text = b"practice,answer,outside,colour\nlwa.p1,s9,,\nlaw.p1,S1,maybe,\nlaw.p2\nlaw.p1,s1,,\xff\n"
    lines = [told.split(": ")[0].rpartition(" ")[2] for told in refusals(text)]
    assert sorted(lines) == ["1", "2", "3", "3", "4", "5", "5"]


def test_a_file_of_a_round_needs_the_reasons():
    text = "practice,answer,reason\nlaw.p1,not_applicable, \n"
    assert len(read(text)) == 1
    assert "without a reason" in refusals(text, in_round=True)[0]


def test_answers_are_written_with_a_header_and_plain_line_ends():
    outside = Answer("law.p1", "s1", outside=True, reason="pay, scales")
    assert write_answers([outside, Answer("law.p2", not_applicable=True)]) == (
        'practice,answer,note,reason,outside\nlaw.p1,s1,,"pay, scales",yes\nlaw.p2,not_applicable,,,\n'
    )


storable = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
texts = st.text(storable | st.sampled_from('\r\n",; \ufeff'))
steps = st.sampled_from([None, "s0", "s1", "not_applicable"])


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(steps, st.booleans(), texts, texts), max_size=3))
def test_answers_survive_the_file_whatever_is_written(drawn):
    answers = tuple(
        Answer(
            practice,
            None if step == "not_applicable" else step,
            step == "not_applicable",
            outside and step in ("s0", "s1"),
            reason,
            note,
        )
        for practice, (step, outside, reason, note) in zip(QUESTIONNAIRE.practices, drawn, strict=False)
    )
    assert read(write_answers(answers)) == answers
    assert read(b"\xef\xbb\xbf" + write_answers(answers).encode()) == answers
