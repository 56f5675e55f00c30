"""The command ``plan`` in tests: called, refused, and a plan that it began from a table."""

from collections.abc import Sequence
from pathlib import Path

from typer.testing import CliRunner, Result

from arusha.__main__ import app
from arusha.access.rules import LOCAL
from arusha.commands.opening import opened
from arusha.plans import service
from arusha.plans.model import Plan
from tests.plans.tables.written import foreign

NEW = ("--title", "Integrity plan", "--start", "2023-01-01", "--end", "2025-12-31")
ALDORIA = ("--name", "Aldoria", "--region", "europe")
YEAR_1 = (
    ["Goal 1: Rules are known"],
    ["1.1", "Write the code", "Union", "A code", "Ongoing", "Share of staff who signed", "Trust"],
    ["1.2", "Train inspectors on the code", None, "A code", "Initiated", None, "Trust"],
    ["Expected Impact", "People trust Customs."],
)
YEAR_2 = (
    ["Goal 1: Rules are known"],
    ["1.1", "Train the inspectors on the code", None, "A code", "Completed", None, "Trust"],
    ["1.2", "Open a hotline"],
)
DOUBTFUL = (["Goal 1: Rules are known"], ["1.7", "Train managers and inspectors", None, "A code"])


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["plan", *map(str, arguments)])


def done(*arguments: object) -> list[str]:
    result = call(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def refused(result: Result, *said: str) -> None:
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert [line for line in said if line not in result.stderr.splitlines()] == []


def file(at: Path, *rows: Sequence[str | None]) -> Path:
    path = at / "plan.xlsx"
    path.write_bytes(foreign(*rows))
    return path


def begun(at: Path) -> str:
    """Read the first year's table into a new plan; return its id."""
    lines = done("read", file(at, *YEAR_1), "--administration", "XA", *NEW, *ALDORIA)
    return lines[-1].removeprefix("The plan ").removesuffix(" holds it now.")


def plans() -> list[Plan]:
    with opened() as store:
        return [service.find(LOCAL, store, one.id) for one in service.plans(LOCAL, store)]
