"""The commands of ``python -m arusha``, a module each: they parse, call a service and show."""
