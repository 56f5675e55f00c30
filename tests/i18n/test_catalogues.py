"""A language is one file: made from the template as the documentation says, it is offered and spoken."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

from arusha.i18n import extraction, offered, translator

ROOT = Path(__file__).parents[2]
TRANSLATING = import_module("arusha.i18n.translator")
COMMANDS = re.findall(
    r"^pybabel .*$", (ROOT / "arusha" / "README.md").read_text(encoding="utf-8"), re.MULTILINE
)


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder of catalogues with the template and nothing else, which the program reads."""
    folder = tmp_path / "arusha" / "i18n" / "catalogues"
    folder.mkdir(parents=True)
    (folder / "arusha.pot").write_bytes(extraction.TEMPLATE.read_bytes())
    monkeypatch.setattr(TRANSLATING, "CATALOGUES", folder)
    monkeypatch.chdir(tmp_path)
    TRANSLATING._catalogue.cache_clear()
    yield folder
    TRANSLATING._catalogue.cache_clear()


def translate(path: Path, sentence: str | tuple[str, str], said: str | tuple[str, ...]) -> None:
    with path.open("rb") as source:
        catalog = read_po(source)
    found = catalog.get(sentence)
    assert found is not None
    found.string = said
    with path.open("wb") as target:
        write_po(target, catalog)


def test_the_source_language_needs_no_file(catalogues: Path) -> None:
    assert offered() == ("en",)
    assert translator("fr-FR").language == "en"
    assert [path.name for path in catalogues.iterdir()] == ["arusha.pot"]


def test_a_language_made_as_documented_is_offered_and_spoken(catalogues: Path) -> None:
    make, renew = COMMANDS
    CommandLineInterface().run(make.split())
    spanish = catalogues / "es.po"
    translate(spanish, "Open", "Abierta")
    several = ("{count} signature holds.", "{count} signatures hold.")
    translate(spanish, several, ("{count} firma es válida.", "{count} firmas son válidas."))
    CommandLineInterface().run(renew.split())
    assert offered() == ("en", "es")
    t = translator("es_MX.UTF-8")
    assert t("Open") == "Abierta"
    assert t("Profile") == "Profile", "what is not translated yet appears in English"
    assert t.many(*several, 1) == "1 firma es válida."
    assert t.many(*several, 2) == "2 firmas son válidas."
    assert t.number(12345.5) != translator("en").number(12345.5)
