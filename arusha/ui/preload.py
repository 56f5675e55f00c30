"""Tell the browser at once about the large script that the profile will need.

Streamlit asks for the chart's script only when the chart arrives; named in a header of the page,
it is fetched and read while the page is still starting.
"""

from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
PAGE = "/profile"


def chart_script() -> str:
    """Return the address of the chart's script in the installed Streamlit, or '' when it has none."""
    found = sorted(SCRIPTS.glob("PlotlyChart.*.js"))
    return f"/static/js/{found[0].name}" if found else ""


class PreloadChart:
    """Add the header to the page of the profile; leave everything else as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._script = chart_script()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, adding the header when the profile's page is sent."""
        if scope["type"] != "http" or scope["path"] != PAGE or not self._script:
            await self._app(scope, receive, send)
            return

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("link", f"<{self._script}>; rel=modulepreload")
            await send(message)

        await self._app(scope, receive, named)
