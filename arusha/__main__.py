"""``python -m arusha``: every command, each in the module of its name in ``commands``.

A module is imported when its command is called: ``score`` shall answer without loading a database.
"""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command

from arusha.commands import telling

COMMANDS = (
    "questionnaire",
    "score",
    "round",
    "plan",
    "sample",
    "account",
    "audit",
    "doctor",
    "backup",
    "restore",
    "upgrade",
    "version",
)


class Modules(MutableMapping[str, Any]):
    """Command name -> command, imported when it is asked for; there is nothing to set."""

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        return get_command(import_module(f"arusha.commands.{name}").app)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)

    def __setitem__(self, name: str, command: Any) -> None:
        """Refuse: a command is a module in ``commands``."""
        raise TypeError(name)

    def __delitem__(self, name: str) -> None:
        """Refuse: a command is a module in ``commands``."""
        raise TypeError(name)


class Commands(TyperGroup):
    """All commands; one that is refused says every problem and ends with exit code 1."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Modules()

    def invoke(self, ctx: Any) -> Any:
        """Call the command."""
        with telling.refusals():
            return super().invoke(ctx)


app = telling.commands("Assess the integrity of a customs administration.", cls=Commands)


@app.callback()
def main() -> None:
    """Assess the integrity of a customs administration.

    Exit codes: 0 done, 1 refused (nothing has changed), 2 wrong usage.
    """


if __name__ == "__main__":
    telling.be_plain()
    app(prog_name="python -m arusha")
