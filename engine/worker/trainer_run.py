"""What runs that Trainer trains have in common: they plan, train from the newest checkpoint, and look at the test."""

from __future__ import annotations

import math
import platform
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import torch
import transformers

from engine.events import Evaluated, Planned, Tested
from engine.worker.arrays import keeps_arrays, write_arrays
from engine.worker.desk import Answerer, Desk
from engine.worker.folder_keeper import FolderKeeper
from engine.worker.following import Following
from engine.worker.looking import attention, tokenized
from engine.worker.probing import Prober, Probes
from engine.worker.session import Session
from engine.worker.trainer import LearnTrainer

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


class TrainerRun(ABC):
    """A run of Trainer. Subclasses prepare data, tokenizer and model, then call `begin` with their Trainer.

    Attributes:
        newest: The checkpoint that the run goes on from, with its facts; None at the beginning.
        longest: Most tokens of a text.
        every: Updates between two evaluations; `epochs` counts evaluations.
        probes: Sentences that are shown to the model again and again, with what is right.
    """

    tokenizer: PreTrainedTokenizerBase
    model: PreTrainedModel
    trainer: LearnTrainer
    longest: int
    updates: int
    every: int
    probes: Probes

    def __init__(self, session: Session) -> None:
        self.session = session
        self.knobs = session.recipe.knobs
        self.seed = int(self.knobs["seed"])
        self.newest = session.checkpoints.newest()

    @property
    def epochs(self) -> int:
        """How often the run is evaluated."""
        return math.ceil(self.updates / self.every)

    def begin(self, trainer: LearnTrainer) -> None:
        """Train to the end, and leave the model in the run's folder.

        Raises:
            Stopped: The run is to stop.
        """
        session = self.session
        self.trainer = trainer
        self.keeper = FolderKeeper(session.checkpoints, trainer)
        self.prober = Prober(session, self.probes, self.guesses)
        if session.leads:
            session.serve = Desk(session.folder, self.answerer()).serve
        path, facts = self.newest or (None, None)
        session.plan(self.planned(), self.keeper, facts)
        session.stream.emit(tokenized(self.tokenizer, [text for text, _ in self.probes], self.longest))
        trainer.add_callback(
            Following(
                session,
                updates=self.updates,
                evaluates_after=self.evaluates_after,
                evaluated=self.evaluated,
                look=self.prober.look,
                begins=lambda: trainer.restore_random(path) if path else None,
            )
        )
        trainer.train(resume_from_checkpoint=str(path) if path else None)
        self.finish()
        if session.leads:
            self.keeper.write_model(session.folder.path / "model")

    def planned(self) -> Planned:
        """Return what the run is going to do."""
        return Planned(
            time=time.time(),
            updates=self.updates,
            epochs=self.epochs,
            updates_per_epoch=self.every,
            parameters=self.model.num_parameters(),
            examples=self.examples(),
            classes=self.classes(),
            threads=torch.get_num_threads(),
            device=str(self.trainer.args.device),
            versions={
                "python": platform.python_version(),
                "torch": str(torch.__version__),
                "transformers": transformers.__version__,
            },
            shape=shape_of(self.model),
            **self.plan_of_kind(),
        )

    def evaluates_after(self, update: int) -> bool:
        """Return whether an evaluation follows that update."""
        return update % self.every == 0 or update == self.updates

    def is_unevaluated(self) -> bool:
        """Return whether an evaluation is missing where the run begins: at first, or if it was stopped in one."""
        if self.newest is None:
            return True
        facts = self.newest[1]
        due = facts.update == 0 or self.evaluates_after(facts.update)
        return due and facts.evaluated < math.ceil(facts.update / self.every)

    def evaluated(self, metrics: dict[str, float]) -> None:
        """Say what an evaluation found."""
        session = self.session
        if not session.leads:
            return
        epoch = math.ceil(session.update / self.every)
        self.prober.ask(session.update)
        loss, accuracy = self.sample()
        event = Evaluated(
            time=time.time(),
            epoch=epoch,
            update=session.update,
            train_loss=loss,
            train_accuracy=accuracy,
            val_loss=metrics.get("eval_exact_loss", metrics["eval_loss"]),
            val_accuracy=metrics["eval_accuracy"],
            arrays=self._arrays(epoch),
            seconds=metrics["eval_runtime"],
            **self.figures_of_kind(metrics),
        )
        session.evaluated(event)

    def test(self, dataset: Any) -> Tested:
        """Look at the test set."""
        metrics = self.trainer.predict(dataset, metric_key_prefix="test").metrics or {}
        figures = self.figures_of_kind(metrics)
        return Tested(
            time=time.time(),
            loss=metrics.get("test_exact_loss", metrics["test_loss"]),
            accuracy=metrics["test_accuracy"],
            confusion=figures["confusion"],
            f1=metrics.get("test_f1", math.nan),
        )

    def _arrays(self, epoch: int) -> str:
        if not keeps_arrays(epoch, self.epochs):
            return ""
        texts = [text for text, _ in self.probes]
        tensors = {"attention": attention(self.model, self.tokenizer, texts, self.longest)}
        return write_arrays(self.session.folder, epoch, tensors | self.arrays_of_kind())

    @abstractmethod
    def examples(self) -> dict[str, int]:
        """Return the number of texts by part."""

    @abstractmethod
    def classes(self) -> list[str]:
        """Return the names of the labels, none where there are no labels."""

    @abstractmethod
    def plan_of_kind(self) -> dict[str, Any]:
        """Return the fields of `Planned` that differ between kinds."""

    @abstractmethod
    def guesses(self, texts: Any) -> Any:
        """Return what the model makes of sentences."""

    @abstractmethod
    def answerer(self) -> Answerer:
        """Return what answers questions to the model while it trains."""

    @abstractmethod
    def sample(self) -> tuple[float, float]:
        """Return loss and accuracy on some of the training texts."""

    @abstractmethod
    def figures_of_kind(self, metrics: dict[str, float]) -> dict[str, Any]:
        """Return the fields of `Evaluated` that differ between kinds, `confusion` among them."""

    @abstractmethod
    def finish(self) -> None:
        """Look at the test set, once."""

    def arrays_of_kind(self) -> dict[str, Tensor]:
        """Return arrays beside the attention."""
        return {}


def shape_of(model: PreTrainedModel) -> str:
    """Return a model's layers and width, such as "2x128"."""
    config = model.config
    layers = getattr(config, "num_hidden_layers", getattr(config, "n_layers", "?"))
    return f"{layers}x{getattr(config, 'hidden_size', getattr(config, 'dim', '?'))}"
