"""Whose the rows of a table are: one rule a table, kept to by every session and again by PostgreSQL.

A rule is written once against ``Who``: with the claims of a person as values it narrows what a session reads,
with the claims of the running transaction it becomes the policies of ``row_security``.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Integer, Table, and_, false, func, literal, or_, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import GenericFunction

from arusha.store.scope import Scope

WCO = ("wco", "members", "public")  # the audiences that include WCO staff
REGION = ("region", *WCO)
COUNTED = ("members", "public")


class place_of(GenericFunction[int]):  # noqa: N801 - the name of an SQL function
    """Where a text stands in another, from 1; 0 when it does not."""

    type = Integer()
    inherit_cache = True


@compiles(place_of, "sqlite")
def _in_sqlite(element: place_of, compiler: Any, **options: Any) -> str:
    return f"instr{compiler.process(element.clause_expr, **options)}"


@compiles(place_of, "postgresql")
def _in_postgresql(element: place_of, compiler: Any, **options: Any) -> str:
    return f"strpos{compiler.process(element.clause_expr, **options)}"


class Who(Protocol):
    """The claims a rule may ask for, each as an SQL expression."""

    def claim(self, name: str) -> ColumnElement[str]:
        """Return a claim's text."""

    def holds(self, name: str) -> ColumnElement[bool]:
        """Return whether a yes-or-no claim is made."""


class Named:
    """A person's claims as values."""

    def __init__(self, scope: Scope) -> None:
        self._claims = scope.claims()

    def claim(self, name: str) -> ColumnElement[str]:
        """Return a claim's text."""
        return literal(self._claims[name])

    def holds(self, name: str) -> ColumnElement[bool]:
        """Return whether a yes-or-no claim is made."""
        return true() if self._claims[name] else false()


