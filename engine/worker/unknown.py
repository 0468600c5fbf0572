"""How much of a text a tokenizer cannot read: what it turns into [UNK]."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.errors import DataError
from engine.model_folder import config_of
from engine.recipes.checks import unreadable_texts
from engine.recipes.starting import SCRATCH
from engine.runs.starts import Start
from engine.worker.wordpiece import WORD_LETTERS

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)

SAMPLE = 1_000
"""Texts that are looked at, evenly spread."""
LONGEST = 2_000
"""Characters of each that are looked at."""
LONGEST_WORD = 100
"""Characters of a lost word that count."""
TOO_MUCH = 0.2


class TokenizerFile:
    """A tokenizer.json, read without Transformers: a learner need not wait for that to hear what it cannot read."""

    is_fast = True

    def __init__(self, inner: Tokenizer) -> None:
        inner.no_truncation()
        inner.no_padding()
        self._inner = inner
        unknown = getattr(inner.model, "unk_token", None)
        self.unk_token_id: int | None = inner.token_to_id(unknown) if unknown else None

    def __call__(self, texts: list[str], *, add_special_tokens: bool, **_: Any) -> dict[str, list[Any]]:
        read = self._inner.encode_batch(texts, add_special_tokens=add_special_tokens)
        return {"input_ids": [one.ids for one in read], "offset_mapping": [one.offsets for one in read]}


def refuse_unknown_to(start: Start, texts: Sequence[str], data: str) -> None:
    """Return if the start's tokenizer can read the texts, or if it takes Transformers to say what ails it.

    Raises:
        DataError: It cannot read more than a fifth of their characters.
    """
    tokenizer = _tokenizer_of(start)
    if tokenizer is not None:
        refuse_unknown(tokenizer, texts, start.name, data)


def _tokenizer_of(start: Start) -> TokenizerFile | None:
    """Return the start's tokenizer.json, None where there is none that is whole and the model's own."""
    from tokenizers import Tokenizer

    if start.path is None or not (start.path / "tokenizer.json").is_file():
        return None
    try:
        inner = Tokenizer.from_file(str(start.path / "tokenizer.json"))
    except Exception:  # it raises nothing narrower; where the model is opened, a sentence is made of it
        log.info("start=%s: tokenizer.json is left to Transformers", start.name, exc_info=True)
        return None
    whole = inner.get_vocab_size() == config_of(start.path, start.name).get("vocab_size")
    return TokenizerFile(inner) if whole else None


def share_unknown(tokenizer: Any, texts: Sequence[str]) -> float:
    """Return the share of characters, spaces aside, that `tokenizer` turns into its unknown token.

    A word that is longer than any counts no more than the longest: it is one lost piece, and most of what could
    be read may stand beside it.
    """
    unknown = tokenizer.unk_token_id
    sample = [text[:LONGEST] for text in texts[:: max(1, -(-len(texts) // SAMPLE))]]
    written = sum(_written(text) for text in sample)
    if unknown is None or not written:
        return 0.0
    if not tokenizer.is_fast:
        return _share_of_tokens(tokenizer, sample)
    found = tokenizer(sample, add_special_tokens=False, truncation=False, return_offsets_mapping=True)
    words = [
        _written(text[first:last])
        for text, ids, places in zip(sample, found["input_ids"], found["offset_mapping"], strict=True)
        for number, (first, last) in zip(ids, places, strict=True)
        if number == unknown
    ]
    lost = sum(min(letters, LONGEST_WORD) for letters in words)
    return lost / (written - sum(words) + lost) if lost else 0.0


def refuse_unknown(tokenizer: Any, texts: Sequence[str], start: str, data: str) -> None:
    """Return if the tokenizer that comes with `start` can read the texts of `data`.

    Raises:
        DataError: It cannot read more than a fifth of their characters.
    """
    share = share_unknown(tokenizer, texts)
    if share > TOO_MUCH and start == SCRATCH:
        raise DataError(
            f"data={data}: {share:.0%} of its characters stand in words of more than {WORD_LETTERS} letters, which "
            "become [UNK], so that a model would learn from nothing. Put spaces between its words.",
            code="texts-unknown-words",
            field="data",
            value=data,
            share=f"{share:.0%}",
            most=WORD_LETTERS,
        )
    if share > TOO_MUCH:
        raise unreadable_texts(DataError, start, data, share)


def _written(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _share_of_tokens(tokenizer: Any, sample: Sequence[str]) -> float:
    """Return the share of tokens instead, where a tokenizer does not say which characters a token stands for."""
    rows: list[list[int]] = tokenizer(list(sample), add_special_tokens=False)["input_ids"]
    return sum(row.count(tokenizer.unk_token_id) for row in rows) / max(1, sum(map(len, rows)))
