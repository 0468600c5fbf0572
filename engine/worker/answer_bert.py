"""Answers of a BERT: the label of a text, or the words behind [MASK]."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import torch
from torch import Tensor

from engine.errors import RunError
from engine.recipes import Recipe
from engine.runs.asks import Answer, Ask, Masked, Note
from engine.runs.folder import RunFolder
from engine.worker.answer_mlp import no_model, not_a_number
from engine.worker.behind_masks import behind_masks, untrained
from engine.worker.checkpoints import Checkpoints
from engine.worker.desk import Reply, unknown_kind
from engine.worker.examples import Examples, balanced, embedded, keep_examples, kept_examples
from engine.worker.looking import attending, looked_at

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

PIECES = 20_000
"""No model reads more pieces."""

PIECE_LETTERS = 40
"""Letters of a text for each piece that the model can read; the rest is not even looked at."""

ATTENTION_PIECES = 96
"""Of longer texts no attention is told: it could not be shown, and would be very large."""

LIVE_EXAMPLES = 240
SLICE_EXAMPLES = 16
"""So many examples are looked at anew between two updates, while somebody asks."""

FRESH_SECONDS = 5.0
FRESH_SHARE = 0.05
"""Least time between two looks at all of them; and most of the time that they may take."""

MASK = re.compile(r"[\[［【]\s*mask\s*[\]］】]", re.IGNORECASE)


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
        self._examples = examples
        self._seen_at = update() if examples else -1
        self._update = update
        self._longest = longest_of(model, tokenizer, longest)
        self._seed = seed
        self._untrained: PreTrainedModel | None = None
        rows = balanced(training_labels, LIVE_EXAMPLES) if classes and not examples else []
        self._texts = [training_texts[row] for row in rows]
        self._labels = [training_labels[row] for row in rows]
        self._clock = clock
        self._slices: list[Tensor] = []
        self._took = 0.0
        self._next_look = 0.0

    def answer(self, ask: Ask) -> Reply:
        """Return what the model makes of a text.

        Raises:
            RunError: There is no text, or no [MASK] to fill in, or the model's numbers are none any more.
        """
        mine = "classify" if self._classes else "fill"
        if ask.kind == "warm":
            self._forward(self._encoded("a")["input_ids"])
            return Reply(Answer(kind=ask.kind, update=self._update(), classes=self._classes))
        if ask.kind not in (mine, "attend"):
            raise unknown_kind(ask, mine)
        text = MASK.sub(str(self._tokenizer.mask_token), ask.text) if not self._classes else ask.text
        read = self._encoded(text)
        ids: list[int] = read["input_ids"]
        if not any(self._content(ids)):
            raise RunError("There is no text yet: type a sentence.", code="ask-empty")
        places = [place for place, number in enumerate(ids) if number == self._tokenizer.mask_token_id]
        if ask.kind == "fill" and not places:
            raise self._unmasked(text)
        notes = self._notes(text, read)
        wanted = ask.attention and len(ids) <= ATTENTION_PIECES
        if ask.attention and not wanted:
            notes.append(_too_long_for_attention())
        logits, vector, attention = self._forward(ids, attention=wanted, vector=ask.kind == "classify")
        answer = Answer(
            kind=ask.kind,
            update=self._update(),
            notes=notes,
            classes=self._classes,
            pieces=self._tokenizer.convert_ids_to_tokens(ids),
            ids=ids,
        )
        arrays = {"attention": attention} if attention is not None else {}
        if ask.kind == "attend":
            return Reply(answer, arrays)
        if ask.kind == "fill":
            masks = behind_masks(logits, places, ask.words, self._tokenizer)
            before = self._before(ids, places, ask.words) if ask.untrained else []
            return Reply(msgspec.structs.replace(answer, masks=masks, untrained=before), arrays)
        near = self._examples.nearest(vector, self._classes) if self._examples and vector is not None else []
        shares = [float(share) for share in logits.softmax(0).tolist()]
        return Reply(
            msgspec.structs.replace(
                answer, probabilities=shares, neighbours=near, neighbours_update=self._seen_at if near else -1
            ),
            arrays,
        )

    def prepare(self) -> None:
        """Look at some of the training examples anew, if the model has moved on since all were looked at."""
        now = self._clock()
        if not self._texts or (not self._slices and (self._seen_at == self._update() or now < self._next_look)):
            return
        done = sum(map(len, self._slices))
        part = self._texts[done : done + SLICE_EXAMPLES]
        self._slices.append(embedded(self._model, self._tokenizer, part, self._longest))
        self._took += self._clock() - now
        if done + len(part) == len(self._texts):
            self._examples = Examples(self._texts, self._labels, torch.cat(self._slices))
            self._seen_at = self._update()
            self._next_look = self._clock() + max(FRESH_SECONDS, self._took / FRESH_SHARE)
            self._slices, self._took = [], 0.0

    def _encoded(self, text: str) -> Any:
        return self._tokenizer(
            text[: PIECE_LETTERS * self._longest],
            truncation=True,
            max_length=self._longest,
            return_offsets_mapping=True,
        )

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

    def _unmasked(self, text: str) -> RunError:
        """Return what is said to a text that has nothing to fill in."""
        if str(self._tokenizer.mask_token) in text:
            return RunError(
                f"The [MASK] stands too far behind: the model reads {self._longest} pieces.",
                code="ask-mask-cut",
                pieces=self._longest,
            )
        return RunError(
            "There is no [MASK] in this text: put one where a word is to be guessed.",
            code="ask-no-mask",
        )

    def _content(self, ids: list[int]) -> list[bool]:
        """Return of each piece whether it says anything: the frame of special tokens does not, a [MASK] does."""
        tokenizer = self._tokenizer
        frame = set(tokenizer.all_special_ids) - {tokenizer.unk_token_id, tokenizer.mask_token_id}
        return [number not in frame for number in ids]

    def _notes(self, text: str, read: Any) -> list[Note]:
        """Return what has to be known of how the text was read: whether it was cut, what is unknown in it."""
        ids: list[int] = read["input_ids"]
        spans: list[tuple[int, int]] = read["offset_mapping"]
        notes = []
        end = max((stop for _, stop in spans), default=0)
        over = len(ids) >= self._longest or len(text) > PIECE_LETTERS * self._longest
        if over and text[end:].strip():
            notes.append(_cut(len(ids), end, len(text)))
        unknown = [text[start:stop] for number, (start, stop) in zip(ids, spans, strict=True) if self._unknown(number)]
        if unknown:
            words = sum(self._content(ids))
            notes.append(_all_unknown() if len(unknown) == words else _some_unknown(unknown, words))
        return notes

    def _unknown(self, number: int) -> bool:
        return bool(number == self._tokenizer.unk_token_id)


def longest_of(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, wanted: int | None = None) -> int:
    """Return how many pieces of a text a model reads at most."""
    limits = [wanted or PIECES, int(getattr(model.config, "max_position_embeddings", PIECES))]
    return min(*limits, int(min(tokenizer.model_max_length, PIECES)))


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


def load_transformers() -> None:
    """Import what `saved_bert` most often needs, which takes seconds."""
    import transformers

    for name in ("BertForMaskedLM", "BertForSequenceClassification", "PreTrainedTokenizerFast"):
        getattr(transformers, name)  # it imports a name when that is first asked for


def saved_bert(folder: RunFolder, recipe: Recipe) -> BertAnswerer:
    """Return an answerer for a run's final model, or for the newest that it has saved.

    Raises:
        RunError: There is none, or it cannot be read.
    """
    from transformers import PreTrainedTokenizerFast

    final = folder.path / "model"
    newest = Checkpoints(folder.checkpoints).newest()
    if (final / "config.json").exists():
        path = final
    elif newest is not None:
        path = newest[0]
    else:
        raise no_model()
    classifies = recipe.kind == "bert"
    try:
        model = _model_class(path, classifies).from_pretrained(
            path, dtype=torch.float32, local_files_only=True, use_safetensors=True
        )
        tokenizer = PreTrainedTokenizerFast.from_pretrained(path, local_files_only=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise _unreadable(path, (str(error).splitlines() or [""])[0]) from error
    if len(tokenizer) > model.config.vocab_size:
        raise _unreadable(path, f"its tokenizer has {len(tokenizer)} pieces, the model {model.config.vocab_size}")
    done = newest[1].update if newest else int(recipe.knobs.get("updates", 0))  # those that come along have no other
    return BertAnswerer(
        model.eval(),
        tokenizer,
        [str(name) for _, name in sorted(model.config.id2label.items())] if classifies else (),
        examples=kept_examples(folder) if classifies and path == final else None,
        update=lambda: done,
        longest=int(recipe.knobs.get("max_length", PIECES)),
        seed=None if classifies else int(recipe.knobs["seed"]),
    )


def _model_class(path: Path, classifies: bool) -> Any:
    """Return the class of the model in a folder; that of a BERT is quicker to import than one that fits all."""
    try:
        kind = msgspec.json.decode((path / "config.json").read_bytes()).get("model_type")
    except msgspec.DecodeError as error:
        raise _unreadable(path, str(error)) from error
    if kind == "bert":
        from transformers import BertForMaskedLM, BertForSequenceClassification

        return BertForSequenceClassification if classifies else BertForMaskedLM
    from transformers import AutoModelForMaskedLM, AutoModelForSequenceClassification

    return AutoModelForSequenceClassification if classifies else AutoModelForMaskedLM


def _unreadable(path: Path, why: str) -> RunError:
    return RunError(f"The model in {path} cannot be read: {why}.", code="model-unreadable", folder=path, why=why)


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


def _too_long_for_attention() -> Note:
    return Note(
        code="ask-long-attention",
        sentence=f"Attention is shown for texts of up to {ATTENTION_PIECES} pieces.",
        details={"most": str(ATTENTION_PIECES)},
    )
