"""Gather every sentence a reader may meet into the message catalogue: ``python -m arusha.i18n.extraction``.

Babel's own extractor finds functions by bare name; ours are also attributes (``here.t``, ``reading.t``).
A sentence is the first argument of a call of ``t`` or ``N_``, and the first two of a call of ``many``.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from arusha.i18n.translator import CATALOGUES

ROOT = Path(__file__).parents[2]
SOURCES = ("arusha", "questionnaires", "scoring")
TEMPLATE = CATALOGUES / "arusha.pot"
ONE, SEVERAL = ("t", "N_"), "many"
CHANGING = '"POT-Creation-Date'  # left out, so that the same sentences give the same file

Sentence = tuple[str, ...]
"""A sentence, or its singular and plural."""

HEADER = """# Every sentence of the Arusha integrity toolkit, in English.
# A language is a copy of this file, named after it (fr.po) and translated.
#"""


def main() -> None:
    """Write the catalogue's template and say how many sentences it has."""
    catalog = gather()
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(as_file(catalog))
    sys.stdout.write(f"{TEMPLATE.relative_to(ROOT)}: {len(catalog)} sentences\n")


def gather(root: Path = ROOT) -> Catalog:
    """Return the sentences of the program below ``root``, each with the files it stands in."""
    catalog = Catalog(project="Arusha integrity toolkit", charset="utf-8", header_comment=HEADER)
    for path in sorted(found for source in SOURCES for found in (root / source).rglob("*.py")):
        place = path.relative_to(root).as_posix()
        for sentence in sentences(path.read_text(encoding="utf-8")):
            found = catalog.add(sentence if len(sentence) > 1 else sentence[0], locations=[(place, 0)])
            found.flags.discard("python-format")  # "80 % of …" is no placeholder; ours are {names}
    return catalog


def sentences(source: str) -> Iterator[Sentence]:
    """Yield the sentences of a module's source, in order."""
    for call in sorted(calls(ast.parse(source)), key=lambda node: (node.lineno, node.col_offset)):
        wanted = call.args[: 2 if name_of(call) == SEVERAL else 1]
        texts = [constant(argument) for argument in wanted]
        if texts and None not in texts:
            yield tuple(text for text in texts if text is not None)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call that takes a sentence."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in (*ONE, SEVERAL):
            yield node


def name_of(call: ast.Call) -> str:
    """Return the last name of what is called: ``t`` for ``here.t(…)``; '' when it has none."""
    called = call.func
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) and called.id != SEVERAL else ""


def constant(node: ast.expr) -> str | None:
    """Return the text of a constant, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def as_file(catalog: Catalog) -> bytes:
    """Return a template file: sorted, without line numbers, the same for the same sentences."""
    written = io.BytesIO()
    write_po(written, catalog, sort_output=True, include_lineno=False, width=100)
    kept = [line for line in written.getvalue().decode().splitlines() if not line.startswith(CHANGING)]
    return ("\n".join(kept).rstrip() + "\n").encode()


if __name__ == "__main__":
    main()
