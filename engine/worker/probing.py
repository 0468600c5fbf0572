"""Probe sentences: shown to the model about once a second, so that one sees it learn."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import torch

from engine.events import Guess, Probe, Probed
from engine.runs.own_probes import own_probes
from engine.worker.looking import encoded, looked_at, pieces
from engine.worker.session import Session

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

LEAST_SECONDS = 1.0
SHARE = 0.02
"""Most of the time that probing may take."""
TOP = 5
Probes = list[tuple[str, str]]
"""Sentences, each with what is right, "" where nobody knows it."""


class Prober:
    """Asks the model about the probe sentences when it is time, the learner's own among them."""

    def __init__(self, session: Session, probes: Probes, guess: Callable[[Sequence[str]], list[list[Guess]]]) -> None:
        self._session = session
        self._probes = probes
        self._guess = guess
        self._due = 0.0

    def look(self, update: int) -> None:
        """Ask, if it is time."""
        if time.monotonic() >= self._due and self._session.leads:
            self.ask(update)

    def ask(self, update: int) -> None:
        """Ask now, and say what the model answers."""
        if not self._session.leads:
            return
        began = time.monotonic()
        probes = self._probes + [(text, "") for text in own_probes(self._session.folder)]
        answers = self._guess([text for text, _ in probes])
        asked = [
            Probe(text=text, truth=truth, guesses=guesses)
            for (text, truth), guesses in zip(probes, answers, strict=True)
        ]
        self._session.stream.emit(Probed(time=time.time(), update=update, probes=asked))
        now = time.monotonic()
        self._due = now + max(LEAST_SECONDS, (now - began) / SHARE)


def label_guesses(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    texts: Sequence[str],
    classes: Sequence[str],
    longest: int,
) -> list[list[Guess]]:
    """Return the probability of every class for each text, the likeliest first."""
    with looked_at(model):
        scores = model(**encoded(tokenizer, texts, longest, model.device)).logits
    return [_ranked(row, classes, len(classes)) for row in scores.float().softmax(1).cpu()]


def word_guesses(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, texts: Sequence[str], longest: int
) -> list[list[Guess]]:
    """Return the likeliest pieces at the first [MASK] of each text; none where it has no [MASK]."""
    batch = encoded(tokenizer, texts, longest, model.device)
    masked = batch["input_ids"] == tokenizer.mask_token_id
    with looked_at(model):
        scores = model(**batch).logits
    guesses: list[list[Guess]] = []
    for row, places in zip(scores, masked, strict=True):
        if not places.any():
            guesses.append([])
            continue
        shares = row[int(places.int().argmax())].float().softmax(0).cpu()
        best = shares.topk(TOP)
        words = pieces(tokenizer, best.indices.tolist())
        guesses.append([Guess(word, share) for word, share in zip(words, best.values.tolist(), strict=True)])
    return guesses


def _ranked(shares: torch.Tensor, names: Sequence[str], count: int) -> list[Guess]:
    best = shares.topk(min(count, len(names)))
    return [
        Guess(names[place], share) for place, share in zip(best.indices.tolist(), best.values.tolist(), strict=True)
    ]
