"""The rules of the house: which way imports run, which library lives where, what is never done, colours."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path

import pytest

from arusha.ui import theme
from questionnaires import loading

ROOT = Path(__file__).parents[1]
TOP = {
    "app.py",
    "arusha",
    "questionnaires",
    "scoring",
    "tests",
    "sample_data",
    "requirements.txt",
    "README.md",
}
MADE = {"__pycache__"}  # by Python, beside what it runs

PAGES = ("arusha/*/pages/*.py",)
HOMES = {
    "alembic": ("arusha/store/*",),
    "argon2": ("arusha/access/people/passwords.py",),
    "babel": ("arusha/i18n/*", "arusha/members/reference.py"),  # the latter: former codes of countries
    "cryptography": ("arusha/access/people/second_step.py",),
    "httpx": ("arusha/access/people/provider.py", "arusha/access/web/oidc.py"),
    "jinja2": ("arusha/access/web/answers.py",),
    "joserfc": ("arusha/access/people/provider.py", "arusha/access/people/id_tokens.py"),
    "numpy": ("scoring/*", "arusha/*/frames.py"),
    "openpyxl": ("arusha/exchange/*", "arusha/*/workbook.py", "arusha/*/sheets/*"),
    "pandas": (),
    "platformdirs": ("arusha/settings.py",),
    "plotly": ("arusha/*/figures.py",),
    "psycopg": (),
    "pydantic": ("questionnaires/*", "arusha/plans/model.py", "arusha/plans/editing.py"),
    "pydantic_core": ("questionnaires/*", "arusha/plans/model.py"),
    "pyotp": ("arusha/access/people/second_step.py",),
    "segno": ("arusha/access/web/enrolment.py",),
    "sqlalchemy": (
        "arusha/store/*",
        *(f"arusha/access/{name}.py" for name in ("copies", "trail")),
        *(f"arusha/access/{room}/*" for room in ("checkup", "people", "proof")),
        *(f"arusha/assessments/{name}.py" for name in ("disclosing", "reaching", "showing", "visits")),
        *(
            f"arusha/*/{name}.py"
            for name in ("records", "service", "ledger", "signing", "changes", "carrying", "lifecycle")
        ),
    ),
    "starlette": (
        "app.py",
        "arusha/serving.py",
        "arusha/access/local.py",
        "arusha/access/web/*",
        "arusha/ui/preload.py",
    ),
    "streamlit": ("app.py", *PAGES, "arusha/access/gate.py", "arusha/shell.py", "arusha/ui/*"),
    "zxcvbn": ("arusha/access/people/passwords.py",),
    "typer": ("arusha/__main__.py", "arusha/commands/*"),
}
READS_THE_ENVIRONMENT = {
    "arusha/settings.py",
    "arusha/commands/telling.py",  # the terminal's language
    "arusha/store/backup/programs.py",  # where PostgreSQL's own programs find their files
    "arusha/exchange/aside.py",  # what Python itself may need to start
}
STARTS_PROGRAMS = {
    "arusha/store/backup/programs.py",  # pg_dump and pg_restore
    "arusha/exchange/aside.py",  # Python, for one workbook from elsewhere
}
ENTERED_AS_ONE = {
    "arusha/plans/pages/entering.py",  # a figure: value, day and source together, or nothing
    "arusha/plans/pages/replacing.py",  # an indicator revised: never without its reason
}
"""Pages with a form, which keeps nothing before it is sent; whatever is written freely is saved at once."""
PALETTES = {"light": theme.LIGHT, "dark": theme.DARK}
ENOUGH = 4.5  # WCAG 2.2, 1.4.3: contrast of text with what is behind it
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield path and tree of every module of the program."""
    for room in ("app.py", "arusha", "questionnaires", "scoring"):
        found = ROOT / room
        for path in [found] if found.is_file() else sorted(found.rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


MODULES = dict(modules())


def imported(tree: ast.Module) -> set[str]:
    """Return the first names of all that a module imports."""
    whole = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    parts = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in whole | parts}


