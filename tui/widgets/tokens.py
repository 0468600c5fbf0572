"""Sentences as a model reads them: pieces, their numbers, and what is padding."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual.reactive import var

from tui.text.fitting import fit
from tui.widgets.blocks import MASK, MODEL, QUIET, SPECIAL, STRONG, TEXT, WRONG, Block, Blocks, Piece, Row, lines
from tui.widgets.chart.description import aligned
from tui.widgets.sentence import MASK_PIECE

BETWEEN = 2
"""Cells between two pieces."""

LEGEND_BETWEEN = 3
"""Cells between two signs of the legend."""

PART_CELLS = 12
"""Kept free behind the legend: which of the sentences are in sight."""

SHOWN_PADDING = 2
"""So many padding pieces are shown; more are counted."""

CONTINUES = "##"
"""Begins a piece that goes on with the word before it."""

PADDING, UNKNOWN = "[PAD]", "[UNK]"


class Tokens(msgspec.Struct, frozen=True):
    """A sentence, cut into pieces; `mask` is 0 where nobody is to look."""

    text: str
    pieces: tuple[str, ...]
    ids: tuple[int, ...]
    mask: tuple[int, ...]


Column = tuple[str, str, str, int]
"""A piece, its number, its mask, and the look of the piece."""


class TokenStrip(Blocks):
    """A block a sentence: its pieces above their numbers above the mask, wrapped over several strips.

    Attributes:
        sentences: What is shown.
        words: Gives `bert.tokens-piece`, `.tokens-id`, `.tokens-mask`, `.tokens-none`, `.tokens-words`
            (pieces), `.legend-continues`, `.legend-unknown`, `.legend-padding`.
    """

    sentences: var[Sequence[Tokens]] = var(())

    def describe(self) -> str:
        """Return each sentence as a table, a piece a row."""
        if not self.sentences:
            return self.words("bert.tokens-none")
        heads = [self.words(f"bert.tokens-{name}") for name in ("piece", "id", "mask")]
        found = []
        for sentence in self.sentences:
            rows = [[piece, number, mask] for piece, number, mask, _ in _columns(sentence)]
            found.append(f"{sentence.text}\n\n{aligned([heads, *rows])}")
        return "\n\n".join(found)

    def blocks(self, columns: int, rows: int) -> Sequence[Block]:
        """Return a block a sentence."""
        return [self._block(sentence, columns) for sentence in self.sentences]

    def foot(self, columns: int) -> Row:
        """Return what the signs mean that stand above; padding last, where there is room."""
        if not self.sentences:
            return (Piece(0, self.words("bert.tokens-none"), QUIET),)
        row: list[Piece] = []
        column = 0
        for sign, look, meaning in self._signs():
            end = column + cell_len(sign) + 1 + cell_len(meaning)
            if sign == CONTINUES or end < columns - PART_CELLS:
                row += [Piece(column, sign, look), Piece(column + cell_len(sign) + 1, meaning, QUIET)]
                column = end + LEGEND_BETWEEN
        return tuple(row)

    def _signs(self) -> list[tuple[str, int, str]]:
        """Return the signs that are there, their looks and their meanings."""
        found = []
        if any(piece.startswith(CONTINUES) for sentence in self.sentences for piece in sentence.pieces):
            found.append((CONTINUES, MODEL, self.words("bert.legend-continues")))
        if any(UNKNOWN in sentence.pieces for sentence in self.sentences):
            found.append((UNKNOWN, WRONG, self.words("bert.legend-unknown")))
        if any(0 in sentence.mask for sentence in self.sentences):
            found.append((PADDING, QUIET, self.words("bert.legend-padding")))
        return found

    def _block(self, sentence: Tokens, columns: int) -> Block:
        names = [self.words(f"bert.tokens-{name}") for name in ("piece", "id", "mask")]
        left = max(map(cell_len, names)) + BETWEEN
        text = lines(sentence.text, columns - 1, 2, self.glyphs.ellipsis)
        rows: list[Row] = [(Piece(0, line, STRONG),) for line in text]
        widest = max(6, columns - left - 1)
        strip: list[tuple[int, Column]] = []
        column = left
        for each in _columns(sentence):
            width = min(widest, max(map(cell_len, each[:3])))
            if strip and column + width > columns - 1:
                rows += _strip(names, strip, widest)
                strip, column = [], left
            strip.append((column, each))
            column += width + BETWEEN
        return (*rows, *_strip(names, strip, widest), ())

    def watch_sentences(self) -> None:
        """Show others, from the first."""
        self.top = 0
        self.redraw()


def _strip(names: Sequence[str], strip: Sequence[tuple[int, Column]], widest: int) -> list[Row]:
    """Return three rows: pieces, numbers, mask."""
    pieces = [Piece(column, fit(each[0], widest), each[3]) for column, each in strip]
    ids = [Piece(column, each[1], QUIET) for column, each in strip]
    masks = [Piece(column, each[2], TEXT if each[2] == "1" else QUIET) for column, each in strip]
    return [(Piece(0, name, QUIET), *row) for name, row in zip(names, (pieces, ids, masks), strict=True)]


def _columns(sentence: Tokens) -> list[Column]:
    """Return the pieces with their looks; all but the first paddings are one column that counts them."""
    found: list[Column] = []
    hidden = 0
    shown = 0
    for piece, number, mask in zip(sentence.pieces, sentence.ids, sentence.mask, strict=False):
        shown += mask == 0
        if mask == 0 and shown > SHOWN_PADDING:
            hidden += 1
        else:
            found.append((piece, str(number), str(mask), _look(piece, mask)))
    if hidden:
        found.append((f"+{hidden} {PADDING}", "", "0", QUIET))
    return found


def _look(piece: str, mask: int) -> int:
    if mask == 0 or piece == PADDING:
        return QUIET
    if piece == MASK_PIECE:
        return MASK
    if piece == UNKNOWN:
        return WRONG
    if piece.startswith("[") and piece.endswith("]") and len(piece) > 2:
        return SPECIAL
    return MODEL if piece.startswith(CONTINUES) else TEXT
