"""Sentences with the probability of every label as bars that stay in their columns while they move."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.reactive import var

from tui.text.fitting import fit
from tui.widgets.bars import SHARE_CELLS, bar, share
from tui.widgets.blocks import LEARNER, MODEL, QUIET, RIGHT, STRONG, TEXT, WRONG, Block, Blocks, Piece, Row, lines
from tui.widgets.sentence import Sentence, described

MARGIN = 2
"""Cells left of everything: the learner's mark."""

LEAST_CELLS, MOST_CELLS = 9, 26
"""Width of a label's column: a sign, a probability, a bar."""

RANKED_CELLS = 24
"""Width of a guess where there are too many labels for columns of their own."""

LEAST_BAR = 4

SEEN = 0.005
"""Probabilities below this are a dot, so that the others stand out."""

LAYOUTS = ((3, 1), (2, 1), (1, 1), (1, 0))
"""Rows for a text at most, and empty rows after each block: the first layout that shows everything is taken."""


class SentenceBars(Blocks):
    """A block a sentence: its text, then a bar a label; the truth and a wrong guess are marked with signs.

    Attributes:
        labels: The labels, in the order of their columns.
        words: Gives `bert.legend-right`, `.legend-wrong`, `.legend-own`, `.own-waits`, `.none`, `.part`.
    """

    labels: var[Sequence[str]] = var(())
    sentences: var[Sequence[Sentence]] = var(())

    def describe(self) -> str:
        """Return the sentences as plain rows."""
        return described(self.sentences, self.words) or self.words("bert.sentences-none")

    def heading(self, columns: int) -> Sequence[Row]:
        """Return the labels above their columns."""
        width = self._width(columns)
        if not width or not self.sentences:
            return ()
        names = enumerate(self.labels)
        return [
            tuple(
                Piece(MARGIN + at * width + 1, fit(name, width - 2, self.glyphs.ellipsis), QUIET) for at, name in names
            )
        ]

    def blocks(self, columns: int, rows: int) -> Sequence[Block]:
        """Return a block a sentence, with as much air as there is room for."""
        made: list[Block] = []
        for most, gap in LAYOUTS:
            made = [self._block(sentence, columns, most, gap) for sentence in self.sentences]
            if sum(map(len, made)) - gap <= rows:
                break
        return made

    def foot(self, columns: int) -> Row:
        """Return what the signs mean."""
        if not self.sentences:
            return (Piece(0, self.words("bert.sentences-none"), QUIET),)
        found: list[Piece] = []
        column = 0
        legend = [(self.glyphs.check, RIGHT, "right"), (self.glyphs.cross, WRONG, "wrong")]
        if any(sentence.own for sentence in self.sentences):
            legend.append((self.glyphs.mark, LEARNER, "own"))
        for sign, style, name in legend:
            text = self.words(f"bert.legend-{name}")
            if column + 2 + cell_len(text) < columns - 12:
                found += [Piece(column, sign, style), Piece(column + 2, text, QUIET)]
                column += cell_len(text) + 5
        return tuple(found)

    def _block(self, sentence: Sentence, columns: int, most: int, gap: int) -> Block:
        made: list[Row] = []
        style = LEARNER if sentence.own else TEXT
        for line in lines(sentence.text, columns - MARGIN - 1, most, self.glyphs.ellipsis):
            mark = (Piece(0, self.glyphs.mark, LEARNER),) if sentence.own and not made else ()
            made.append((*mark, Piece(MARGIN, line, style)))
        if not sentence.guesses:
            made.append((Piece(MARGIN, self.words("bert.own-waits"), QUIET),))
        elif self._width(columns):
            made.append(self._columns(sentence, self._width(columns)))
        else:
            made.append(self._ranked(sentence, columns))
        return (*made, *[()] * gap)

    def _columns(self, sentence: Sentence, width: int) -> Row:
        """Return a bar a label, each in its column."""
        known = dict(sentence.guesses)
        row: list[Piece] = []
        for at, name in enumerate(self.labels):
            column = MARGIN + at * width
            probability = known.get(name, 0.0)
            row += self._figure(sentence, name, probability, column)
            row.append(Piece(column + 5, bar(probability, width - 6, self.glyphs), MODEL))
        return tuple(row)

    def _ranked(self, sentence: Sentence, columns: int) -> Row:
        """Return the likeliest labels with their names."""
        count = max(1, (columns - MARGIN) // RANKED_CELLS)
        width = (columns - MARGIN) // count
        longest = max(cell_len(name) for name, _ in sentence.guesses[:count])
        row: list[Piece] = []
        for at, (name, probability) in enumerate(sentence.guesses[:count]):
            column = MARGIN + at * width
            row += self._figure(sentence, name, probability, column)
            room = max(4, min(longest, width - LEAST_BAR - 7))
            row.append(Piece(column + 5, fit(name, room, self.glyphs.ellipsis), TEXT))
            row.append(Piece(column + 6 + room, bar(probability, width - room - 7, self.glyphs), MODEL))
        return tuple(row)

    def _figure(self, sentence: Sentence, name: str, probability: float, column: int) -> list[Piece]:
        """Return the sign of the truth, or of a wrong guess, and the probability."""
        sign = sentence.sign(name)
        marks = {True: (self.glyphs.check, RIGHT), False: (self.glyphs.cross, WRONG), None: ("", TEXT)}
        mark, style = marks[sign]
        number = STRONG if name == sentence.best else MODEL if probability >= SEEN else QUIET
        figure = share(probability) if probability >= SEEN else "." if self.glyphs.ascii else self.glyphs.dot
        return [Piece(column, mark, style), Piece(column + 1, figure.rjust(SHARE_CELLS), number)]

    def _width(self, columns: int) -> int:
        """Return the cells of a label's column; 0 where there are too many labels for columns."""
        width = (columns - MARGIN) // max(1, len(self.labels))
        return min(width, MOST_CELLS) if self.labels and width >= LEAST_CELLS else 0

    def _again(self) -> None:
        self.redraw()

    watch_labels = watch_sentences = _again