class Rows:
    """Whose the rows of a table are. ``fixed`` columns are never changed once a row is written."""

    fixed: tuple[str, ...] = ()
    commands: tuple[str, ...] = ("INSERT", "UPDATE")

    def read(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return which rows a person may read."""
        raise NotImplementedError

    def write(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return which rows a person may add, or leave behind after a change."""
        return self.read(table, who)

    def allows(self, values: Mapping[str, Any], scope: Scope, session: Session) -> bool:
        """Return whether a person may write a row with these values."""
        raise NotImplementedError


class OwnRows(Rows):
    """Rows that name their administration."""

    def __init__(self, column: str) -> None:
        self._column = column
        self.fixed = (column,)

    def read(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return the rows of the own administration."""
        return _is(table.c[self._column], who.claim("administration"))

    def allows(self, values: Mapping[str, Any], scope: Scope, session: Session) -> bool:
        """Return whether the row is of the own administration."""
        return bool(scope.administration) and values.get(self._column) == scope.administration


class RegisterRows(OwnRows):
    """Administrations: one's own, and those that disclosed something to this person."""

    def __init__(self, column: str, disclosures: str) -> None:
        super().__init__(column)
        self._disclosures = disclosures

    def read(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return the own administration and those one may read something of."""
        shown = table.metadata.tables[self._disclosures]
        disclosed = select(shown.c.administration).where(_disclosed(shown, who))
        return or_(super().read(table, who), who.holds("door"), table.c[self._column].in_(disclosed))

    def write(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return the own administration."""
        return or_(super().read(table, who), who.holds("door"))

    def allows(self, values: Mapping[str, Any], scope: Scope, session: Session) -> bool:
        """Return whether the row is of the own administration, or an account is being made for it."""
        return scope.door or super().allows(values, scope, session)


class PartRows(Rows):
    """Rows that belong to a row of an administration's own: ``key`` is its id, ``parents`` its table.

    With ``practice``, each is about a practice. Rows without one are not for a person who answers for some
    factors only.
    """

    def __init__(self, key: str, parents: str, practice: str = "") -> None:
        self._key, self._parents, self._practice = key, parents, practice
        self.fixed = (key,)

    def read(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return the rows that belong to the own administration and to the own factors."""
        parents = table.metadata.tables[self._parents]
        own = select(parents.c.id).where(_is(parents.c.administration, who.claim("administration")))
        return and_(table.c[self._key].in_(own), self._of_own_factors(table, who))

    def _of_own_factors(self, table: Table, who: Who) -> ColumnElement[bool]:
        factors = who.claim("factors")
        if not self._practice:
            return factors == "*"
        dotted = table.c[self._practice] + literal(".")
        factor = func.substr(dotted, 1, place_of(dotted, literal(".")) - 1)
        return or_(factors == "*", _among(factor, factors))

    def allows(self, values: Mapping[str, Any], scope: Scope, session: Session) -> bool:
        """Return whether what it belongs to, and its practice, are within the own ones."""
        if scope.factors is not None:
            factor = str(values.get(self._practice, "")).partition(".")[0] if self._practice else ""
            if factor not in scope.factors:
                return False
        return bool(session.info["sees"](self._parents, values.get(self._key)))


class RoundRows(PartRows):
    """Rows that belong to a round, and with ``practice`` to a practice of it."""

    def __init__(self, practice: str = "") -> None:
        super().__init__("round_id", "rounds", practice)


class PlanRows(PartRows):
    """Rows that belong to an action plan."""

    def __init__(self) -> None:
        super().__init__("plan_id", "plans")


class PersonRows(Rows):
    """Rows a person keeps for themselves."""

    def __init__(self, column: str) -> None:
        self._column = column
        self.fixed = (column,)

    def read(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return one's own rows."""
        return _is(table.c[self._column], who.claim("person"))

    def allows(self, values: Mapping[str, Any], scope: Scope, session: Session) -> bool:
        """Return whether the row is one's own."""
        return values.get(self._column) == scope.person


class DisclosedRows(OwnRows):
    """What an administration disclosed: its own, and what is open to this person by consent."""

    def read(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return one's own, and what was disclosed to this person."""
        return _disclosed(table, who)

    def write(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return the rows of the own administration, to a person who answers for all of it."""
        return and_(OwnRows.read(self, table, who), who.claim("factors") == "*")

    def allows(self, values: Mapping[str, Any], scope: Scope, session: Session) -> bool:
        """Return whether the row is of the own administration, and the person answers for all of it."""
        return scope.factors is None and super().allows(values, scope, session)


class AccessRows(Rows):
    """Accounts and what signing in needs: met at the door only."""

    commands = ("INSERT", "UPDATE", "DELETE")

    def read(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return all of it at the door."""
        return who.holds("door")

    def allows(self, values: Mapping[str, Any], scope: Scope, session: Session) -> bool:
        """Return whether this is the door."""
        return scope.door


class TrailRows(Rows):
    """The trail: everyone adds to it, nobody changes it, and it is read by who may."""

    commands = ("INSERT",)

    def __init__(self, column: str) -> None:
        self._column = column

    def read(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return all of it, or what concerns the own administration."""
        own = _is(table.c[self._column], who.claim("administration"))
        return or_(who.claim("trail") == "all", and_(who.claim("trail") == "own", own))

    def write(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return every row: whoever acts leaves a trace."""
        return who.claim("person") != ""

    def allows(self, values: Mapping[str, Any], scope: Scope, session: Session) -> bool:
        """Return True: whoever acts leaves a trace."""
        return True


class HeadRows(Rows):
    """The newest link of the trail, which says nothing of what was done."""

    commands = ("UPDATE",)

    def read(self, table: Table, who: Who) -> ColumnElement[bool]:
        """Return it to whoever acts."""
        return who.claim("person") != ""

    def allows(self, values: Mapping[str, Any], scope: Scope, session: Session) -> bool:
        """Return True: whoever acts leaves a trace."""
        return True


def _disclosed(table: Table, who: Who) -> ColumnElement[bool]:
    """Return which disclosures are open: not withdrawn, and meant for this person; one's own in any case."""
    reads, audience = who.claim("reads"), table.c.audience
    meant = or_(
        and_(reads != "", reads != "aggregates", audience == "public"),
        and_(reads == "region", audience.in_(REGION), _is(table.c.region, who.claim("region"))),
        and_(reads == "wco", audience.in_(WCO)),
        and_(reads == "assigned", audience.in_(WCO), _among(table.c.administration, who.claim("assigned"))),
        and_(reads == "aggregates", audience.in_(COUNTED)),
    )
    own = _is(table.c.administration, who.claim("administration"))
    return or_(and_(own, who.claim("factors") == "*"), and_(table.c.withdrawn_at.is_(None), meant))


def _is(column: ColumnElement[Any], claimed: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(claimed != "", column == claimed)


def _among(column: ColumnElement[Any], listed: ColumnElement[str]) -> ColumnElement[bool]:
    """Return whether a column is one of a list between commas."""
    return place_of(listed, literal(",") + column + literal(",")) > 0
