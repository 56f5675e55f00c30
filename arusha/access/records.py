"""The table of what each person prefers."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from arusha.store import Base


class PreferenceRecord(Base):
    """The language a person chose to read in."""

    __tablename__ = "preferences"

    actor: Mapped[str] = mapped_column(String(80), primary_key=True)
    language: Mapped[str] = mapped_column(String(20))
