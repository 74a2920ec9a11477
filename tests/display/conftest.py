"""Frames that several tests show, and a real Chromium, driven over its debugging protocol, to show them in."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat.v4
import pandas as pd
import pytest
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import websocket_connect

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
]
FOUND = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


class Tab:
    """One tab; every call is a command of the protocol, and requests and dialogs are kept."""

    def __init__(self, socket: Any) -> None:
        self.socket, self.number = socket, 0
        self.requests: list[str] = []
        self.dialogs: list[str] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.number += 1
        await self.socket.write_message(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(await asyncio.wait_for(self.socket.read_message(), 30))
            self._keep(message)
            if message.get("id") == self.number:
                assert "error" not in message, message
                return message["result"]

    def _keep(self, message: dict[str, Any]) -> None:
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        if message.get("method") == "Page.javascriptDialogOpening":
            self.dialogs.append(message["params"]["message"])

    async def open(self, page: Path, *, width: int, height: int = 900, dark: bool = False) -> None:
        await self.call("Network.enable")
        await self.call("Page.enable")
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        await self.call("Emulation.setEmulatedMedia", features=scheme)
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        await self.call("Page.navigate", url=page.as_uri())
        for _ in range(100):
            if await self.value("document.readyState") == "complete":
                return
            await asyncio.sleep(0.05)
        raise TimeoutError(page)

    async def value(self, expression: str) -> Any:
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    async def key(self, key: str, code: int) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    async def picture(self) -> bytes:
        shot = await self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(shot["data"])


def visit(work: Callable[[Tab], Any]) -> Any:
    """Start Chromium with an empty profile, do the work in a tab, and end it."""
    assert FOUND
    profile = Path(tempfile.mkdtemp(prefix="perfkit-chromium-"))
    process = subprocess.Popen(
        [FOUND, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return asyncio.run(_in_tab(profile, work))
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(profile, ignore_errors=True)


async def _in_tab(profile: Path, work: Callable[[Tab], Any]) -> Any:
    port_file, until = profile / "DevToolsActivePort", time.monotonic() + 30
    while not port_file.exists() or not port_file.read_text().strip():
        if time.monotonic() > until:
            raise TimeoutError("Chromium did not start within 30 seconds")
        await asyncio.sleep(0.05)
    port = port_file.read_text().split()[0]
    os.environ.setdefault("NO_PROXY", "127.0.0.1")
    listed = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/json/list")
    address = next(tab["webSocketDebuggerUrl"] for tab in json.loads(listed.body) if tab["type"] == "page")
    socket = await websocket_connect(address, max_message_size=100 * 2**20)
    try:
        return await work(Tab(socket))
    finally:
        socket.close()


@pytest.fixture
def chromium() -> Callable[[Callable[[Tab], Any]], Any]:
    """Give what visits a page in Chromium, or skip where it is not installed."""
    if not FOUND:
        pytest.skip("no Chromium is installed")
    return visit


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "</td></tr></table><script>alert(1)</script>",
    "</caption></title></style><script>alert(1)</script>",
    "<style>body{display:none}</style>",
    "<!-- <script>alert(1)</script> -->",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "$x^{2}$ \\frac{1}{2} #12436d",
    "a\x00b\x1b[31mc",
    'url(#c1) id="main" href="#main"',
    "**bold** [x](javascript:alert(1)) ![y](http://example.org/z.png)",
)
"""Texts that a workbook may hold and that must reach the reader as text."""


@pytest.fixture(params=[" ".join(HOSTILE[start : start + 4]) for start in range(0, len(HOSTILE), 4)], ids=list("abcde"))
def hostile(request: pytest.FixtureRequest) -> str:
    """Give the hostile texts, four at a time."""
    return str(request.param)


def rated_frame(text: str = "") -> pd.DataFrame:
    """Type three indicators: one red with a reason, one green without a value, one not rated with a marker."""
    return pd.DataFrame(
        {
            "indicator": ["hours", "users", "exclusions"],
            "ref": ["7", "1", "10"],
            "title": ["Reablement hours" + text, "Users satisfied" + text, "Exclusions" + text],
            "directorate": ["SCS", "SCS", "CEF"],
            "priority": ["Efficient" + text, "Protecting" + text, "Thriving" + text],
            "outcome": ["E5", "V7", "T2"],
            "unit": ["hours", "percent", "quartile"],
            "decimals": [0, 1, 0],
            "period": "2017-18 Q1",
            "data_period": ["2017-18 Q1", "2016-17 Q4", "2017-18 Q1"],
            "value": [5976.0, 66.96, float("nan")],
            "value_of_which": float("nan"),
            "status": ["illustrative", "final", None],
            "marker": [None, None, "[x]" + text],
            "marker_means": [None, None, "not available" + text],
            "target_text": ["8920" + text, "67%" + text, None],
            "target_low": [8920.0, 67.0, float("nan")],
            "expected": [8920.0, 67.0, float("nan")],
            "expected_high": float("nan"),
            "expected_of_which": float("nan"),
            "calculated": ["red", "green", "not rated"],
            "calculated_reason": [None, None, "no value" + text],
            "rule_text": ["Green at target, amber within 10%." + text, "Green at target." + text, None],
            "file": [
                "2017-18/Q1/returns/SCS.xlsx" + text,
                "2017-18/Q1/returns/SCS.xlsx",
                "2017-18/Q1/returns/CEF.xlsx",
            ],
            "sheet": "Dashboard" + text,
            "cell": ["H9", "H3", "H12"],
            "vintage": ["1a2b3c4d5e6f", "1a2b3c4d5e6f", "0f0e0d0c0b0a"],
            "target_file": "2017-18/framework.xlsx",
            "target_sheet": "Targets",
            "target_cell": ["F8", "F2", "F11"],
            "assessed": ["red", "amber", None],
            "outlook": ["improving", "stable", None],
            "reason": [None, "One survey was late." + text, None],
            "action": [None, "Ask again." + text, None],
            "effective": ["red", "amber", "not rated"],
            "effective_reason": ["the director's rating", "the director's rating", "no value" + text],
            "differs": [False, True, False],
            "question": None,
            "assessed_file": "2017-18/Q1/returns/SCS.xlsx",
            "assessed_sheet": "Dashboard",
            "assessed_cell": ["J9", "J3", "J12"],
        }
    )


def rolled_frame(text: str = "") -> pd.DataFrame:
    """Type two outcomes of two priorities."""
    return pd.DataFrame(
        {
            "outcome": ["E5", "V7"],
            "title": ["Effective services" + text, "Better experience" + text],
            "priority": ["Efficient" + text, "Protecting" + text],
            "directorate": ["SCS" + text, "SCS"],
            "rag": ["red", "amber"],
            "rag_reason": ["worst of 3: red on 7" + text, "worst of 1: amber on 1"],
            "assessed": ["red", None],
            "differs": [False, False],
            "indicators": [3, 1],
            "green": [1, 0],
            "amber": [1, 1],
            "red": [1, 0],
            "not_rated": [0, 0],
        }
    )


def notebook_of(*pieces: Any) -> Any:
    """Make an executed notebook whose cells show the pieces; text becomes a markdown cell."""
    cells = []
    for piece in pieces:
        if isinstance(piece, str):
            cells.append(nbformat.v4.new_markdown_cell(piece))
            continue
        data = piece if isinstance(piece, dict) else {"text/html": piece._repr_html_(), "text/plain": repr(piece)}
        shown = nbformat.v4.new_output("display_data", data=data)
        cells.append(nbformat.v4.new_code_cell("page.show()", execution_count=1, outputs=[shown]))
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture
def rated() -> pd.DataFrame:
    """Give rated indicators."""
    return rated_frame()


@pytest.fixture
def rolled() -> pd.DataFrame:
    """Give rated outcomes."""
    return rolled_frame()


@pytest.fixture
def notebook() -> Callable[..., Any]:
    """Give what makes an executed notebook."""
    return notebook_of


@pytest.fixture
def everything() -> Callable[[str], list[Any]]:
    """Give what draws every piece, chart and table of the room with a text wherever a workbook's text can come."""
    return _everything


