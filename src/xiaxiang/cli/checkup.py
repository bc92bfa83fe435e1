"""What `xiaxiang doctor` looks at, one function a question. Heavy: import it late."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from xiaxiang.cli.documents import TEMPLATES, papers
from xiaxiang.cli.session import roster_file
from xiaxiang.load.calendar import workspace_calendar
from xiaxiang.load.files import Reader, builtin
from xiaxiang.load.fonts import font_folders, installed_faces
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.schedule import Notice
from xiaxiang.model.similar import nearest_hint
from xiaxiang.pipeline import add_results, add_roster, read
from xiaxiang.present.given import Given
from xiaxiang.present.kinds import KINDS, available
from xiaxiang.render.layout import layout_values
from xiaxiang.render.templates import SUFFIX, template_names
from xiaxiang.write.errors import WriteError
from xiaxiang.write.probe import try_to_write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xiaxiang.model.schedule import Schedule

_USUAL: Final = "汉字〔〕“”—"
_RARE: Final = "\U00020bb7"  # 𠮷, a character of names that GBK lacks
_PUBLISHED_BY: Final = 12
"""The month by whose beginning the State Council has published the next year's days off, in every year so far."""


@dataclass(frozen=True, slots=True)
class Check:
    """One answer: stable English name, Chinese title, whether all is well, what was found, what to do."""

    name: str
    title: str
    ok: bool
    message: str
    hint: str = ""


def checkup(folder: Path, plan: Path | None, today: date) -> Iterator[Check]:
    """Yield every check in order. `folder` is the workspace's (or where one stands), `plan` its plan if it has one."""
    yield encoding(sys.stdout.encoding or "utf-8")
    yield fonts(installed_faces(font_folders()))
    yield writing(folder)
    known = workspace_calendar(Reader(root=folder, here=Path()), folder)
    yield calendar(known.published, today, known.own_years)
    yield from templates(folder, plan)
    yield parser(fast=hasattr(yaml, "CSafeLoader"))


def encoding(name: str) -> Check:
    """Return whether a console of that encoding shows what the program prints."""
    title = "控制台编码"
    if not _can_show(_USUAL, name):
        hint = "Windows 先运行 chcp 65001；其他系统设置 PYTHONUTF8=1；写成文件的结果不受影响"
        return Check("encoding", title, ok=False, message=f"{name} 显示不了汉字，会显示成 ?", hint=hint)
    if not _can_show(_RARE, name):
        hint = "人名里有少见的字时，先运行 chcp 65001；写成文件的结果不受影响"
        return Check("encoding", title, ok=True, message=f"{name}，常用字都能显示", hint=hint)
    return Check("encoding", title, ok=True, message=f"{name}，所有文字都能显示")


def _can_show(text: str, name: str) -> bool:
    try:
        text.encode(name)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def fonts(installed: frozenset[str]) -> Check:
    """Return whether the faces that documents name are among the installed ones."""
    named = sorted({str(one.value) for one in layout_values() if one.name.endswith("_font")})
    missing = [face for face in named if face not in installed]
    if not missing:
        return Check("fonts", "公文字体", ok=True, message="、".join(named))
    hint = "不影响出文：打开时会用相近的字体代替，字数和分页可能不同。请在印公文的电脑上安装这些字体"
    return Check("fonts", "公文字体", ok=False, message=f"没有 {'、'.join(missing)}", hint=hint)


def writing(folder: Path) -> Check:
    """Return whether results can be written into a folder."""
    title = "写入权限"
    try:
        try_to_write(folder)
    except WriteError as problem:
        hint = "换一个文件夹（例如“文档”），或请管理员放开权限"
        return Check("writing", title, ok=False, message=f"{problem}", hint=hint)
    return Check("writing", title, ok=True, message=f"可以写入 {folder.absolute()}")


