"""Copies of a whole database that can be proved and put back: made while people work, restored as a whole."""

from arusha.store.backup.making import Made, make
from arusha.store.backup.manifest import Manifest
from arusha.store.backup.restoring import Restored, restoring

__all__ = ["Made", "Manifest", "Restored", "make", "restoring"]
