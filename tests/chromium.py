"""A few words of the Chrome DevTools Protocol over a pipe: open a page, click, type, look, hear what goes wrong."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from threading import Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 120
"""Seconds after which a browser that says nothing is ended, so that no test waits for ever."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # the suite may run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--remote-debugging-pipe",
)
# The browser reads commands on descriptor 3 and answers on 4; this puts our pipe there and becomes the browser.
LAUNCH = (
    "import os, sys, fcntl\n"
    "ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]\n"
    "os.dup2(ends[0], 3), os.dup2(ends[1], 4)\n"
    "os.execv(sys.argv[3], sys.argv[3:])\n"
)
KEYS = {"Escape": 27, "Enter": 13, " ": 32, "ArrowDown": 40}


def installed() -> str | None:
    """Return the browser of this machine: XIAXIANG_CHROMIUM, or one of the usual names; None where there is none."""
    named = os.environ.get("XIAXIANG_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


class Page:
    """One browser process with one page in it, and what the page asked for and complained of."""

    def __init__(self, browser: str, profile: Path) -> None:
        commands, ours = os.pipe()
        theirs, answers = os.pipe()
        call = [sys.executable, "-c", LAUNCH, str(commands), str(answers), browser, *OPTIONS]
        self.process = subprocess.Popen(
            [*call, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(commands, answers),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        self.commands, self.answers = os.fdopen(ours, "wb"), os.fdopen(theirs, "rb")
        self.watch = Timer(PATIENCE, self.process.kill)
        self.watch.start()
        self.unread = b""
        self.asked = 0
        self.session = ""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.loaded = False
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def open(self, file: Path, width: int, height: int = 900) -> None:
        """Open a file in a window of that width, and wait until it has loaded."""
        self.requests.clear()
        self.complaints.clear()
        self.loaded = False
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        self.ask("Page.navigate", url=file.as_uri())
        while not self.loaded:
            self.hear()

    def see(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """Return the value of a script in the page."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Click with the mouse in the middle of the first element that the selector finds."""
        box = self.see(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)}); one.scrollIntoView({{block: "
            "'center'}); const box = one.getBoundingClientRect(); "
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def write(self, text: str) -> None:
        """Type text into whatever has the focus, as an input method does."""
        self.ask("Input.insertText", text=text)

    def press(self, key: str) -> None:
        """Press and release one key."""
        typed = {"Enter": {"text": "\r"}, " ": {"text": " "}}.get(key, {})
        for kind, text in (("keyDown" if typed else "rawKeyDown", typed), ("keyUp", {})):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=KEYS[key], **text)

    def picture(self) -> bytes:
        """Return the whole page as a .png."""
        return base64.b64decode(self.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def paper(self) -> bytes:
        """Return the page as it would be printed, a .pdf."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def close(self) -> None:
        self.session = ""
        self.ask("Browser.close")
        self.process.wait()
        self.watch.cancel()
        self.commands.close()
        self.answers.close()

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 - as the protocol has them
        self.asked += 1
        message: dict[str, Any] = {"id": self.asked, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.commands.write(json.dumps(message).encode() + b"\0")
        self.commands.flush()
        while True:
            answer = self.hear()
            if answer.get("id") == self.asked:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def hear(self) -> dict[str, Any]:
        """Read one message; keep what the page asks for and what it complains of."""
        while b"\0" not in self.unread:
            data = os.read(self.answers.fileno(), 1 << 20)
            assert data, "the browser has ended"
            self.unread += data
        text, _, self.unread = self.unread.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        self.keep(message.get("method", ""), message.get("params", {}))
        return message

    def keep(self, method: str, told: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(told["exceptionDetails"]["text"])
        elif method == "Log.entryAdded" and told["entry"]["level"] in {"warning", "error"}:
            self.complaints.append(told["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and told["type"] in {"warning", "error", "assert"}:
            self.complaints.append(str(told["args"]))
