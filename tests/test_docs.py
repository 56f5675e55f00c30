"""What the documentation says is held to the code: a statement that is no longer true fails here."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from arusha.__main__ import app
from arusha.access.roles import GRANTS, NAMES
from arusha.access.rules import Permission
from arusha.settings import SETTINGS
from arusha.store.address import PRAGMAS
from arusha.version import VERSION
from questionnaires import loading
from scoring.profile import RULE
from tests.visiting import PAGES

ROOT = Path(__file__).parents[1]
FRONT, INSIDE = ROOT / "README.md", ROOT / "arusha" / "README.md"
READMES = sorted(path for path in ROOT.glob("*/README.md") if not path.parent.name.startswith("."))
UNTRACKED = {".git", *(ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split()}
TEXTS = {
    "",
    ".cfg",
    ".css",
    ".csv",
    ".ini",
    ".js",
    ".mako",
    ".md",
    ".pot",
    ".po",
    ".py",
    ".svg",
    ".toml",
    ".txt",
}

# Character classes keep these patterns from finding themselves.
REGISTRIES = re.compile(
    r"pyp[i]\.|pythonhoste[d]|npmj[s]\.|anacond[a]\.|index-ur[l]|proxy\.golan[g]", re.IGNORECASE
)
MACHINE = re.compile(r"(?<![\w.:/])/(?:wor[k]|roo[t]|tm[p]|User[s]|hom[e])/\w+")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table in a text, without heads and rules."""
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        for line in block.splitlines()[2:]:
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield every command with the first paragraph of its help."""
    if hasattr(command, "commands"):
        for name in command.commands:
            yield from commands(command.commands[name], (*path, name))
    else:
        yield " ".join(path), " ".join((command.help or "").split("\n\n")[0].split())


def tracked() -> Iterator[Path]:
    """Yield every text file that belongs to the repository."""
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        if not UNTRACKED & set(inside) and path.is_file() and path.suffix in TEXTS:
            yield path


# The front page


def test_the_front_page_has_two_commands_and_ci_takes_the_second() -> None:
    found = re.findall(r"```sh\n(.*?)\n```", text_of(FRONT), re.DOTALL)
    assert len(found) == 2
    install, test = found
    assert "-r requirements.txt" in install
    assert install.endswith(".venv/bin/streamlit run app.py")
    assert "-r tests/requirements.txt" in test
    assert test.endswith(".venv/bin/python -m pytest")
    script = text_of(ROOT / ".ci" / "run")
    taken = script.split("<<'PY'\n")[1].split("\nPY\n")[0]
    said = subprocess.run([sys.executable, "-c", taken], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == test


def test_ci_is_a_script_that_a_shell_can_read() -> None:
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


def test_the_tree_on_the_front_page_is_there_and_whole() -> None:
    drawn = section(text_of(FRONT), "Where things are").split("```text\n")[1].split("```")[0]
    paths, above = set(), ""
    for line in drawn.splitlines():
        name, said = re.split(r"\s{2,}", line.strip(), maxsplit=1)
        assert said, line
        above = above if line.startswith(" ") else name
        paths.add(above + name if line.startswith(" ") else name)
    for path in paths:
        assert (ROOT / path).is_dir() == path.endswith("/"), path
        assert (ROOT / path).exists(), path
    rooms = {f"{found.name}/" for found in ROOT.iterdir() if found.is_dir() and found.name[0] not in "._"}
    files = {found.name for found in ROOT.iterdir() if found.is_file() and found.name[0] != "."}
    inner = {f"arusha/{p.parent.name}/" for p in (ROOT / "arusha").glob("*/__init__.py")}
    editions = {f"questionnaires/{name}/" for name in loading.editions()}
    assert paths == rooms | inner | editions | files - {"README.md"}


def test_the_front_page_names_every_command() -> None:
    named = {cells[0] for cells in rows(section(text_of(FRONT), "The command line"))}
    assert named == {f"`python -m arusha {name}`" for name, _ in commands(get_command(app))}


def test_the_example_of_the_front_page_works() -> None:
    example = section(text_of(FRONT), "The command line").split("```text\npython ")[1].split("\n")[0]
    done = subprocess.run(
        [sys.executable, *example.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [FRONT, *READMES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_readme_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", text_of(path)):
        file, _, anchor = target.partition("#")
        if "://" in target or target.startswith(("javascript:", "data:")):
            continue
        led = (path.parent / file) if file else path
        assert led.exists(), target
        heads = (
            [head.lower().replace(" ", "-") for head in re.findall(r"^#+ (.*)$", text_of(led), re.M)]
            if anchor
            else []
        )
        assert not anchor or anchor in heads, target


def test_the_front_page_points_to_every_other_one() -> None:
    for path in READMES:
        if path.parent.name != "tests":
            assert path.relative_to(ROOT).as_posix() in text_of(FRONT)


# arusha/README.md


def test_every_setting_is_described_as_it_is() -> None:
    described = [tuple(cells) for cells in rows(section(text_of(INSIDE), "Settings"))]
    assert described == [(f"`{one.name}`", one.default, one.help) for one in SETTINGS]


def test_every_pragma_is_named() -> None:
    named = {cells[0].strip("`") for cells in rows(section(text_of(INSIDE), "Databases"))}
    assert named == {*PRAGMAS, "journal_mode=WAL"}


def test_every_permission_is_described() -> None:
    described = rows(section(text_of(INSIDE), "Permissions"))
    assert [cells[0].strip("`") for cells in described] == [one.value for one in Permission]
    assert all(cells[1] for cells in described)


def test_every_role_is_described_with_what_it_holds() -> None:
    described = [tuple(cells) for cells in rows(section(text_of(INSIDE), "Roles"))]
    assert described == [
        (f"`{role}`", NAMES[role], ", ".join(f"`{one}` {reach}" for one, reach in grants.items()))
        for role, grants in GRANTS.items()
    ]


def test_every_permission_is_asked_for() -> None:
    sources = [text_of(path) for path in (ROOT / "arusha").rglob("*.py") if path.name != "rules.py"]
    unused = [one.name for one in Permission if not any(f"Permission.{one.name}" in said for said in sources)]
    assert unused == []


def test_every_page_is_described_as_it_is() -> None:
    described = [tuple(cells) for cells in rows(section(text_of(INSIDE), "Pages"))]
    assert described == [
        (f"`/{page.path}`", page.title, f"`{page.file}`", f"`{Permission[page.permission].value}`")
        for page in PAGES
    ]


def test_every_command_is_described_as_it_describes_itself() -> None:
    described = [(cells[0], cells[1]) for cells in rows(section(text_of(INSIDE), "Commands"))]
    wanted = [(f"`{name}`", about) for name, about in commands(get_command(app))]
    assert described[: len(wanted)] == wanted
    assert described[len(wanted) :] == [(code, said) for code, said in described if code in "012"]


# The others


def test_the_method_bears_the_name_of_the_rule() -> None:
    assert f"`{RULE}`" in text_of(ROOT / "scoring" / "README.md")


def test_every_example_of_a_command_names_one_that_is_there() -> None:
    known = {name for name, _ in commands(get_command(app))}
    for path in [FRONT, *READMES]:
        for called in re.findall(r"python -m arusha ([a-z]+(?: [a-z]+)?)", text_of(path)):
            assert called in known or called.split()[0] in known, f"{path.parent.name}: {called}"


def test_every_module_of_a_pure_room_is_described() -> None:
    """``scoring/README.md`` lists its files; one that is not there, or not listed, is told."""
    listed = {
        cells[0].strip("`") for cells in rows(text_of(ROOT / "scoring" / "README.md")) if ".py" in cells[0]
    }
    there = {path.name for path in (ROOT / "scoring").glob("*.py")} - {"__init__.py"}
    assert listed == there


def test_the_changes_name_this_version_first() -> None:
    versions = re.findall(
        r"^\*\*(\d+\.\d+\.\d+) – \d{1,2} [A-Z][a-z]+ \d{4}\*\*$",
        text_of(ROOT / "arusha" / "CHANGES.md"),
        re.M,
    )
    assert versions[0] == VERSION


def required(path: Path) -> list[str]:
    return [line for line in text_of(path).splitlines() if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_is_exact_and_says_why(name: str) -> None:
    for line in required(ROOT / name):
        assert re.fullmatch(r"[A-Za-z][\w.-]*(\[\w+\])?==\d+(\.\d+)*\s+# \S.+", line), line


def test_every_installed_version_is_exact_and_none_is_a_trial() -> None:
    pinned = dict(line.split("==") for line in required(ROOT / ".constraints.txt"))
    assert all(re.fullmatch(r"\d+(\.\d+)*", version) for version in pinned.values())
    folded = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pinned.items()}
    assert len(folded) == len(pinned)
    for file in ("requirements.txt", "tests/requirements.txt"):
        for line in required(ROOT / file):
            name, version = re.split(r"==", line.split("#")[0].strip())
            assert folded[re.sub(r"[-_.]+", "-", name.split("[")[0]).lower()] == version, line


def test_no_file_names_a_registry_or_a_place_on_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        for pattern in (REGISTRIES, MACHINE)
        for match in pattern.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_every_file_ends_with_a_line_and_none_has_tabs_or_windows_lines() -> None:
    kinds = {".py", ".md", ".toml", ".ini", ".txt", ".css", ".js"}
    for path in tracked():
        if path.suffix in kinds:
            data = path.read_bytes()
            assert not data or data.endswith(b"\n"), path
            assert b"\r" not in data, path
