"""The table of ``matrix.toml`` as cells: a yes or no for every role, action, relation and state."""

import inspect
import pkgutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import arusha
from arusha.access.roles import Role
from arusha.access.rules import Permission

FILE = Path(__file__).with_name("matrix.toml")
TABLE: Mapping[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
WIDER = ("region", "wco", "members", "public")
ABOUT = ("round", "answer", "plan", "shared", "administration", "account", "oneself")
KEYS = {"about", "own", "own_other", "foreign", "none", "who", "in", "as"}
WITHIN = {"access.trail.refused"}  # what a service itself calls when it refuses


class Relation(StrEnum):
    """Whose something is, as one person sees it."""

    OWN = "own"
    OWN_OTHER = "own_other"
    SAME_REGION = "same_region"
    OTHER_REGION = "other_region"
    ASSIGNED = "assigned"
    NONE = "none"

    @property
    def is_own(self) -> bool:
        return self in (Relation.OWN, Relation.OWN_OTHER)

    @property
    def is_foreign(self) -> bool:
        return not self.is_own and self is not Relation.NONE


class State(StrEnum):
    """What became of a round."""

    OPEN = "open"
    SIGNED = "signed"
    REGION = "region"
    WCO = "wco"
    MEMBERS = "members"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"

    @property
    def audience(self) -> str:
        return self.value if self.value in WIDER else "national"


@dataclass(frozen=True)
class Cell:
    """One question of the matrix; ``what`` is a permission or the name of a service."""

    role: Role
    what: str
    relation: Relation
    state: State


def permission_cells() -> dict[Cell, bool | None]:
    """Return every cell of the permissions; None where the role has no administration of its own."""
    found: dict[Cell, bool | None] = {}
    for name, rows in TABLE["permission"].items():
        for role, row in rows.items():
            for relation, said in zip(Relation, row.split(), strict=True):
                for state in State:
                    found[Cell(Role(role), Permission(name).value, relation, state)] = _meant(said, state)
    return found


def _meant(said: str, state: State) -> bool | None:
    known: dict[str, bool | None] = {"yes": True, "no": False, "-": None}
    if said in known:
        return known[said]
    return state.audience != "national" and WIDER.index(state.audience) >= WIDER.index(said)


PERMISSIONS = permission_cells()


def service_cells() -> dict[Cell, bool | None]:
    """Return every cell of the services."""
    return {
        Cell(role, name, relation, state): _allowed(name, row, role, relation, state)
        for name, row in TABLE["service"].items()
        for role in Role
        for relation in Relation
        for state in State
    }


def _allowed(name: str, row: Mapping[str, str], role: Role, relation: Relation, state: State) -> bool | None:
    if relation.is_own and role.value not in TABLE["national"]:
        return None
    if row["about"] == "oneself":
        return role.value in _listed(row["who"])
    if row["about"] == "shared":
        is_there = state.value in TABLE["shared"] and relation is not Relation.NONE
        return is_there and bool(PERMISSIONS[Cell(role, row["as"], relation, state)])
    if relation.is_own and row["about"] in ("round", "answer", "plan") and state.value not in _states(row):
        return False
    return role.value in _listed(_who(row, relation))


def _who(row: Mapping[str, str], relation: Relation) -> str:
    if relation.is_own:
        return row.get(relation.value, row.get("own", ""))
    return row.get("none" if relation is Relation.NONE else "foreign", "")


def _states(row: Mapping[str, str]) -> list[str]:
    return row.get("in", " ".join(State)).split()


def _listed(said: str) -> list[str]:
    return list(Role) if said == "everybody" else said.split()


SERVICES = service_cells()


@cache
def services() -> Mapping[str, Callable[..., Any]]:
    """Return every function that takes an actor and a store, by its name in the table.

    That is capability, module and function; the folders in between may change.
    """
    found = [(name, function) for name, function, first in _found() if first == ["actor", "store"]]
    assert len(dict(found)) == len(found), "two services bear one name"
    return {name: function for name, function in found if name not in WITHIN}


@cache
def on_a_store() -> set[str]:
    """Return every function of the program that takes a store and nobody who asks."""
    return {name for name, _, first in _found() if first[:1] == ["store"]}


def _found() -> Iterator[tuple[str, Callable[..., Any], list[str]]]:
    for module in pkgutil.walk_packages(arusha.__path__, "arusha."):
        if any(part in module.name for part in (".pages", ".migrations", ".shell", ".__main__", ".commands")):
            continue
        found = import_module(module.name)
        for name, function in inspect.getmembers(found, inspect.isfunction):
            if function.__module__ == found.__name__ and not name.startswith("_"):
                first = [one.lstrip("_") for one in list(inspect.signature(function).parameters)[:2]]
                rooms = module.name.split(".")[1:]
                yield ".".join([*dict.fromkeys((rooms[0], rooms[-1])), name]), function, first
