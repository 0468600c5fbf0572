"""Masked language modelling: which tokens a batch hides, the same ones however often a run was resumed."""

from __future__ import annotations

from typing import Any

import torch
from transformers import DataCollatorForLanguageModeling

Features = list[dict[str, Any]]


class Masking(DataCollatorForLanguageModeling):
    """Hides 15 % of a batch: 80 % of those become [MASK], 10 % a random piece, 10 % stay.

    Each batch draws from a generator of its own, seeded by the batch's number, so that a resumed run hides the
    same tokens. A batch that has labels already, as validation does, is padded only.
    """

    def __init__(self, tokenizer: Any, *, share: float, seed: int, batch: int = 0) -> None:
        """`batch`: number of the first batch that will be asked for: updates done."""
        super().__init__(tokenizer=tokenizer, mlm=True, mlm_probability=share)
        self.first_seed = seed
        self.batch = batch

    def __call__(self, features: Features, return_tensors: str | None = None) -> dict[str, Any]:
        if "labels" in features[0]:
            return self._padded(features)
        self.generator = torch.Generator().manual_seed((self.first_seed << 32) + self.batch)
        self.batch += 1
        masked: dict[str, Any] = super().__call__(features, return_tensors)
        return masked

    def masked(self, features: Features, number: int) -> Features:
        """Return the features with labels, masked once and for all by a generator of their own."""
        self.generator = torch.Generator().manual_seed((self.first_seed << 32) + (1 << 31) + number)
        batch = super().__call__(features)
        lengths = [len(feature["input_ids"]) for feature in features]
        return [
            {
                "input_ids": batch["input_ids"][row, :length].tolist(),
                "attention_mask": [1] * length,
                "labels": batch["labels"][row, :length].tolist(),
            }
            for row, length in enumerate(lengths)
        ]

    def _padded(self, features: Features) -> dict[str, Any]:
        longest = max(len(feature["input_ids"]) for feature in features)
        pad = int(self.tokenizer.pad_token_id)
        fill = {"input_ids": pad, "attention_mask": 0, "labels": -100}
        return {
            name: torch.tensor([[*feature[name], *[value] * (longest - len(feature[name]))] for feature in features])
            for name, value in fill.items()
        }
