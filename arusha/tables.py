"""Every mapped table of the program: imported by whoever works on the database as a whole."""

from arusha.access import records as access
from arusha.assessments import records as assessments
from arusha.members import records as members
from arusha.plans import records as plans

__all__ = ["access", "assessments", "members", "plans"]
