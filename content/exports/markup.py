"""A question's words as HTML that shows them and does nothing else."""

from __future__ import annotations

import html
from collections.abc import Iterable

from content.course.spans import item_spans
from content.course.visible import visible

_INERT = str.maketrans({"[": "&#91;", "\\": "&#92;", "{": "&#123;"})
"""Anki reads [sound:...], \\(...\\) and {{...}} in any field: a course's words are words."""


def plain(text: str) -> str:
    """Return a text as HTML without any mark-up of its own."""
    return html.escape(visible(text)).translate(_INERT).replace("\n", "<br>")


def rich(text: str) -> str:
    """Return a question's text, which knows `code` and **bold**, as HTML."""
    return "".join(_span(span.text, code=span.code, strong=span.strong) for span in item_spans(text))


def _span(text: str, *, code: bool, strong: bool) -> str:
    made = f"<code>{plain(text)}</code>" if code else plain(text)
    return f"<b>{made}</b>" if strong else made


def block(inner: str, kind: str = "") -> str:
    """Return a block of HTML of some class; nothing for nothing."""
    if not inner:
        return ""
    return f'<div class="{kind}">{inner}</div>' if kind else f"<div>{inner}</div>"


def listed(rows: Iterable[str], tag: str = "ul") -> str:
    """Return rows of HTML as a list: "ul", "ol", or "abc" for letters."""
    inner = "".join(f"<li>{row}</li>" for row in rows)
    name, kind = ("ol", ' type="a"') if tag == "abc" else (tag, "")
    return f"<{name}{kind}>{inner}</{name}>" if inner else ""


def listing(code: str) -> str:
    """Return code with numbered lines."""
    lines = code.split("\n")
    digits = len(str(len(lines)))
    return "<pre>" + "\n".join(f"{at:>{digits}}  {plain(line)}" for at, line in enumerate(lines, 1)) + "</pre>"
