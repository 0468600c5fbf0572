"""Texts with labels: tokenizer, model and Trainer of a `bert` run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch
from datasets import Dataset
from msgspec.structs import replace
from torch.nn import functional
from transformers import AutoModelForSequenceClassification, DataCollatorWithPadding

from engine.events import Guess
from engine.worker.answer_bert import BertAnswerer, keep_training
from engine.worker.looking import Projection, class_scores, sentence_vectors
from engine.worker.measures import confusion, worst
from engine.worker.opening import open_classifier, open_tokenizer
from engine.worker.probing import label_guesses
from engine.worker.scores import scores_of
from engine.worker.scratch import scratch_classifier, scratch_config
from engine.worker.session import Session
from engine.worker.starts import Start
from engine.worker.texts import Part, Texts
from engine.worker.trainer import UNCACHED, LearnTrainer, arguments
from engine.worker.trainer_run import TrainerRun
from engine.worker.unknown import refuse_unknown
from engine.worker.wordpiece import train_wordpiece

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import EvalPrediction, PreTrainedModel, PreTrainedTokenizerBase

SAMPLE = 256
"""Training texts that are measured beside the validation set."""
MAPPED = 300
"""Validation texts on the map."""
PROBES = 6


class Classifying(TrainerRun):
    """The parts of such a run; `run` trains it."""

    def __init__(self, session: Session, start: Start, data: Texts) -> None:
        super().__init__(session)
        session.best_by = "val_accuracy"
        self.start = start
        self.data = data
        self.probes = probes_of(data.validation, data.classes)
        session.loading("tokenizer")
        self.tokenizer = self._tokenizer()
        refuse_unknown(self.tokenizer, data.train.texts, start=start.name, data=str(self.knobs["data"]))
        session.loading("model")
        torch.manual_seed(self.seed)
        self.model = self._model()
        positions = getattr(self.model.config, "max_position_embeddings", None)
        self.longest = min(int(self.knobs["max_length"]), positions or int(self.knobs["max_length"]))
        session.loading("tokens")
        self.training = self._tokens(data.train)
        self.validation_part, self.validation = self._sorted(data.validation)
        self.test_part, self.held_out = self._sorted(data.test)
        self.every = math.ceil(len(self.training) / int(self.knobs["train_batch"]))
        self.updates = self.every * int(self.knobs["epochs"])
        self.projection = Projection()
        self._scores: Tensor = torch.empty(0)

    def run(self) -> None:
        """Train from the newest checkpoint, or from the beginning, to the end."""
        trainer = LearnTrainer(
            model=self.model,
            args=arguments(
                self.session,
                num_train_epochs=int(self.knobs["epochs"]),
                per_device_eval_batch_size=int(self.knobs["eval_batch"]),
                eval_strategy="epoch",
                eval_on_start=self.is_unevaluated(),
            ),
            data_collator=DataCollatorWithPadding(self.tokenizer),
            train_dataset=self.training,
            eval_dataset=self.validation,
            processing_class=self.tokenizer,
            compute_metrics=self._metrics,
        )
        self.begin(trainer)

    def finish(self) -> None:
        self._take_best()
        self.session.tested(self.test(self.held_out))
        if self.session.leads:
            train = self.data.train
            keep_training(self.session.folder, self.model, self.tokenizer, train.texts, train.labels)

    def examples(self) -> dict[str, int]:
        return {"train": len(self.training), "validation": len(self.validation), "test": len(self.held_out)}

    def classes(self) -> list[str]:
        return list(self.data.classes)

    def plan_of_kind(self) -> dict[str, Any]:
        return {
            "chance_loss": math.log(len(self.data.classes)),
            "source": "worker/classifying.py",
            "start": self.start.name,
        }

    def guesses(self, texts: Sequence[str]) -> list[list[Guess]]:
        return label_guesses(self.model, self.tokenizer, texts, self.data.classes, self.longest)

    def answerer(self) -> BertAnswerer:
        train = self.data.train
        return BertAnswerer(
            self.model,
            self.tokenizer,
            self.data.classes,
            train.texts,
            train.labels,
            update=lambda: self.session.update,
            longest=self.longest,
        )

    def sample(self) -> tuple[float, float]:
        texts, labels = self.data.train.texts[:SAMPLE], torch.tensor(self.data.train.labels[:SAMPLE])
        scores = class_scores(self.model, self.tokenizer, texts, self.longest)
        right = int((scores.argmax(1) == labels).sum())
        return float(functional.cross_entropy(scores, labels)), right / len(labels)

    def figures_of_kind(self, metrics: dict[str, float]) -> dict[str, Any]:
        tested = "test_loss" in metrics
        part = self.test_part if tested else self.validation_part
        labels = torch.tensor(part.labels)
        figures: dict[str, Any] = {"confusion": confusion(self._scores, labels)}
        if not tested:
            figures["worst"] = [replace(miss, text=part.texts[miss.index]) for miss in worst(self._scores, labels)]
            figures["val_f1"] = metrics["eval_f1"]
        return figures

    def arrays_of_kind(self) -> dict[str, Tensor]:
        texts, labels = self.data.validation.texts[:MAPPED], self.data.validation.labels[:MAPPED]
        vectors = sentence_vectors(self.model, self.tokenizer, texts, self.longest)
        return {"map": self.projection.of(vectors), "map_labels": torch.tensor(labels)}

    def _tokenizer(self) -> PreTrainedTokenizerBase:
        """Return the tokenizer of the newest checkpoint, of the start, or one made from the training texts."""
        if self.newest:
            return open_tokenizer(Start("run", self.newest[0], self.session.folder.id))
        if self.start.path is None:
            longest = int(self.knobs["max_length"])
            written = self.data.unlabelled or self.data.train.texts
            return train_wordpiece(written, int(self.knobs["vocabulary"]), longest)
        return open_tokenizer(self.start)

    def _model(self) -> PreTrainedModel:
        """Return the model before the first update; a checkpoint's weights are Trainer's to load."""
        dropout, freeze = float(self.knobs["dropout"]), str(self.knobs["freeze"])
        if self.start.path is None:
            config = scratch_config(self.knobs, len(self.tokenizer), self.data.classes)
            return scratch_classifier(config, freeze=freeze)
        return open_classifier(self.start, self.data.classes, dropout=dropout, freeze=freeze)

    def _tokens(self, part: Part) -> Dataset:
        def encode(rows: dict[str, list[str]]) -> Any:
            return self.tokenizer(rows["text"], truncation=True, max_length=self.longest)

        rows = Dataset.from_dict({"text": part.texts, "label": part.labels})
        return rows.map(encode, batched=True, remove_columns=["text"], new_fingerprint=UNCACHED)

    def _sorted(self, part: Part) -> tuple[Part, Dataset]:
        """Return a part in the order of its texts' lengths, as texts and as tokens: less is padded, none is lost."""
        tokens = self._tokens(part)
        lengths = [len(ids) for ids in tokens["input_ids"]]
        order = sorted(range(len(part)), key=lengths.__getitem__)
        ordered = Part([part.texts[row] for row in order], [part.labels[row] for row in order])
        return ordered, tokens.select(order, new_fingerprint=UNCACHED)

    def _metrics(self, prediction: EvalPrediction) -> dict[str, float]:
        """Return accuracy, macro F1 and loss, and keep the scores for what is shown beside them.

        Trainer's own loss is not exact in a group: texts that fill the last batch up count twice in it.
        """
        labels = torch.as_tensor(prediction.label_ids)
        self._scores = torch.as_tensor(prediction.predictions).float()
        loss = float(functional.cross_entropy(self._scores, labels))
        return scores_of(self._scores, labels) | {"exact_loss": loss}

    def _take_best(self) -> None:
        """Put the best epoch's weights into the model, in every process."""
        if self.session.leads:
            self.session.save()
            best = self.keeper.best()
            if best is not None:
                weights = AutoModelForSequenceClassification.from_pretrained(best).state_dict()
                self.model.load_state_dict(weights)
        if self.session.world > 1:
            for tensor in self.model.state_dict().values():
                torch.distributed.broadcast(tensor, 0)


def probes_of(part: Part, classes: Sequence[str]) -> list[tuple[str, str]]:
    """Return some texts with their labels: the first of each class, for at most six classes."""
    first: dict[int, str] = {}
    for text, label in zip(part.texts, part.labels, strict=True):
        first.setdefault(label, text)
    chosen = [(first[label], classes[label]) for label in sorted(first)][:PROBES]
    rest = zip(part.texts, part.labels, strict=True)
    for text, label in rest:  # two classes give two sentences: more of them show more
        if len(chosen) >= PROBES:
            break
        if (text, classes[label]) not in chosen:
            chosen.append((text, classes[label]))
    return chosen