def _everything(text: str = "") -> list[Any]:
    from perfkit.display import charts, page, tables

    months = pd.DataFrame({"month": ["April 2017", "May 2017", "June 2017"], "days": [28.0, float("nan"), 25.1]})
    areas = pd.DataFrame({"area": ["Here" + text, "There" + text, "Far"], "days": [38.2, 14.1, 9.0], "rank": [1, 2, 3]})
    said = pd.DataFrame(
        {
            "kind": ["cause", "action", "achievement"],
            "subject": ["hours", "hours", "Efficient" + text],
            "text": ["Few carers." + text, "Recruit." + text, "Done." + text],
            "status": ["final", "final", "illustrative"],
        }
    )
    files = pd.DataFrame({"file": ["SCS.xlsx" + text], "vintage": ["1a2b"], "received": [pd.Timestamp("2017-07-20")]})
    rated, rolled = rated_frame(text), rolled_frame(text)
    source, what = "returns" + text, "Delays" + text
    trend = pd.DataFrame({"indicator": ["hours", "hours", "hours"], "value": [1.0, 3.0, 2.0]})
    look: dict[str, Any] = {"unit": "days", "source": source, "what": what}
    columns = {"title": "Indicator" + text, "value": "Value" + text, "effective": "Rating"}
    return [
        page.title("Report" + text, subtitle="Quarter 1" + text, organisation="Council" + text, status="Draft" + text),
        page.headline("One is red." + text),
        page.heading("Where we stand" + text),
        page.subheading("Part" + text),
        page.text("Words." + text),
        page.bullets(["a" + text, "b"]),
        page.numbered(["a" + text, "b"], start=3),
        page.notice("Made up." + text, kind="illustrative"),
        page.figures([("Red" + text, 2, "of 23" + text), ("Rate", "67.0%" + text)]),
        charts.rag_bars(rolled, by="title", title="One red" + text, source=source),
        charts.heat_map(rated, row="title", column="period", value="effective", title="Now" + text, source=source),
        charts.trend(
            months, x="month", y="days", title="Falling" + text, target=24.5, target_name="Goal" + text, **look
        ),
        charts.ranked_bars(areas, label="area", value="days", title="Here most" + text, focus="Here" + text, **look),
        charts.dot_plot(
            areas, label="area", value="days", title="Highest" + text, focus="Here" + text, average=20.4, **look
        ),
        tables.table(
            rated, caption="All" + text, columns=columns, ratings=["effective"], notes=["N" + text], where=True
        ),
        tables.scorecard(rated, caption="Scorecard" + text, outcomes=rolled, trend=trend),
        tables.outcomes(rolled, caption="Outcomes" + text),
        tables.exceptions(rated, said, caption="Exceptions" + text),
        tables.key_points(said, kind="achievement"),
        tables.ranking(areas, caption="Ranks" + text, label="area", value="days", unit="days", focus="Here" + text),
        page.sources(
            files, parameters={"quarter" + text: "2017-18 Q1" + text}, versions={"perfkit": "1"}, rules=["R" + text]
        ),
    ]