def is_called(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield what is called as it is written, e.g. ``st.html``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_the_top_level_is_what_it_is_meant_to_be() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - MADE == TOP


def test_imports_run_one_way() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run([*command, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_every_folder_of_pages_is_seen_by_the_linter() -> None:
    """Folders of pages are no packages, so the linter sees only those that it is told."""
    named = (ROOT / ".importlinter").read_text(encoding="utf-8").split("root_packages =")[1].split("\n\n")[0]
    folders = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "arusha").glob("*/pages/*.py")}
    assert {folder.replace("/", ".") for folder in folders} <= set(named.split())


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_used_only_where_it_lives(library: str) -> None:
    users = [path for path, tree in MODULES.items() if library in imported(tree)]
    assert [path for path in users if not any(fnmatch(path, home) for home in HOMES[library])] == []


def test_every_outside_library_has_a_home() -> None:
    used = {name for tree in MODULES.values() for name in imported(tree)}
    own = {"arusha", "questionnaires", "scoring", ""}
    assert used - own - sys.stdlib_module_names == {name for name, homes in HOMES.items() if homes} & used


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        path
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    }
    assert readers <= READS_THE_ENVIRONMENT


def test_rules_frames_and_figures_read_no_clock() -> None:
    clocks = ("now", "today", "utcnow", "time", "monotonic", "getenv")
    pure = {path: tree for path, tree in MODULES.items() if Path(path).stem in ("rules", "frames", "figures")}
    pure |= {path: tree for path, tree in MODULES.items() if path.startswith(("scoring/", "questionnaires/"))}
    read = [
        f"{path}: {name}"
        for path, tree in pure.items()
        for name, _ in is_called(tree)
        if name.split(".")[-1] in clocks
    ]
    assert read == []


def test_raw_html_is_written_in_one_place() -> None:
    writers = {
        path
        for path, tree in MODULES.items()
        for _, call in is_called(tree)
        if any(keyword.arg == "unsafe_allow_html" for keyword in call.keywords)
    }
    assert writers == {"arusha/ui/parts/markup.py"}
    assert {path for path, tree in MODULES.items() if "st.html" in dict(is_called(tree))} == {
        "arusha/shell.py"
    }


@pytest.mark.parametrize(
    "never",
    ["eval", "exec", "compile", "st.cache_data", "st.cache_resource", "st.form", "__import__", "os.system"],
)
def test_some_things_are_never_called(never: str) -> None:
    allowed = ENTERED_AS_ONE if never == "st.form" else set()
    assert {path for path, tree in MODULES.items() if never in dict(is_called(tree))} == allowed


@pytest.mark.parametrize(
    "never", ["pickle", "marshal", "shelve", "dill", "yaml", "subprocess", "requests", "urllib3"]
)
def test_some_modules_are_never_imported(never: str) -> None:
    allowed = STARTS_PROGRAMS if never == "subprocess" else set()
    assert {path for path, tree in MODULES.items() if never in imported(tree)} == allowed


def test_nothing_is_fetched_from_outside() -> None:
    """The only addresses in the program are its own, names of formats, and what a message shows."""
    known = ("http://127.0.0.1", "http://www.w3.org/", "http://schemas.")
    known += ("https://integrity.example.org", "https://name")  # in what is said about a setting
    kinds = ("*.py", "*.js", "*.css", "*.svg")
    files = [path for kind in kinds for path in (ROOT / "arusha").rglob(kind)]
    found = [
        f"{path.relative_to(ROOT)}: {address}"
        for path in files
        for address in re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8"))
        if not address.startswith(known)
    ]
    assert found == []


