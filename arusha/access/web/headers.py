"""What every response tells the browser: what a page may load, who may show it, what is not kept."""

import re
from base64 import b64encode
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import MutableHeaders

STREAMLIT = Path(getattr(find_spec("streamlit"), "origin", None) or "").parent / "static"
INDEX = STREAMLIT / "index.html"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)  # without attributes: written into the page itself
TWO_YEARS = 63_072_000
SHUT = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip


def allowed_script(index: Path = INDEX) -> str:
    """Return the sources of the scripts that stand in Streamlit's own page, for a content policy."""
    scripts = SCRIPT.findall(index.read_text(encoding="utf-8"))
    return " ".join(hashed(script) for script in scripts)


def hashed(text: str) -> str:
    """Return the source by which a content policy knows a script or style: its hash."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def page_policy(index: Path = INDEX) -> str:
    """Return the content policy of the pages that Streamlit draws.

    Nothing comes from, or goes to, another server. ``blob:`` is how Streamlit loads the scripts of own
    components, and inline styles are how it and plotly draw.
    """
    return "; ".join((
        "default-src 'none'",
        f"script-src 'self' blob: 'wasm-unsafe-eval' {allowed_script(index)}".strip(),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ))  # fmt: skip


def form_policy(style: str) -> str:
    """Return the content policy of a page that has no script at all and one style, known by its hash."""
    return "; ".join((
        "default-src 'none'",
        f"style-src {hashed(style)}",
        "img-src data:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ))  # fmt: skip


class Headers:
    """The headers that every response bears; a response's own content policy is kept."""

    def __init__(self, *, is_secure: bool) -> None:
        self._is_secure = is_secure
        self._always = {
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "same-origin",
            "permissions-policy": ", ".join(f"{name}=()" for name in SHUT),
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
        }
        if is_secure:
            self._always["strict-transport-security"] = f"max-age={TWO_YEARS}"
        self._policy = page_policy()

    def put_on(self, headers: MutableHeaders, *, is_kept: bool) -> None:
        """Add them to a response's headers; ``is_kept`` when the browser may keep what it shows."""
        headers.update(self._always)
        headers.setdefault("content-security-policy", self._policy)
        if not is_kept:
            headers["cache-control"] = "no-store"
        if self._is_secure:
            _secure_cookies(headers)


def _secure_cookies(headers: MutableHeaders) -> None:
    """Let no cookie, Streamlit's own neither, travel without TLS."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")
