"""Answers of a BERT: the label of a text, or the words behind [MASK]."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import torch
from torch import Tensor

from engine.errors import RunError
from engine.runs.asks import Answer, Ask, Masked, Note
from engine.runs.folder import RunFolder
from engine.worker.ask_refusals import not_a_number, unknown_kind
from engine.worker.asked_text import TextReader, longest_of
from engine.worker.behind_masks import behind_masks, untrained
from engine.worker.desk import Reply
from engine.worker.examples import Examples, keep_examples
from engine.worker.fresh_examples import FreshExamples
from engine.worker.looking import attending, looked_at

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


ATTENTION_PIECES = 96
"""Of longer texts no attention is told: it could not be shown, and would be very large."""


class BertAnswerer:
    """Answers for a BERT that classifies, or, without classes, for one that fills in words; also while it trains."""

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
        classes: Sequence[str] = (),
        training_texts: Sequence[str] = (),
        training_labels: Sequence[int] = (),
        *,
        examples: Examples | None = None,
        update: Callable[[], int] = lambda: 0,
        longest: int | None = None,
        seed: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take a model and what it learns from.

        Args:
            training_texts, training_labels: Some of them are compared with what is asked, as the model sees them
                at the time.
            examples: Instead of those, for a model that moves no more.
            update: Returns the updates that the model has seen.
            longest: Pieces of a text that are read; None for as many as the model can.
            seed: From which the first weights of a model that fills in words were drawn, None where they were not
                random: with it the untrained network can be asked too.
        """
        self._model: Any = model
        self._tokenizer: Any = tokenizer
        self._classes = list(classes)
        self._update = update
        self._seed = seed
        self._untrained: PreTrainedModel | None = None
        most = longest_of(model, tokenizer, longest)
        self._reader = TextReader(tokenizer, most)
        labels = training_labels if classes else ()
        self._examples = FreshExamples(
            model, tokenizer, training_texts, labels, longest=most, update=update, clock=clock
        )
        if examples is not None:
            self._examples.keep(examples)

    def answer(self, ask: Ask) -> Reply:
        """Return what the model makes of a text.

        Raises:
            RunError: There is no text, or no [MASK] to fill in, or the model's numbers are none any more.
        """
        mine = "classify" if self._classes else "fill"
        if ask.kind == "warm":
            self._forward(self._reader.read("a", masked=False).ids)
            return Reply(Answer(kind=ask.kind, update=self._update(), classes=self._classes))
        if ask.kind not in (mine, "attend"):
            raise unknown_kind(ask, mine)
        reader = self._reader
        read = reader.read(ask.text, masked=not self._classes)
        if not reader.content(read):
            raise RunError("There is no text yet: type a sentence.", code="ask-empty")
        places = reader.masks(read)
        if ask.kind == "fill" and not places:
            raise reader.unmasked(read)
        notes = reader.notes(read)
        wanted = ask.attention and len(read.ids) <= ATTENTION_PIECES
        if ask.attention and not wanted:
            notes.append(_too_long_for_attention())
        logits, vector, attention = self._forward(read.ids, attention=wanted, vector=ask.kind == "classify")
        answer = Answer(
            kind=ask.kind,
            update=self._update(),
            notes=notes,
            classes=self._classes,
            pieces=reader.pieces(read),
            ids=read.ids,
        )
        arrays = {"attention": attention} if attention is not None else {}
        if ask.kind == "attend":
            return Reply(answer, arrays)
        if ask.kind == "fill":
            masks = behind_masks(logits, places, ask.words, self._tokenizer)
            before = self._before(read.ids, places, ask.words) if ask.untrained else []
            return Reply(msgspec.structs.replace(answer, masks=masks, untrained=before), arrays)
        near = self._examples.nearest(vector, self._classes) if vector is not None else []
        shares = [float(share) for share in logits.softmax(0).tolist()]
        return Reply(
            msgspec.structs.replace(
                answer, probabilities=shares, neighbours=near, neighbours_update=self._examples.seen_at if near else -1
            ),
            arrays,
        )

    def prepare(self) -> None:
        """Look at some of the training examples anew, if the model has moved on since all were looked at."""
        self._examples.look()

    def _forward(
        self, ids: list[int], *, attention: bool = False, vector: bool = False
    ) -> tuple[Tensor, Tensor | None, Tensor | None]:
        """Return the scores, the encoder's last vector at [CLS], and attention (layers, heads, n, n), if wanted."""
        model = self._model
        batch = {"input_ids": torch.tensor([ids], device=model.device)}
        batch["attention_mask"] = torch.ones_like(batch["input_ids"])
        with looked_at(model):
            if attention:
                with attending(model):
                    out = model(**batch, output_attentions=True, output_hidden_states=vector)
            else:
                out = model(**batch, output_hidden_states=vector)
        logits = out.logits[0].float().cpu()
        if not bool(logits.isfinite().all()):
            raise not_a_number()
        return (
            logits,
            out.hidden_states[-1][0, 0] if vector else None,
            torch.stack(out.attentions, dim=1)[0].half().cpu().contiguous() if attention else None,
        )

    def _before(self, ids: list[int], places: list[int], words: list[str]) -> list[Masked]:
        """Return what the network guessed before it was trained; nothing where its first weights are not known."""
        if self._untrained is None and self._seed is not None:
            self._untrained = untrained(self._model, self._seed)
        if self._untrained is None:
            return []
        with torch.no_grad():
            scores = self._untrained(input_ids=torch.tensor([ids], device=self._model.device)).logits
        return behind_masks(scores[0].float().cpu(), places, words, self._tokenizer)


def keep_training(
    folder: RunFolder,
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    texts: Sequence[str],
    labels: Sequence[int],
    *,
    longest: int | None = None,
) -> None:
    """Write what answers of a finished run need: some training examples as its final model sees them."""
    keep_examples(folder, model, tokenizer, texts, labels, longest_of(model, tokenizer, longest))


def _too_long_for_attention() -> Note:
    return Note(
        code="ask-long-attention",
        sentence=f"Attention is shown for texts of up to {ATTENTION_PIECES} pieces.",
        details={"most": str(ATTENTION_PIECES)},
    )
