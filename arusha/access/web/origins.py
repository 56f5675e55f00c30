"""Whether a request was meant for this server, and whether one of its own pages sent it."""

from arusha.access.local import is_this_computer

USUAL_PORTS = {"http": "80", "https": "443"}


class Address:
    """The address that people open; without one it is any name of this computer, on any port."""

    def __init__(self, origin: str) -> None:
        scheme, _, netloc = origin.lower().partition("://")
        self.scheme = scheme or "http"
        self.netloc = _without_usual_port(netloc, self.scheme)
        self.origin = f"{self.scheme}://{self.netloc}" if origin else ""

    @property
    def host(self) -> str:
        """Return the name without the port, '' when it is this computer's."""
        return _name(self.netloc)

    def meant_by(self, host: str) -> str:
        """Return a request's host as this server knows itself, '' when another server was meant."""
        asked = _without_usual_port(host.lower(), self.scheme)
        if self.netloc:
            return self.netloc if asked == self.netloc else ""
        return asked if is_this_computer(_name(asked)) else ""

    def is_own(self, origin: str, host: str) -> bool:
        """Return whether a page of this server sent the request; ``host`` is what ``meant_by`` returned."""
        return bool(host) and origin.lower() == f"{self.scheme}://{host}"


def _without_usual_port(netloc: str, scheme: str) -> str:
    return netloc.removesuffix(f":{USUAL_PORTS.get(scheme, '')}")


def _name(netloc: str) -> str:
    """Return the name of ``name:port``, of ``[::1]:port`` the address."""
    if netloc.startswith("["):
        name, closed, rest = netloc[1:].partition("]")
        return name if closed and (not rest or rest[0] == ":") else ""
    return netloc.partition(":")[0]
