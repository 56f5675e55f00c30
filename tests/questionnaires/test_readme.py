"""The description of the format is held to the format: its example, its keys and its messages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

import questionnaires
from questionnaires.expectations import bare, keys_of
from questionnaires.files import REASONS
from questionnaires.house import COMMITMENTS
from questionnaires.loading import read
from questionnaires.model import LanguageWords, Structure
from questionnaires.prose import EVIDENCE, LONGEST_QUESTION, LONGEST_STEP
from questionnaires.shapes import MOST
from questionnaires.wording import FALLBACK, SAID

HERE = Path(questionnaires.__file__).parent
README = (HERE / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[1:]]


def documented(title: str) -> dict[str, bool]:
    """Return each key of a table, ids of the writer's own as ``*``, and whether it is required."""
    return {
        re.sub(r"\b[A-Z]+\b", "*", key.strip("`")): left_out == "required"
        for key, left_out, _meaning in rows(title)
    }


def keys(annotation: Any, path: str = "", *, required: bool = True) -> Iterator[tuple[str, bool]]:
    """Yield every key of the format with whether it is required, walking the models themselves."""
    annotation = bare(annotation)
    inner = get_args(annotation)
    if get_origin(annotation) is dict:
        is_table = get_origin(bare(inner[1])) is dict or keys_of(bare(inner[1]))
        if not is_table:
            yield f"{path}.*", required
        yield from keys(inner[1], f"{path}.*")
    elif get_origin(annotation) is tuple:
        yield from keys(inner[0], path)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in keys_of(annotation).items():
            below = f"{path}.{name}".strip(".")
            yield below, field.is_required()
            yield from keys(field.annotation, below)


def said_in_the_code() -> set[str]:
    """Return every fault that loading can tell of, with … for what is filled in."""
    said = {text for text, _remedy in [*SAID.values(), FALLBACK]} | {fault for _sign, fault, _ in REASONS}
    for name in ("files", "loading", "checking", "references", "wholeness", "national"):
        for node in ast.walk(ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))):
            said |= set(marked(fault_in(node)))
    return {re.sub(r"\{\w+\}", "…", text) for text in said}


def fault_in(node: ast.AST) -> ast.AST | None:
    """Return what a node says is at fault: ``fault = …`` or the second argument of a problem."""
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "fault":
        return node.value
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Problem", "refuse"):
        return node.args[1] if len(node.args) > 1 else None
    return None


def marked(node: ast.AST | None) -> Iterator[str]:
    for part in ast.walk(node) if node else ():
        if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "N_":
            yield ast.literal_eval(part.args[0])


def test_the_example_loads(tmp_path: Path) -> None:
    for block in re.findall(r"```toml\n(.*?)```", README, re.DOTALL):
        name = re.match(r"# (\S+)", block)
        assert name is not None
        (tmp_path / name[1]).write_text(block, encoding="utf-8")
    questionnaire = read(tmp_path)
    assert list(questionnaire.practices) == ["care.lock", "care.count"]
    assert questionnaire.words("en").practices["care.lock"].measures["key_register"].unit == "%"


def test_every_key_of_the_structure_is_documented_and_no_other() -> None:
    assert documented("Every key of `structure.toml`") == dict(keys(Structure))


def test_every_key_of_the_text_is_documented_and_no_other() -> None:
    assert documented("Every key of `text.LANGUAGE.toml`") == dict(keys(LanguageWords))


def test_a_default_is_documented_as_it_is() -> None:
    left_out = {key.strip("`"): value.strip("`") for key, value, _ in rows("Every key of `structure.toml`")}
    practice = Structure.model_validate(
        {
            "id": "a",
            "default_language": "en",
            "scales": {"s": {"steps": [{"id": "a", "value": 0.0}, {"id": "b", "value": 1.0}]}},
            "factors": [{"id": "f", "number": 1, "practices": [{"id": "f.p", "scale": "s"}]}],
        }
    ).practices[0]
    shown = {(): "[]", None: "nothing", False: "false", "customs": '"customs"'}
    for name in type(practice).model_fields:
        given = getattr(practice, name)
        if not type(practice).model_fields[name].is_required():
            assert left_out[f"factors.practices.{name}"] == shown.get(given, str(given))


def test_every_message_is_explained_and_no_other() -> None:
    explained = [
        one for cell, _why in rows("The messages of the check, explained") for one in cell.split(" · ")
    ]
    assert len(explained) == len(set(explained))
    assert set(explained) == said_in_the_code()


def test_the_commitments_listed_are_those_known() -> None:
    listed = [row[0] for row in rows("What our own editions also obey")]
    assert len(listed) == len(set(listed))
    assert set(listed) == COMMITMENTS


def test_the_numbers_named_are_those_in_force() -> None:
    house = section("What our own editions also obey")
    assert f"at most {LONGEST_QUESTION} characters" in house
    assert f"at most {LONGEST_STEP} characters" in house
    assert (EVIDENCE.start, EVIDENCE.stop) == (2, 5)
    assert f"After {MOST} faults" in section("The messages of the check, explained")
