"""What an answer may be, what is wrong with one, and the CSV file answers travel in."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, Refused, near, refuse

State = Literal["answered", "not_applicable", "open_with_reason", "unanswered"]
NOT_APPLICABLE = "not_applicable"
LONGEST_TEXT = 20_000  # characters of a note or a reason
COLUMNS = ("practice", "answer", "note", "reason", "outside")
REQUIRED = ("practice", "answer")
YES_NO = {"yes": True, "no": False, "": False}


@dataclass(frozen=True)
class Answer:
    """One practice's answer; ``step`` is a step id of the practice's scale, ``None`` when no step is given.

    ``outside`` marks that the remedy lies outside Customs' own power: the step still counts.
    """

    practice: str
    step: str | None = None
    not_applicable: bool = False
    outside: bool = False
    reason: str = ""
    note: str = ""

    @property
    def state(self) -> State:
        """Say whether the practice is answered, not applicable, left open with a reason, or unanswered."""
        if self.not_applicable:
            return "not_applicable"
        if self.step is not None:
            return "answered"
        return "open_with_reason" if self.reason.strip() else "unanswered"


def faults_of(questionnaire: Questionnaire, answer: Answer, place: str, *, in_round: bool) -> list[Problem]:
    """Return every fault of one answer at ``place``; in a round some answers also need a reason."""
    faults = [*_faults_of_practice(questionnaire, answer), *_contradictions(answer)]
    if in_round:
        faults += _missing_reasons(answer)
    faults += [*_faults_of_text("note", answer.note), *_faults_of_text("reason", answer.reason)]
    return [Problem(place, fault, remedy, values) for fault, remedy, values in faults]


Fault = tuple[str, str, Mapping[str, object]]


def _faults_of_practice(questionnaire: Questionnaire, answer: Answer) -> Iterator[Fault]:
    practice = questionnaire.practices.get(answer.practice)
    if practice is None:
        yield _unknown_practice(questionnaire, answer.practice)
        return
    allowed = questionnaire.scale_of(practice).numbers
    if answer.step is not None and answer.step not in allowed:
        yield _unknown_step(answer, list(allowed))


def _unknown_practice(questionnaire: Questionnaire, name: str) -> Fault:
    if not name:
        return N_("No practice is named."), N_("Give a practice id, or take the row out."), {}
    fault = N_("The questionnaire {questionnaire} has no practice “{name}”.")
    meant = near(name, questionnaire.practices)
    values = {"questionnaire": questionnaire.id, "name": name, "near": meant}
    if meant:
        return fault, N_("Did you mean “{near}”?"), values
    return fault, N_("Use a practice id of this questionnaire."), values


def _unknown_step(answer: Answer, allowed: list[str]) -> Fault:
    fault = N_("“{step}” is not an answer to {practice}.")
    meant = near(answer.step or "", [*allowed, NOT_APPLICABLE])
    values = {"step": answer.step, "practice": answer.practice, "allowed": ", ".join(allowed), "near": meant}
    if meant:
        return fault, N_("Did you mean “{near}”? Allowed: {allowed}, not_applicable or nothing."), values
    return fault, N_("Allowed: {allowed}, not_applicable or nothing."), values


def _contradictions(answer: Answer) -> Iterator[Fault]:
    if answer.not_applicable and answer.step is not None:
        yield (
            N_("A step is given and the practice is marked as not applicable."),
            N_("Keep the step, or the mark, not both."),
            {},
        )
    if answer.outside and answer.step is None:
        yield (
            N_("The remedy is marked as outside Customs' power, but no step is given."),
            N_("Give the step as it is today; it counts whoever owns the remedy."),
            {},
        )


def _missing_reasons(answer: Answer) -> Iterator[Fault]:
    if answer.reason.strip():
        return
    if answer.not_applicable:
        yield (
            N_("The practice is marked as not applicable without a reason."),
            N_("Say why it does not apply to this administration."),
            {},
        )
    if answer.outside:
        yield (
            N_("The remedy is marked as outside Customs' power without a reason."),
            N_("Say who owns the remedy and why Customs cannot act."),
            {},
        )


def _faults_of_text(column: str, text: str) -> Iterator[Fault]:
    if len(text) > LONGEST_TEXT:
        yield (
            N_("The {column} has {length} characters; at most {longest} are kept."),
            N_("Shorten it, or attach the text as evidence."),
            {"column": column, "length": len(text), "longest": LONGEST_TEXT},
        )
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text):
        yield (
            N_("The {column} holds a character that no file or database can keep."),
            N_("Type the text again."),
            {"column": column},
        )


def write_answers(answers: Iterable[Answer]) -> str:
    """Return the answers as CSV text, one row an answer; ``read_answers`` gives back the same answers."""
    rows = [COLUMNS, *(_row_of(answer) for answer in answers)]
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows)


def _row_of(answer: Answer) -> tuple[str, ...]:
    given = NOT_APPLICABLE if answer.not_applicable else answer.step or ""
    return answer.practice, given, answer.note, answer.reason, "yes" if answer.outside else ""


def _cell(text: str) -> str:
    # The csv module of Python 3.11 leaves a lone carriage return unquoted, and then cannot read it back.
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def read_answers(
    questionnaire: Questionnaire, data: bytes, name: str, *, in_round: bool = False
) -> tuple[Answer, ...]:
    """Return the answers of a CSV file in the file's order; practices without a row are unanswered.

    The format is that of ``scoring/README.md``. Raises ``Refused`` with every fault of the file,
    each at ``name:line N``, N being the line on which the faulty row begins.
    """
    problems = list(_faults_of_bytes(data, name))
    rows = _rows_of(data.decode("utf-8-sig", errors="replace").replace("\0", "\ufffd"), name, problems)
    columns = _columns_of(next(rows, (1, [])), name, problems)
    answers = [] if columns is None else _answers_of(questionnaire, columns, rows, name, problems, in_round)
    if problems:
        raise Refused(problems)
    return tuple(answers)


def _place(name: str, line: int) -> str:
    return f"{name}:line {line}"


def _faults_of_bytes(data: bytes, name: str) -> Iterator[Problem]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused([_not_utf8(_place(name, 1))])
    if data.startswith(b"PK\x03\x04"):
        raise refuse(
            _place(name, 1),
            N_("The file is a workbook or an archive, not CSV."),
            N_("Save the sheet of answers as CSV in UTF-8."),
        )
    for number, line in enumerate(data.splitlines(), start=1):
        if b"\0" in line:
            yield Problem(
                _place(name, number),
                N_("The line holds a NUL byte, which no text has."),
                N_("Save the file again as CSV in UTF-8."),
            )
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield _not_utf8(_place(name, number))


def _not_utf8(place: str) -> Problem:
    return Problem(place, N_("The text is not in UTF-8."), N_("Save the file again as CSV in UTF-8."))


Row = tuple[int, list[str]]  # the line on which the row begins, and its cells


def _rows_of(text: str, name: str, problems: list[Problem]) -> Iterator[Row]:
    """Yield every row that is not blank; a row that is no CSV becomes a problem."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(
                Problem(
                    _place(name, line),
                    N_("The row cannot be read as CSV: {error}."),
                    N_("Close every quotation mark, and double those inside a cell."),
                    {"error": error},
                )
            )
            continue
        if cells:
            yield line, cells


