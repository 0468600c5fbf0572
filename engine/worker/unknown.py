"""How much of a text a tokenizer cannot read: what it turns into [UNK]."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.errors import DataError
from engine.recipes.starting import SCRATCH
from engine.worker.wordpiece import WORD_LETTERS

SAMPLE = 1_000
"""Texts that are looked at, evenly spread."""
LONGEST = 2_000
"""Characters of each that are looked at."""
TOO_MUCH = 0.2


def share_unknown(tokenizer: Any, texts: Sequence[str]) -> float:
    """Return the share of characters, spaces aside, that `tokenizer` turns into its unknown token."""
    unknown = tokenizer.unk_token_id
    sample = [text[:LONGEST] for text in texts[:: max(1, -(-len(texts) // SAMPLE))]]
    written = sum(_written(text) for text in sample)
    if unknown is None or not written:
        return 0.0
    if not tokenizer.is_fast:
        return _share_of_tokens(tokenizer, sample)
    found = tokenizer(sample, add_special_tokens=False, truncation=False, return_offsets_mapping=True)
    lost = sum(
        _written(text[first:last])
        for text, ids, places in zip(sample, found["input_ids"], found["offset_mapping"], strict=True)
        for number, (first, last) in zip(ids, places, strict=True)
        if number == unknown
    )
    return lost / written


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
        raise DataError(
            f"start={start}: its tokenizer turns {share:.0%} of the characters of data={data} into [UNK], so that a "
            "model would learn from nothing. Take start=scratch: its tokenizer is built from these texts.",
            code="texts-unknown",
            field="start",
            value=start,
            data=data,
            share=f"{share:.0%}",
        )


def _written(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _share_of_tokens(tokenizer: Any, sample: Sequence[str]) -> float:
    """Return the share of tokens instead, where a tokenizer does not say which characters a token stands for."""
    rows: list[list[int]] = tokenizer(list(sample), add_special_tokens=False)["input_ids"]
    return sum(row.count(tokenizer.unk_token_id) for row in rows) / max(1, sum(map(len, rows)))
