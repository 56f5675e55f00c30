"""The table of administrations that have been registered in this database."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from arusha.store import Base
from arusha.store.rows import RegisterRows


class AdministrationRecord(Base):
    """An administration; ``name`` is kept only when CLDR has none of its own for the code."""

    __tablename__ = "administrations"
    __table_args__ = (CheckConstraint("length(code) = 2", name="code_has_two_letters"),)
    rows = RegisterRows("code", "disclosures")

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    region: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120), default="")