def _columns_of(header: Row, name: str, problems: list[Problem]) -> list[str] | None:
    """Return the header's columns, or ``None`` when the rows below cannot be read by them."""
    line, cells = header
    place = _place(name, line)
    if len(cells) == 1 and (other := next((mark for mark in ";\t|" if mark in cells[0]), "")):
        problems.append(
            Problem(
                place,
                N_("The columns are separated by “{mark}”, not by commas."),
                N_("Save the file again with commas."),
                {"mark": other},
            )
        )
        return None
    problems += _faults_of_header(cells, place)
    return cells if set(REQUIRED) <= set(cells) else None


def _faults_of_header(cells: list[str], place: str) -> Iterator[Problem]:
    values: dict[str, object] = {"columns": ", ".join(COLUMNS)}
    for column in [required for required in REQUIRED if required not in cells]:
        yield Problem(
            place,
            N_("The header has no column “{column}”."),
            N_("Begin the file with a header; its columns are {columns}."),
            {**values, "column": column},
        )
    for column in [cell for cell in dict.fromkeys(cells) if cell not in COLUMNS]:
        meant = near(column, COLUMNS)
        remedy = N_("Did you mean “{near}”?") if meant else N_("Take the column out; known are {columns}.")
        yield Problem(
            place,
            N_("The column “{column}” is not known."),
            remedy,
            {**values, "column": column, "near": meant},
        )
    for column in [known for known in COLUMNS if cells.count(known) > 1]:
        yield Problem(
            place,
            N_("The column “{column}” appears more than once."),
            N_("Keep one of them."),
            {"column": column},
        )


def _answers_of(
    questionnaire: Questionnaire,
    columns: list[str],
    rows: Iterable[Row],
    name: str,
    problems: list[Problem],
    in_round: bool,
) -> list[Answer]:
    answers, first_lines = [], dict[str, int]()
    for line, cells in rows:
        place = _place(name, line)
        if len(cells) != len(columns):
            problems.append(_wrong_length(place, len(cells), len(columns)))
            continue
        answer = _answer_of(dict(zip(columns, cells, strict=True)), place, problems)
        problems += faults_of(questionnaire, answer, place, in_round=in_round)
        if (first := first_lines.setdefault(answer.practice, line)) != line and answer.practice:
            problems.append(_repeated(place, answer.practice, first))
        answers.append(answer)
    return answers


def _answer_of(row: dict[str, str], place: str, problems: list[Problem]) -> Answer:
    given, outside = row["answer"], row.get("outside", "")
    if outside not in YES_NO:
        problems.append(
            Problem(
                place,
                N_("“{outside}” in the column outside is neither yes nor no."),
                N_("Write yes, no or nothing."),
                {"outside": outside},
            )
        )
    return Answer(
        practice=row["practice"],
        step=None if given in ("", NOT_APPLICABLE) else given,
        not_applicable=given == NOT_APPLICABLE,
        outside=YES_NO.get(outside, False),
        reason=row.get("reason", ""),
        note=row.get("note", ""),
    )


def _wrong_length(place: str, cells: int, columns: int) -> Problem:
    fault = N_("The row has {cells} cells, the header has {columns}.")
    remedy = N_("Put a text with a comma in quotation marks; give every column a cell, if an empty one.")
    return Problem(place, fault, remedy, {"cells": cells, "columns": columns})


def _repeated(place: str, practice: str, line: int) -> Problem:
    fault, remedy = N_("{practice} is already answered in line {line}."), N_("Keep one of the two rows.")
    return Problem(place, fault, remedy, {"practice": practice, "line": line})
