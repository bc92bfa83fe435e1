"""Ways in which a file goes wrong: what people type, what editors do, and plain damage. Seeded, so repeatable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

ODD = [
    *("：", "，", "－", "　", "\t", "\u00a0", "\u200b", "\ufeff", "\0", "\x1b", "“", "”", "｛", "｝", "【", "】"),
    *("𠮷", "é", "￥", "０", "１", "%", "%s", "{{ 7*7 }}", "{% for %}", "&a", "*a", "!!python/object:os.system", "<<"),
    *(
        "|",
        ">",
        "---\n",
        "...\n",
        "- ",
        ": ",
        "#",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "\r",
        "\n",
        "null",
        "~",
        "1e999",
        "-1",
    ),
    *("2024-02-30", "9999-12-31", "0001-01-01", "99999999999999999999", "2024-13", "第0批", "第99批", "是", "否"),
    *("/etc/passwd", "../../x.yaml"),
]
VALUES = [
    *("", "x", "0", "-5", "1.5", "999999999999", "2024-02-30", "2024/1/2", "今天", "[]", "{}", "[[[[]]]]"),
    *("{a: {b: c}}", "9999-12-31", "0001-01-01", "2024-1", "9999-4", "0000-1", "第1批", "五季度", "自动后延"),
    *("a" * 5000, "80％", "八十"),
]


def mutate(text: str, random: Random) -> bytes:
    """Return `text` damaged in one to four ways, as bytes."""
    for _ in range(random.randint(1, 4)):
        text = random.choice(WAYS)(text, random)
    return random.choice(ENCODERS)(text, random)


def _insert(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + random.choice(ODD) + text[place:]


def _delete(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + text[place + random.randint(1, 12) :]


def _swap_lines(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    if len(lines) > 1:
        one, other = random.randrange(len(lines)), random.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _drop_line(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        del lines[random.randrange(len(lines))]
    return "".join(lines)


def _repeat_line(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        place = random.randrange(len(lines))
        lines[place:place] = [lines[place]] * random.randint(1, 5)
    return "".join(lines)


def _indent(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        place = random.randrange(len(lines))
        lines[place] = random.choice(["  ", " ", "\t", "　"]) + lines[place]
    return "".join(lines)


def _new_value(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    places = [place for place, line in enumerate(lines) if ": " in line or "," in line]
    if places:
        place = random.choice(places)
        mark = ": " if ": " in lines[place] else ","
        parts = lines[place].rstrip("\n").split(mark)
        parts[random.randrange(1, len(parts))] = random.choice(VALUES)
        lines[place] = mark.join(parts) + "\n"
    return "".join(lines)


def _full_width(text: str, random: Random) -> str:
    mark, wide = random.choice([(":", "："), ("-", "－"), (",", "，"), ('"', "”"), (" ", "　"), ("{", "｛")])
    places = [place for place, char in enumerate(text) if char == mark]
    if not places:
        return text
    place = random.choice(places)
    return text[:place] + wide + text[place + 1 :]


def _cut(text: str, random: Random) -> str:
    return text[: random.randint(0, len(text))]


def _nest(text: str, random: Random) -> str:
    return text + "\n深: " + random.choice("[{") * random.randint(1, 3000)


WAYS = (
    *(_insert, _insert, _delete, _swap_lines, _drop_line, _repeat_line),
    *(_indent, _new_value, _new_value, _full_width, _cut, _nest),
)


def _as_utf8(text: str, _: Random) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _with_bom(text: str, _: Random) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


def _as_gbk(text: str, _: Random) -> bytes:
    return text.encode("gb18030")


def _as_utf16(text: str, _: Random) -> bytes:
    return text.encode("utf-16")


def _crlf(text: str, _: Random) -> bytes:
    return text.replace("\n", "\r\n").encode()


def _broken_bytes(text: str, random: Random) -> bytes:
    raw = bytearray(text.encode())
    for _ in range(random.randint(1, 5)):
        if raw:
            raw[random.randrange(len(raw))] = random.randrange(256)
    return bytes(raw)


ENCODERS = (_as_utf8, _as_utf8, _as_utf8, _as_utf8, _with_bom, _as_gbk, _as_utf16, _crlf, _broken_bytes)
