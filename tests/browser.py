"""A real Chromium, driven over its debugging protocol, for tests to show pages in."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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
        await self.show(width=width, height=height, dark=dark)
        await self.call("Page.navigate", url=page.as_uri())
        for _ in range(500):
            if await self.value("document.readyState") == "complete":
                return
            await asyncio.sleep(0.01)
        raise TimeoutError(page)

    async def show(self, *, width: int, height: int = 900, dark: bool = False) -> None:
        """Show the page that is open on another screen, which is far quicker than to open it there again."""
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        await self.call("Emulation.setEmulatedMedia", features=scheme)
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

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
    tab = Tab(socket)
    try:
        done = await work(tab)
        await tab.call("Page.navigate", url="about:blank")
        return done
    finally:
        socket.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Callable[[Callable[[Tab], Any]], Any]]:
    """Give what does work in a tab of Chromium, started once with an empty profile, or skip where there is none."""
    if not FOUND:
        pytest.skip("no Chromium is installed")
    profile = Path(tempfile.mkdtemp(prefix="perfkit-chromium-"))
    process = subprocess.Popen(
        [FOUND, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield lambda work: asyncio.run(_in_tab(profile, work))
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(profile, ignore_errors=True)
