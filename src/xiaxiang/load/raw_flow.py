"""Signs inside `{…}` and `[…]`: what ends an item, what follows a key, and which of them should be half-width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.load.raw_signs import (
    BLANKS,
    CLOSING,
    WIDE_CLOSING,
    WIDE_COLONS,
    WIDE_OPENING,
    WORD,
    Trap,
    blank_code,
    hidden_in,
)
from xiaxiang.load.raw_words import is_free, keys

if TYPE_CHECKING:
    from collections.abc import Callable

_DEEPEST: Final = 40
_LONGEST_ITEM: Final = 20
_BLANKS: Final = re.compile(f"[{BLANKS}]*")
_KEY: Final = re.compile(rf"(?P<key>{WORD})[ \u3000\u00a0]*(?P<sign>[:{WIDE_COLONS}])(?P<after>[{BLANKS}]*)")
_NEXT_KEY: Final = re.compile(
    rf"[{BLANKS}]*[\"“”]?(?P<key>{WORD})[\"“”]?[ \u3000]*(?P<sign>[:{WIDE_COLONS}])(?P<after>.?)"
)
_QUOTED: Final = re.compile(rf"[“”]([^“”\"\\]*)(?:[“”]|\"(?=[{BLANKS}]*(?:[,，\]}}］｝】]|$)))")
_MIXED: Final = re.compile(rf"[“”](?=[{BLANKS}]*(?:[,，\]}}］｝】:：]|$))")
_CLOSED: Final = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"'),
    "'": re.compile(r"'(?:[^']|'')*'"),
}
_STOP: Final = re.compile(r"[,\[\]{}，｝］】#]")
_PAUSES: Final = re.compile("[。；！？：、]")
_ENDS: Final = re.compile(rf"[{BLANKS}]*(?:[,，\]}}］｝】]|$)")


@dataclass(slots=True)
class _Frame:
    """One open bracket: its half-width sign, the slip that it was (if any), and the key whose value is being read."""

    sign: str
    written: str
    trap: Trap | None
    owner: str
    key: str = ""


class Flow:
    """The scan of one value in brackets, line by line. `found` takes the slips."""

    def __init__(self, owner: str, base: int, found: Callable[[Trap], None]) -> None:
        """Begin a value of key `owner`, whose column is `base`: lines that are not indented further do not belong."""
        self.base = base
        self._owner = owner
        self._found = found
        self._frames: list[_Frame] = []
        self._quote = ""

    def read(self, text: str, line: int, at: int) -> int | None:
        """Return the column after the end of the value; None where it goes on in the next line."""
        while at < len(text):
            at = self._blanks(text, line, at)
            if at >= len(text):
                return None
            if self._quote:
                closed = text.find(self._quote, at)
                if closed < 0:
                    return None
                self._quote, at = "", closed + 1
                continue
            if text[at] == "#" and (at == 0 or text[at - 1] in " \t"):
                return None
            at = self._token(text, line, at)
            if not self._frames:
                return at
            if len(self._frames) > _DEEPEST:
                self._frames.clear()
                return at
        return None

    def _blanks(self, text: str, line: int, at: int) -> int:
        match = _BLANKS.match(text, at)
        blanks = match.group() if match else ""
        end = at + len(blanks)
        if not blanks.strip(" "):
            return end
        code = blank_code(blanks)
        if code == "tab-indent" or end == len(text):
            code = ""  # white space here like any other
        if code and not self._quote:
            self._found(Trap(code, line, at, end, [(at, end, " ")]))
        return end

    def _token(self, text: str, line: int, at: int) -> int:
        sign = text[at]
        top = self._frames[-1] if self._frames else None
        owner = (top.key or top.owner) if top else self._owner
        if sign in CLOSING or (sign in WIDE_OPENING and not (sign == "【" and is_free(owner))):
            return self._open(text, line, at, owner)
        if top is not None and sign in "}]｝］】" and (sign in "}]" or WIDE_CLOSING[sign] == top.sign):
            return self._close(line, at, top, sign)
        if sign in ",，":
            if sign == "，":
                self._found(Trap("full-width-comma", line, at, at + 1, [(at, at + 1, ", ")]))
            if top is not None:
                top.key = ""
            return at + 1
        if sign in "\"'“”" and (end := self._quoted(text, line, at, owner)):
            return end
        return self._words(text, line, at, top)

    def _open(self, text: str, line: int, at: int, owner: str) -> int:
        sign, trap = text[at], None
        if sign in WIDE_OPENING:
            code = "full-width-brace" if sign == "｛" else "full-width-bracket"
            trap = Trap(code, line, at, at + 1, [(at, at + 1, WIDE_OPENING[sign])])
            self._found(trap)
        self._frames.append(_Frame(WIDE_OPENING.get(sign, sign), sign, trap, owner))
        return at + 1

    def _close(self, line: int, at: int, top: _Frame, sign: str) -> int:
        self._frames.pop()
        if sign in WIDE_CLOSING:
            edit = (at, at + 1, CLOSING[top.sign])
            if top.trap is not None and top.trap.line == line:
                top.trap.edits.append(edit)  # one pair, one message
            else:
                code = "full-width-brace" if sign == "｝" else "full-width-bracket"
                self._found(Trap(code, line, at, at + 1, [edit]))
        return at + 1

    def _quoted(self, text: str, line: int, at: int, owner: str) -> int | None:
        """Return the column after a quoted item or key; None where the sign belongs to plain words."""
        sign = text[at]
        if sign in "“”":
            match = _QUOTED.match(text, at)
            if (
                match is None
                or is_free(owner)
                or not re.match(rf"[{BLANKS}]*(?:[,，\]}}］｝】:：]|$)", text[match.end() :])
            ):
                return None
            end = match.end()
            edits = [(at, at + 1, '"')] + ([] if text[end - 1] == '"' else [(end - 1, end, '"')])
            self._found(Trap("full-width-quote", line, at, end, edits))
        elif match := _CLOSED[sign].match(text, at):
            end = match.end()
        elif match := _MIXED.search(text, at + 1):
            end = match.end()
            self._found(Trap("full-width-quote", line, end - 1, end, [(end - 1, end, sign)]))
        else:
            self._quote = sign
            return len(text)
        return self._after_quoted_key(text, line, end)

    def _after_quoted_key(self, text: str, line: int, at: int) -> int:
        top = self._frames[-1] if self._frames else None
        if top is not None and top.sign == "{" and not top.key and text[at : at + 1] in WIDE_COLONS and at < len(text):
            self._found(Trap("full-width-colon", line, at, at + 1, [(at, at + 1, ": ")]))
            top.key = "?"
            return at + 1
        if top is not None and text[at : at + 1] == ":":
            top.key = top.key or "?"
            return at + 1
        return at

    def _words(self, text: str, line: int, at: int, top: _Frame | None) -> int:
        """Return the column after a plain key with its colon, or after a plain item."""
        if top is not None and top.sign == "{" and not top.key and (match := _KEY.match(text, at)):
            sign, after, end = match["sign"], match["after"], match.end()
            where = match.start("sign")
            following = text[end : end + 1]
            if sign in WIDE_COLONS:
                self._found(Trap("full-width-colon", line, where, where + 1, [(where, end, ": ")]))
            elif not after and following and following not in ",]}/":
                self._found(Trap("no-space-after-colon", line, where, where + 1, [(where, end, ": ")]))
            elif blank_code(after) not in {"", "tab-indent"}:
                self._found(Trap(blank_code(after), line, where + 1, end, [(where + 1, end, " ")]))
            top.key = match["key"]
            return end
        return self._item(text, line, at, top)

    def _item(self, text: str, line: int, at: int, top: _Frame | None) -> int:
        end = self._end_of_item(text, at, top)
        for trap in hidden_in(text, line, at, end):
            self._found(trap)
        return end

    def _end_of_item(self, text: str, at: int, top: _Frame | None) -> int:
        begun = at
        while match := _STOP.search(text, at):
            at, sign = match.start(), match.group()
            ends = (
                sign in ",]}[{"
                or (sign == "#" and at > begun and text[at - 1] in " \t")
                or (sign == "，" and top is not None and self._separates(text, begun, at, top))
                or (sign in WIDE_CLOSING and top is not None and self._closes(text, at, sign, top))
            )
            if ends and at > begun:
                return at
            at += 1
        return len(text)

    def _closes(self, text: str, at: int, sign: str, top: _Frame) -> bool:
        if sign == "】" and top.written != "【":
            return False
        return WIDE_CLOSING[sign] == top.sign and _ENDS.match(text, at + 1) is not None

    def _separates(self, text: str, begun: int, at: int, top: _Frame) -> bool:
        """Whether a full-width comma inside plain words stands where the list or the mapping needs a half-width one."""
        if _ENDS.match(text, at + 1):
            return True
        if top.sign == "{":
            match = _NEXT_KEY.match(text, at + 1)
            if match is None:
                return False
            if match["sign"] == ":" and match["after"] in {"", " "}:
                return True
            return match["key"] in keys() and not is_free(top.key)
        stop = _STOP.search(text, at + 1)
        left, right = text[begun:at], text[at + 1 : stop.start() if stop else len(text)]
        short = max(len(left), len(right)) <= _LONGEST_ITEM and not _PAUSES.search(left + right)
        return short and not is_free(top.owner)
