"""A few words of the language server protocol: open a plan, hear what is wrong with it, ask what could be typed."""

from __future__ import annotations

import json
import os
import subprocess
from threading import Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 120
"""Seconds after which a server that says nothing is ended, so that no test waits for ever."""
SETTINGS = {"yaml": {"validate": True, "completion": True, "schemaStore": {"enable": False}}}


class Editor:
    """One server process and one open file, as an editor keeps them."""

    def __init__(self, node: str, server: Path, file: Path) -> None:
        self.uri = file.as_uri()
        self.version = 0
        self.asked = 0
        self.findings: list[dict[str, Any]] | None = None
        self.process = subprocess.Popen(
            [node, server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.watch = Timer(PATIENCE, self.process.kill)
        self.watch.start()
        self.ask("initialize", {"processId": os.getpid(), "rootUri": None, "locale": "zh-cn", "capabilities": {}})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def write(self, text: str) -> list[str]:
        """Put `text` into the file and return what the server says of it, each as `line: message`."""
        self.version += 1
        self.findings = None
        file: dict[str, Any] = {"uri": self.uri, "version": self.version}
        if self.version == 1:
            self.tell("textDocument/didOpen", {"textDocument": file | {"languageId": "yaml", "text": text}})
        else:
            self.tell("textDocument/didChange", {"textDocument": file, "contentChanges": [{"text": text}]})
        while self.findings is None:
            self.hear()
        return [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in self.findings]

    def complete(self, line: int, column: int) -> list[str]:
        """Return what could be typed at a place (both from 1)."""
        place = {"line": line - 1, "character": column - 1}
        found = self.ask("textDocument/completion", {"textDocument": {"uri": self.uri}, "position": place})
        return [one["label"] for one in (found["items"] if isinstance(found, dict) else found)]

    def close(self) -> None:
        self.watch.cancel()
        self.process.kill()
        self.process.communicate()

    def ask(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the method answers
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": parameters})
        while True:
            message = self.hear()
            if message.get("id") == self.asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, parameters: dict[str, Any]) -> None:
        self.send({"method": method, "params": parameters})

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """Read one message; answer the server's own questions with nothing, keep what it says of the file."""
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == self.uri:
            self.findings = message["params"]["diagnostics"]
        return message