def test_modules_open_with_a_sentence_and_stay_small() -> None:
    silent = [path for path, tree in MODULES.items() if path != "app.py" and not ast.get_docstring(tree)]
    assert silent == []
    long = {path: (ROOT / path).read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {path: lines for path, lines in long.items() if lines > 400} == {}


LIGHT_TOKENS = {
    "primaryColor": theme.TEAL,
    "backgroundColor": theme.LIGHT.paper,
    "secondaryBackgroundColor": theme.SAND,
    "textColor": theme.LIGHT.ink,
    "linkColor": theme.TEAL,
    "borderColor": theme.LINE,
    "orangeColor": theme.LIGHT.warn,
    "redColor": theme.RED,
    "grayColor": theme.LIGHT.quiet,
}
DARK_TOKENS = {
    "backgroundColor": theme.DARK.paper,
    "textColor": theme.DARK.ink,
    "linkColor": theme.DARK.strong,
    "borderColor": theme.DARK.line,
    "orangeColor": theme.DARK.warn,
    "grayColor": theme.DARK.quiet,
}


@pytest.mark.parametrize(("name", "tokens"), [("light", LIGHT_TOKENS), ("dark", DARK_TOKENS)])
def test_the_configured_colours_are_the_tokens(name: str, tokens: dict[str, str]) -> None:
    configured = CONFIG["theme"][name]
    assert {key: configured[key] for key in tokens} == tokens


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("key", ["textColor", "linkColor", "grayColor", "redColor"])
def test_text_can_be_read_on_every_paper(name: str, key: str) -> None:
    colours = CONFIG["theme"][name]
    papers = {colours["backgroundColor"], colours["secondaryBackgroundColor"]}
    papers |= {colours["sidebar"]["backgroundColor"], colours["sidebar"]["secondaryBackgroundColor"]}
    assert {p: c for p in papers if (c := round(theme.contrast(colours[key], p), 2)) < ENOUGH} == {}


@pytest.mark.parametrize("name", PALETTES)
def test_what_needs_a_person_can_be_read(name: str) -> None:
    colours = CONFIG["theme"][name]
    assert theme.contrast(colours["orangeColor"], colours["backgroundColor"]) >= ENOUGH


@pytest.mark.parametrize("name", PALETTES)
def test_the_words_of_a_button_can_be_read(name: str) -> None:
    """Streamlit writes in white on the primary colour, in both themes."""
    assert theme.contrast(theme.WHITE, CONFIG["theme"][name]["primaryColor"]) >= ENOUGH


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("part", ["ink", "quiet", "strong", "warn"])
def test_the_words_of_a_chart_can_be_read(name: str, part: str) -> None:
    palette = PALETTES[name]
    assert theme.contrast(getattr(palette, part), palette.paper) >= ENOUGH


@pytest.mark.parametrize(
    "steps",
    sorted({len(s.steps) for e in loading.editions() for s in loading.edition(e).structure.scales.values()}),
)
def test_figures_on_the_ramp_can_be_read(steps: int) -> None:
    ramp = [theme.step_colour(number, steps) for number in range(steps)]
    poor = {c: round(theme.contrast(theme.ink_on(c), c), 2) for c in ramp}
    assert {colour: found for colour, found in poor.items() if found < ENOUGH} == {}


def test_the_ramp_grows_darker_step_by_step() -> None:
    whites = [theme.contrast(theme.WHITE, colour) for colour in theme.RAMP]
    assert whites == sorted(whites)
    assert all(darker / lighter > 1.2 for lighter, darker in pairwise(whites))


@pytest.mark.parametrize("number", [0, 1])
def test_the_style_sheets_colours_of_text_can_be_read(number: int) -> None:
    sheet = theme.STYLE.read_text(encoding="utf-8")
    pairs = dict(re.findall(r"--(\w+): light-dark\(([^)]+)\)", sheet))
    paper = (theme.LIGHT, theme.DARK)[number].paper
    for name in {"head", "link", "amber", "red"} & pairs.keys():
        colour = pairs[name].split(",")[number].strip()
        assert theme.contrast(colour, paper) >= ENOUGH, name
    assert {"head", "link"} <= pairs.keys()


def test_contrast_is_what_wcag_says() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
