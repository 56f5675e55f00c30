"""The web side of server mode: what guards every request, and the forms people sign in with."""