def calendar(published: frozenset[int], today: date, own: frozenset[int] = frozenset()) -> Check:
    """Return whether the days off of this year, and by December of the next one, are known.

    `own` are the years that the workspace's calendar.yaml gives.
    """
    span = f"{min(published)}–{max(published)} 年的放假调休"
    span += f"（{'、'.join(map(str, sorted(own)))} 年来自工作区的日历）" if own else ""
    wanted = [today.year, *([today.year + 1] if today.month >= _PUBLISHED_BY else [])]
    missing = [str(year) for year in wanted if year not in published]
    if missing:
        message = f"只有 {span}，没有 {'、'.join(missing)} 年"
        hint = (
            "没有的年份只按周末和法定假日推算。照国务院的通知写在计划旁边的 calendar.yaml（xiaxiang 格式 日历），"
            "或更新: pip install -U chinesecalendar"
        )
        return Check("calendar", "节假日", ok=False, message=message, hint=hint)
    known = today.year + 1 in published
    later = "" if known else f"；{today.year + 1} 年的等国务院公布后更新"
    return Check("calendar", "节假日", ok=True, message=f"{span}{later}")


def templates(folder: Path, plan: Path | None) -> Iterator[Check]:
    """Yield what is wrong with a template, built in or the workspace's own, or that every one makes a document."""
    title = "公文模板"
    faults = [*_strange(folder / TEMPLATES), *_broken(folder, plan)]
    for message, hint in faults:
        yield Check("templates", title, ok=False, message=message, hint=hint)
    if not faults:
        own = sum(1 for _ in _own(folder / TEMPLATES))
        also = f"，其中 {own} 个用的是自己的模板" if own else ""
        yield Check("templates", title, ok=True, message=f"{len(KINDS)} 个文种的模板都能用{also}")


def _own(place: Path) -> Iterator[Path]:
    return (path for path in sorted(place.glob(f"*{SUFFIX}")) if path.is_file())


def _strange(place: Path) -> Iterator[tuple[str, str]]:
    """Yield templates that no kind of document uses, because their names are no kind's."""
    known = [name for kind in KINDS for name in template_names(kind.identifier, kind.name)]
    for path in _own(place):
        if path.name not in known:
            hint = nearest_hint(path.name, known, "模板按文种取名，例如 派遣通知.txt.j2")
            yield f"{TEMPLATES}/{path.name} 不是任何文种的模板", hint


def _broken(folder: Path, plan: Path | None) -> Iterator[tuple[str, str]]:
    """Yield the faults of templates, tried with the workspace's own data, else with those of the sample."""
    tried: set[str] = set()
    for given in _data(plan):
        requests = [one for one in available(given).requests if one.kind not in tried]
        tried.update(one.kind for one in requests)
        for one in papers(given, requests, folder).diagnostics:
            yield f"{one.position} {one.message}", one.hint
    untried = [kind.name for kind in KINDS if kind.identifier not in tried]
    if untried:
        yield f"没有试 {'、'.join(untried)}", "程序自带的样例不完整，请重新安装"


def _data(plan: Path | None) -> Iterator[Given]:
    """Yield the workspace's results, where it has any, and the sample's."""
    own = _given(plan, roster_file(plan, None)) if plan else None
    if own is not None:
        yield own
    folder = builtin(TEMPLATES) / "init"
    sample = _given(folder / "plan.yaml", folder / "roster.csv")
    if sample is not None:
        yield replace(sample, schedule=_with_change(sample))


def _given(plan: Path, roster: Path | None) -> Given | None:
    result = add_results(add_roster(read(plan, allow_outside=True), roster))
    if result.workspace is None or result.schedule is None:
        return None
    return Given(result.workspace, result.schedule, result.appraisal)


def _with_change(sample: Given) -> Schedule:
    """Return the sample's schedule with an invented change, so that a bulletin has something to say."""
    first = sample.schedule.batches[0]
    change = Notice(
        code="person-replaced",
        severity=Severity.NOTE,
        batch=first.name,
        department=None,
        person=None,
        on=first.handover_on,
        message="样例",
        source=sample.workspace.policy.rule("意外公布"),
        published_on=first.handover_on.replace(day=1),
    )
    return replace(sample.schedule, notices=(*sample.schedule.notices, change))


def parser(*, fast: bool) -> Check:
    """Return whether the fast parser of YAML is there."""
    if fast:
        return Check("parser", "YAML 解析", ok=True, message="用的是快的（libyaml）")
    hint = "结果相同，只是读大文件慢十倍。重装: pip install --force-reinstall pyyaml"
    return Check("parser", "YAML 解析", ok=False, message="没有 libyaml，用的是慢的", hint=hint)
