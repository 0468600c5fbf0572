"""Sentences with a hidden word as cards: what a model would put there, with bars."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.reactive import var

from tui.text.fitting import fit
from tui.text.span import Line, Span, plain
from tui.text.wrap import wrap
from tui.widgets.bars import SHARE_CELLS, bar, share
from tui.widgets.blocks import (
    LEARNER,
    LONGEST,
    MASK,
    MODEL,
    QUIET,
    RIGHT,
    STRONG,
    TEXT,
    Block,
    Blocks,
    Piece,
    Row,
)
from tui.widgets.sentence import MASK_PIECE, Sentence, described

LEAST_CARD, BETWEEN = 23, 3
"""Cells of the narrowest card, and between two of them."""

WIDEST_CARD = 46
MOST_WORD = 14
"""Cells of a guessed word."""

TEXT_ROWS = 2
TOP = 5
"""Guesses on a card."""


class MaskGuesses(Blocks):
    """Cards side by side, as few in a row as show all of them; a block is a row of cards.

    Attributes:
        sentences: What is shown.
        words: Gives `bert.guesses-none`, `.own-waits`, `.legend-mask`, `.legend-own`, `.part`.
    """

    sentences: var[Sequence[Sentence]] = var(())
    _abreast = 1

    def describe(self) -> str:
        """Return the sentences as plain rows."""
        return described(self.sentences, self.words) or self.words("bert.guesses-none")

    def blocks(self, columns: int, rows: int) -> Sequence[Block]:
        """Return the rows of cards, with air between them where there is room."""
        made: list[Block] = []
        most = max(1, min(len(self.sentences), (columns + BETWEEN) // (LEAST_CARD + BETWEEN)))
        for count in range(1, most + 1):
            self._abreast = count
            for gap in (1, 0):
                made = self._in_rows(columns, count, gap)
                if sum(map(len, made)) - gap <= rows:
                    return made
        return made

    def counted(self, first: int, last: int, count: int) -> tuple[int, int, int]:
        """Return which cards are in sight, and how many there are."""
        count = len(self.sentences)
        return first * self._abreast, min(last * self._abreast, count), count

    def foot(self, columns: int) -> Row:
        """Return what the learner's sentences are marked with."""
        if not self.sentences:
            return (Piece(0, self.words("bert.guesses-none"), QUIET),)
        if not any(sentence.own for sentence in self.sentences):
            return ()
        return (Piece(0, self.glyphs.mark, LEARNER), Piece(2, self.words("bert.legend-own"), QUIET))

    def _in_rows(self, columns: int, count: int, gap: int) -> list[Block]:
        width = min(WIDEST_CARD if count > 1 else 2 * WIDEST_CARD, (columns + BETWEEN) // count - BETWEEN)
        cards = [self._card(sentence, width) for sentence in self.sentences]
        made: list[Block] = []
        for first in range(0, len(cards), count):
            abreast = cards[first : first + count]
            texts = max(len(text) for text, _ in abreast)
            rows: list[list[Piece]] = [[] for _ in range(texts + max(len(guesses) for _, guesses in abreast))]
            for at, (text, guesses) in enumerate(abreast):
                left = at * (width + BETWEEN)
                for row, pieces in [*enumerate(text), *enumerate(guesses, texts)]:
                    rows[row] += [Piece(left + piece.column, piece.text, piece.style) for piece in pieces]
            made.append((*map(tuple, rows), *[()] * gap))
        return made

    def _card(self, sentence: Sentence, width: int) -> tuple[list[Row], list[Row]]:
        """Return the rows of the text and those of the guesses."""
        indent = 2 if sentence.own else 0
        text: list[Row] = []
        for line in self._lines(sentence, width - indent):
            pieces = [Piece(0, self.glyphs.mark, LEARNER)] if sentence.own and not text else []
            column = indent
            for span in line:
                pieces.append(Piece(column, span.text, MASK if span.style else LEARNER if sentence.own else STRONG))
                column += cell_len(span.text)
            text.append(tuple(pieces))
        if not sentence.guesses:
            return text, [(Piece(0, fit(self.words("bert.own-waits"), width, self.glyphs.ellipsis), QUIET),)]
        return text, [self._guess(sentence, at, width) for at in range(min(TOP, len(sentence.guesses)))]

    def _guess(self, sentence: Sentence, at: int, width: int) -> Row:
        word, probability = sentence.guesses[at]
        room = min(MOST_WORD, (width - SHARE_CELLS - 3) // 2)
        first = 2 + SHARE_CELLS
        return (
            Piece(0, self.glyphs.check if sentence.sign(word) else "", RIGHT),
            Piece(1, share(probability).rjust(SHARE_CELLS), MODEL),
            Piece(first, fit(word, room, self.glyphs.ellipsis), TEXT if at else STRONG),
            Piece(first + room + 1, bar(probability, width - first - room - 1, self.glyphs), MODEL),
        )

    def _lines(self, sentence: Sentence, width: int) -> list[Line]:
        """Return the text in few lines, those among them that hold the hidden word."""
        before, mask, after = _around(sentence.text).partition(MASK_PIECE)
        spans = [Span(before), Span(mask, "mask", whole=True), Span(after)] if mask else [Span(before)]
        found = wrap([span for span in spans if span.text], max(8, width)) or [(Span(""),)]
        place = next((at for at, line in enumerate(found) if any(span.style for span in line)), 0)
        first = max(0, min(place - TEXT_ROWS // 2, len(found) - TEXT_ROWS))
        kept = found[first : first + TEXT_ROWS]
        if first:
            kept[0] = (Span(self.glyphs.ellipsis), *kept[0])
        if first + TEXT_ROWS < len(found):
            kept[-1] = (*kept[-1], Span(self.glyphs.ellipsis))
        return [line if cell_len(plain(line)) <= width else _cut(line, width) for line in kept]

    def watch_sentences(self) -> None:
        """Show what it would say now."""
        self.redraw()


def _around(text: str) -> str:
    """Return as much of a long text around its hidden word as a screen may need."""
    place = max(0, text.find(MASK_PIECE))
    return text[max(0, place - LONGEST // 2) : place + LONGEST // 2]


def _cut(line: Line, width: int) -> Line:
    """Return a line whose ellipsis does not fit without a letter of its plain text."""
    spans = list(line)
    for at in range(len(spans) - 1, -1, -1):
        over = sum(cell_len(span.text) for span in spans) - width
        if over <= 0:
            break
        if not spans[at].style and cell_len(spans[at].text) > 1:
            spans[at] = Span(fit(spans[at].text, max(1, cell_len(spans[at].text) - over), ""))
    return tuple(spans)
