"""The web side of server mode, against real servers."""
