"""A text as a BERT reads it: its pieces, and what has to be known of how it was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from engine.errors import RunError
from engine.runs.asks import Note

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

PIECES = 20_000
"""No model reads more pieces."""

PIECE_LETTERS = 40
"""Letters of a text for each piece that the model can read; the rest is not even looked at."""

MASK = re.compile(r"[\[［【]\s*mask\s*[\]］】]", re.IGNORECASE)


class AskedText(msgspec.Struct, frozen=True):
    """A text that was read.

    Attributes:
        text: With the tokenizer's own sign for [MASK].
        ids: Numbers of its pieces, those of the frame included.
        spans: Where in the text each piece stands.
    """

    text: str
    ids: list[int]
    spans: list[tuple[int, int]]


class TextReader:
    """Reads texts for one model.

    Attributes:
        longest: Pieces of a text that are read.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase, longest: int) -> None:
        self.longest = longest
        self._tokenizer: Any = tokenizer

    def read(self, text: str, *, masked: bool) -> AskedText:
        """Return a text as it is read; with `masked`, [MASK] may be written in any way."""
        text = MASK.sub(str(self._tokenizer.mask_token), text) if masked else text
        read = self._tokenizer(
            text[: PIECE_LETTERS * self.longest],
            truncation=True,
            max_length=self.longest,
            return_offsets_mapping=True,
        )
        return AskedText(text, read["input_ids"], read["offset_mapping"])

    def pieces(self, read: AskedText) -> list[str]:
        """Return the pieces as words."""
        return [str(piece) for piece in self._tokenizer.convert_ids_to_tokens(read.ids)]

    def content(self, read: AskedText) -> int:
        """Return how many pieces say something: the frame of special tokens does not, a [MASK] does."""
        tokenizer = self._tokenizer
        frame = set(tokenizer.all_special_ids) - {tokenizer.unk_token_id, tokenizer.mask_token_id}
        return sum(number not in frame for number in read.ids)

    def masks(self, read: AskedText) -> list[int]:
        """Return which pieces are a [MASK]."""
        return [place for place, number in enumerate(read.ids) if number == self._tokenizer.mask_token_id]

    def unmasked(self, read: AskedText) -> RunError:
        """Return what is said to a text that has nothing to fill in."""
        if str(self._tokenizer.mask_token) in read.text:
            return RunError(
                f"The [MASK] stands too far behind: the model reads {self.longest} pieces.",
                code="ask-mask-cut",
                pieces=self.longest,
            )
        return RunError(
            "There is no [MASK] in this text: put one where a word is to be guessed.",
            code="ask-no-mask",
        )

    def notes(self, read: AskedText) -> list[Note]:
        """Return what has to be known of how the text was read: whether it was cut, what is unknown in it."""
        text, ids, spans = read.text, read.ids, read.spans
        notes = []
        end = max((stop for _, stop in spans), default=0)
        over = len(ids) >= self.longest or len(text) > PIECE_LETTERS * self.longest
        if over and text[end:].strip():
            notes.append(_cut(len(ids), end, len(text)))
        unknown = [text[start:stop] for number, (start, stop) in zip(ids, spans, strict=True) if self._unknown(number)]
        if unknown:
            words = self.content(read)
            notes.append(_all_unknown() if len(unknown) == words else _some_unknown(unknown, words))
        return notes

    def _unknown(self, number: int) -> bool:
        return bool(number == self._tokenizer.unk_token_id)


def longest_of(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, wanted: int | None = None) -> int:
    """Return how many pieces of a text a model reads at most."""
    limits = [wanted or PIECES, int(getattr(model.config, "max_position_embeddings", PIECES))]
    return min(*limits, int(min(tokenizer.model_max_length, PIECES)))


def _cut(pieces: int, letters: int, of: int) -> Note:
    return Note(
        code="ask-cut",
        sentence=f"The text was cut: the model reads {pieces} pieces, here the first {letters:,} of {of:,} letters.",
        details={"pieces": str(pieces), "letters": f"{letters:,}", "of": f"{of:,}"},
    )


def _all_unknown() -> Note:
    return Note(
        code="ask-unknown-all",
        sentence="The model has never seen these characters: each became [UNK], so its answer says nothing of the "
        "text.",
    )


def _some_unknown(unknown: list[str], words: int) -> Note:
    told = " ".join(dict.fromkeys(part[:12] for part in unknown[:8]))
    return Note(
        code="ask-unknown",
        sentence=f"{len(unknown)} of {words} pieces are [UNK], unknown to the model: {told}",
        details={"unknown": str(len(unknown)), "pieces": str(words), "told": told},
    )
