"""The reader's language: a translator that is passed as a value, and the catalogues behind it."""

from arusha.i18n.translator import Translator, offered, own_name, translator

__all__ = ["Translator", "offered", "own_name", "translator"]
