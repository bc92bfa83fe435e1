"""轮换表 → one HTML file that needs nothing else: it opens without a network, prints on A4, fits a phone.

Text is data: the template escapes everything, and the page's own policy lets only its own style and script run.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.render.html_content import page_content

if TYPE_CHECKING:
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PageParts:
    """The texts of templates/html/: the page's frame (Jinja), its style and its script, both without a placeholder."""

    frame: str
    style: str
    script: str


def schedule_html(workspace: Workspace, shown: Schedule, parts: PageParts) -> bytes:
    """Return the page of the schedule that is shown, UTF-8. Same input, same bytes."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only where a page is written
    from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(parts.frame).render(
        page_content(workspace, shown),
        security=_security(parts),
        style=Markup(parts.style),  # noqa: S704 - our own file, nobody's text
        script=Markup(parts.script),  # noqa: S704 - our own file, nobody's text
    )
    return page.encode()


def _security(parts: PageParts) -> str:
    """Return the Content-Security-Policy: nothing from anywhere, and only this style and this script."""
    return (
        f"default-src 'none'; style-src '{_fingerprint(parts.style)}'; script-src '{_fingerprint(parts.script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
