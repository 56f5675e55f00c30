"""Small editions that the program comes with in a test, rounds of them, and national practices beside them.

``first``, ``second`` and ``third`` are one line; ``other`` stands alone.
"""

import re
import shutil
from pathlib import Path

from arusha import settings
from arusha.access.rules import LOCAL
from arusha.assessments import asking, service
from arusha.store import Store
from questionnaires import loading
from scoring.answers import Answer
from tests.questionnaires.following import EDITIONS

FOLLOWS = re.compile(r"  follows = .*\n")
PRACTICE = re.compile(r'(  id = ("\w+\.\w+")\n)')
OURS = loading.HOME / "arusha_2026"
DOG = "care.ke_dog"
STRUCTURE = """\
id = "ke_own"
extends = "first"
administration = "KE"
since = 2020
default_language = "en"

[scales.two]
steps = [{ id = "no", value = 0.0 }, { id = "yes", value = 1.0 }]

[[factors]]
id = "care"
number = 1

  [[factors.practices]]
  id = "care.ke_dog"
  scale = "two"
"""
TEXT = """\
title = "What this office asks itself"

[scales.two]
no = "No"
yes = "Yes"

[factors.care]
name = "Care"

[practices."care.ke_dog"]
question = "Does a dog guard the store?"
steps = { no = "There is none.", yes = "It barks." }
evidence = ["The dog"]
"""


def write(home: Path) -> None:
    """Write the editions into a folder, beside our own."""
    (home / OURS.name).symlink_to(OURS)
    for name in ("first", "second"):
        shutil.copytree(EDITIONS / name, home / name)
    _like(home, "first", "other", "")
    _like(home, "second", "third", "second")


def _like(home: Path, model: str, name: str, follows: str) -> None:
    """Write an edition with the practices of another, each of which goes on as the same if it follows it."""
    shutil.copytree(EDITIONS / model, home / name)
    path = home / name / loading.STRUCTURE
    text = FOLLOWS.sub("", path.read_text(encoding="utf-8"))
    head = f'id = "{name}"\n' + (f'follows = "{follows}"\n' if follows else "")
    text = re.sub(r'(?m)^id = "\w+"\n(follows = "\w*"\n)?', lambda _: head, text, count=1)
    if follows:
        text = PRACTICE.sub(r'\1  follows = { id = \2, class = "same" }\n', text)
    path.write_text(text, encoding="utf-8")


def forget() -> None:
    """Let the program read its questionnaires anew."""
    loading.edition.cache_clear()
    asking._asked.cache_clear()


def national(
    structure: str = STRUCTURE, text: str = TEXT, *, code: str = "KE", edition: str = "first"
) -> Path:
    """Write national practices where the program looks for them; return their folder."""
    folder = settings.read().home / asking.FOLDER / code / edition
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "structure.toml").write_text(structure, encoding="utf-8")
    (folder / "text.en.toml").write_text(text, encoding="utf-8")
    return folder


def settled(edition: str, *but: str, step: int = 1) -> list[Answer]:
    """Return the same step of each practice of an edition as its answer, for all ``but`` some."""
    asked = loading.edition(edition)
    return [
        Answer(one.id, asked.scale_of(one).steps[step].id)
        for one in asked.practices.values()
        if one.id not in but
    ]


def save(store: Store, round_id: str, practice: str, **change: object) -> object:
    """Save a change of an answer as it is now."""
    given = service.sheet(LOCAL, store, round_id).given.get(practice)
    version = given.version if given else 0
    return service.save_answer(LOCAL, store, round_id, practice, change, version)
