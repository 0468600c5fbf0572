"""The lines below a run's panel, in their colours: what came of it, what a teacher would say, the last wish."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from tui.glyphs import Glyphs
from tui.strip import short_name
from tui.text.fitting import fit
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.run import spoken
from tui.widgets.run.moment import Moment
from tui.words import Words

TONES = {"finished": "$success", "failed": "$error", "crashed": "$error", "stopped": "$learner", "stalled": "$warning"}
"""The colour of what came of a run; the words say the same."""

METER_CELLS = 40


def head(moment: Moment, words: Words, glyphs: Glyphs, width: int) -> list[Content]:
    """Return a run's name and state, then how far it is, for where no title says so."""
    state, *rest = spoken.standing(moment, words)
    name = fit(short_name(moment.folder.id), max(0, width - cell_len(state) - 2), glyphs.ellipsis)
    first = Content.styled(name, "bold") + Content("  ") + Content.styled(state, "$model")
    return [first, Content.styled(fit("  ".join(rest), width, glyphs.ellipsis), "$model")]


def said(moment: Moment, words: Words, glyphs: Glyphs, width: int, most: int) -> list[Content]:
    """Return at most `most` lines: the outcome first, then troubles, then remarks in the room that is left."""
    lines = outcome(moment, words, glyphs, width)[:most]
    lines += [Content.styled(_mark(glyphs, None) + text, "$warning") for text in spoken.troubles(moment, words)]
    for good, text in spoken.remarks(moment, words, most - len(lines)):
        tone = {True: "$success", False: "$error", None: "$quiet"}[good]
        first, *rest = wrapped(text, width - 2)
        if len(lines) + 1 + len(rest) > most:
            continue  # half a sentence is worse than none
        lines.append(Content.styled(_mark(glyphs, good), tone) + Content(first))
        lines += [Content(f"  {line}") for line in rest]
    return lines[:most]


def outcome(moment: Moment, words: Words, glyphs: Glyphs, width: int) -> list[Content]:
    """Return what came of the run, standing out; nothing while all goes its way."""
    sentence = spoken.outcome(moment, words)
    if not sentence:
        return []
    tone = TONES.get(moment.state, "$foreground")
    bar = Content.styled(f"{glyphs.bar} ", tone)
    return [bar + Content.styled(text, f"{tone} bold") for text in wrapped(sentence, width - 2)]


def last_line(moment: Moment, words: Words, glyphs: Glyphs, width: int) -> Content:
    """Return the learner's newest wish, or what to do now where a run has ended.

    A wish is amber while it is only asked, and blue once the worker has acknowledged it.
    """
    newest = spoken.wish(moment, words)
    onward = spoken.onward(moment, words)
    if newest is None or (onward and newest[1]):
        return Content(fit(onward, width, glyphs.ellipsis))
    text, acknowledged = newest
    if acknowledged:
        return Content.styled(f"{glyphs.check} {text}", "$model")
    return Content.styled(f"{glyphs.mark} {text}", "$learner")


def waiting(moment: Moment, words: Words, glyphs: Glyphs, width: int) -> list[Content]:
    """Return what a run does before it has a plan, with a meter where a download's size is known."""
    sentences = spoken.waiting(moment, words)
    if not sentences:
        return []
    lines = [Content.styled(line, "$model bold") for line in wrapped(sentences[0], width)]
    share = spoken.share_loaded(moment)
    if share is not None:
        done = round(share * METER_CELLS)
        lines.append(
            Content.styled(glyphs.full * done, "$model") + Content.styled(glyphs.empty * (METER_CELLS - done), "$line")
        )
    return lines + [Content.styled(line, "$quiet") for text in sentences[1:] for line in wrapped(text, width)]


def wrapped(text: str, width: int) -> list[str]:
    """Return a sentence as lines, Chinese by its own rules."""
    return [plain(line) for line in wrap([Span(text)], max(10, width))]


def _mark(glyphs: Glyphs, good: bool | None) -> str:
    return {True: glyphs.check, False: glyphs.cross, None: glyphs.dot}[good] + " "
