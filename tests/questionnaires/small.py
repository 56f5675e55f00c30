"""A questionnaire small enough to read at a glance, and the faults a changed copy of it is refused with."""

from pathlib import Path

from questionnaires.loading import read
from questionnaires.problems import Refused

STRUCTURE = """\
id = "small"
default_language = "en"

[scales.yes_no]
steps = [
  { id = "no", value = 0.0 },
  { id = "yes", value = 1.0 },
]

[[factors]]
id = "care"
number = 1
weight = 2.0

  [[factors.practices]]
  id = "care.lock"
  scale = "yes_no"
  weight = 1.5
  key = true
  drivers = ["delay"]
  owner = ["clerk"]
  measures = [{ id = "buy_lock", months = 2, direction = "up" }]

  [[factors.practices]]
  id = "care.list"
  scale = "yes_no"

[[factors]]
id = "order"
number = 2

  [[factors.practices]]
  id = "order.shelves"
  scale = "yes_no"
"""

TEXT = """\
title = "A small questionnaire"
drivers = { delay = "Delay" }
owner = { clerk = "The clerk" }

[scales.yes_no]
no = "No"
yes = "Yes"

[factors.care]
name = "Care"
[factors.order]
name = "Order"

[practices."care.lock"]
question = "Is the store locked?"
steps = { no = "It stands open.", yes = "It is locked." }
evidence = ["The lock"]
[practices."care.lock".measures.buy_lock]
name = "Buy a lock"
output = "A lock"
indicator = "Locked doors"
unit = "%"

[practices."care.list"]
question = "Is there a list of keys?"
steps = { no = "There is no list.", yes = "The list is complete." }
evidence = ["The list"]

[practices."order.shelves"]
question = "Are the shelves numbered?"
steps = { no = "They are not.", yes = "They are." }
evidence = ["The shelves"]
"""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Return the text with each piece replaced; a piece that is not there is a mistake of the test."""
    for old, new in changes:
        assert old in text, f"{old!r} is not in the text"
        text = text.replace(old, new)
    return text


def written(at: Path, structure: str | bytes | None = STRUCTURE, **texts: str | bytes) -> Path:
    """Write a questionnaire into a directory ``small``; ``fr="…"`` adds a language to the English."""
    directory = at / "small"
    directory.mkdir(exist_ok=True)
    texts = {"en": TEXT, **texts}
    files = {"structure": structure, **{f"text.{tag}": text for tag, text in texts.items()}}
    for name, content in files.items():
        if content is not None:
            raw = content if isinstance(content, bytes) else content.encode()
            (directory / f"{name}.toml").write_bytes(raw)
    return directory


def faults_of(directory: Path) -> list[str]:
    """Return what reading a directory is refused with, one line a fault, without the directory's name."""
    try:
        read(directory)
    except Refused as refused:
        return [str(problem).removeprefix(f"{directory.name}/") for problem in refused.problems]
    return []


def faults_in_structure(at: Path, *changes: tuple[str, str]) -> list[str]:
    """Return the faults after changes to the structure."""
    return faults_of(written(at, changed(STRUCTURE, *changes)))


def faults_in_text(at: Path, *changes: tuple[str, str]) -> list[str]:
    """Return the faults after changes to the English text."""
    return faults_of(written(at, en=changed(TEXT, *changes)))
