"""Masked language modelling: texts, tokenizer, model and Trainer of a `pretrain` run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch
from datasets import Dataset
from transformers import BertForMaskedLM

from engine.events import Guess
from engine.worker.answer_bert import BertAnswerer
from engine.worker.by_length import ByLength
from engine.worker.looking import CHUNK, looked_at
from engine.worker.masked_trainer import MaskedTrainer
from engine.worker.masking import Masking
from engine.worker.opening import open_tokenizer
from engine.worker.probing import word_guesses
from engine.worker.scratch import scratch_config
from engine.worker.session import Session
from engine.worker.starts import Start
from engine.worker.trainer import UNCACHED, arguments
from engine.worker.trainer_run import TrainerRun
from engine.worker.wordpiece import train_wordpiece

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

HELD = 1_000
"""Texts that are held out to validate, and as many again for the test; a tenth of fewer than 10,000."""
SAMPLE = 256
"""Training texts that are measured beside the validation set."""
EVAL_BATCH = 64
BETAS = (0.9, 0.98)
"""Of AdamW: a shorter memory of squares than usual, as rates are high."""
PROBES = (
    "a city in northern [MASK]",
    "a large body of [MASK]",
    "a plant with yellow [MASK]",
    "a person who plays the [MASK]",
    "the [MASK] of a king",
    "a small bird with a long [MASK]",
)
CHINESE_PROBES = (
    "子[MASK]：有教无类。",
    "[MASK]子曰：",
    "春风不[MASK]春衣。",
    "秋水共长[MASK]一色。",
    "知之为知之，不知为不[MASK]。",
    "在家靠父母，出门靠[MASK]友。",
)


class Pretraining(TrainerRun):
    """The parts of such a run; `run` trains it."""

    def __init__(self, session: Session, texts: Sequence[str]) -> None:
        super().__init__(session)
        knobs = self.knobs
        self.longest = int(knobs["positions"])
        self.updates = int(knobs["updates"])
        self.every = min(int(knobs["evaluate_every"]), self.updates)
        self.probes = [(text, "") for text in (CHINESE_PROBES if knobs["data"] == "classics" else PROBES)]
        session.loading("tokenizer")
        self.tokenizer = self._tokenizer(texts)
        session.loading("tokens")
        held = min(HELD, len(texts) // 10)
        done = self.newest[1].update if self.newest else 0
        self.masking = Masking(self.tokenizer, share=float(knobs["mask"]), seed=self.seed, batch=done)
        self.training = self._tokens(texts[2 * held :])
        self.validation = self._masked(texts[:held], 0)
        self.held_out = self._masked(texts[held : 2 * held], 1)
        self.measured = self._masked(texts[2 * held :][:SAMPLE], 2)
        session.loading("model")
        torch.manual_seed(self.seed)
        self.model = BertForMaskedLM(scratch_config(knobs, len(self.tokenizer)))

    def run(self) -> None:
        """Train from the newest checkpoint, or from the beginning, to the end."""
        lengths = [len(ids) for ids in self.training["input_ids"]]
        trainer = MaskedTrainer(
            model=self.model,
            args=arguments(
                self.session,
                max_steps=self.updates,
                per_device_eval_batch_size=EVAL_BATCH,
                adam_beta1=BETAS[0],
                adam_beta2=BETAS[1],
                eval_strategy="steps",
                eval_steps=self.every,
                eval_on_start=self.is_unevaluated(),
            ),
            data_collator=self.masking,
            train_dataset=self.training,
            eval_dataset=self.validation,
            processing_class=self.tokenizer,
            preprocess_logits_for_metrics=lambda scores, _: scores.argmax(-1),
            compute_metrics=masked_accuracy,
            order=ByLength(lengths, batch=int(self.knobs["train_batch"]), seed=self.seed),
        )
        self.begin(trainer)

    def finish(self) -> None:
        self.session.tested(self.test(self.held_out))

    def examples(self) -> dict[str, int]:
        return {"train": len(self.training), "validation": len(self.validation), "test": len(self.held_out)}

    def classes(self) -> list[str]:
        return []

    def plan_of_kind(self) -> dict[str, Any]:
        return {
            "chance_loss": math.log(len(self.tokenizer)),
            "plateau_loss": self._plateau(),
            "period": "check",
            "source": "worker/pretraining.py",
            "start": "scratch",
        }

    def figures_of_kind(self, metrics: dict[str, float]) -> dict[str, Any]:
        return {"confusion": [], "worst": []}

    def guesses(self, texts: Sequence[str]) -> list[list[Guess]]:
        return word_guesses(self.model, self.tokenizer, texts, self.longest)

    def answerer(self) -> BertAnswerer:
        return BertAnswerer(
            self.model, self.tokenizer, update=lambda: self.session.update, longest=self.longest, seed=self.seed
        )

    def sample(self) -> tuple[float, float]:
        loss = 0.0
        right = hidden = 0
        with looked_at(self.model):
            for first in range(0, len(self.measured), CHUNK):
                batch = self.masking(
                    self.measured.select(range(first, min(first + CHUNK, len(self.measured)))).to_list()
                )
                batch = {name: tensor.to(self.model.device) for name, tensor in batch.items()}
                output, labels = self.model(**batch), batch["labels"]
                count = int((labels >= 0).sum())
                loss += float(output.loss) * count
                right += int(((output.logits.argmax(-1) == labels) & (labels >= 0)).sum())
                hidden += count
        return loss / max(1, hidden), right / max(1, hidden)

    def _tokenizer(self, texts: Sequence[str]) -> PreTrainedTokenizerBase:
        """Return the tokenizer of the newest checkpoint, or a new one made from the texts."""
        if self.newest:
            return open_tokenizer(Start("run", self.newest[0], self.session.folder.id))
        return train_wordpiece(texts, int(self.knobs["vocabulary"]), self.longest)

    def _tokens(self, texts: Sequence[str]) -> Dataset:
        def encode(rows: dict[str, list[str]]) -> dict[str, list[list[int]]]:
            ids = self.tokenizer(rows["text"], truncation=True, max_length=self.longest)["input_ids"]
            return {"input_ids": ids}

        return Dataset.from_dict({"text": list(texts)}).map(
            encode, batched=True, remove_columns=["text"], new_fingerprint=UNCACHED
        )

    def _masked(self, texts: Sequence[str], number: int) -> Dataset:
        """Return texts of which the same tokens are hidden each time."""
        return Dataset.from_list(self.masking.masked(self._tokens(texts).to_list(), number))

    def _plateau(self) -> float:
        """Return the loss of guessing each hidden piece by its frequency: what a model without context reaches."""
        counts = torch.ones(len(self.tokenizer))
        for row in self.training.iter(batch_size=10_000):
            ids = torch.tensor([piece for text in row["input_ids"] for piece in text[1:-1]])
            counts += torch.bincount(ids, minlength=len(counts))
        labels = torch.tensor([label for row in self.validation["labels"] for label in row if label >= 0])
        return float(-(counts / counts.sum()).log()[labels].mean())


def masked_accuracy(prediction: Any) -> dict[str, float]:
    """Return the share of hidden tokens that were guessed right."""
    hidden = prediction.label_ids >= 0
    return {"accuracy": float((prediction.predictions == prediction.label_ids)[hidden].mean())}
