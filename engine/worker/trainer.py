"""Hugging Face's Trainer as this program uses it: its own loop, steered by callbacks, saved and resumed whole."""

from __future__ import annotations

import math
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import PreTrainedModel, PrinterCallback, Trainer, TrainingArguments

from engine.worker.device import device_of
from engine.worker.session import Session

if TYPE_CHECKING:
    from torch.utils.data import Sampler

LONGEST_PAUSE = timedelta(days=30)
"""Processes of a group wait for each other as long as this: the learner may have paused the run."""
WRITING = ".writing"
"""Folder below `checkpoints` for what is not whole yet."""
UNCACHED = "uncached"
"""Fingerprint of data sets in memory: working it out would pickle the tokenizer, half a second each time."""


class LearnTrainer(Trainer):
    """Trainer with an order of its own for the texts, if one is given, and evaluations that leave no trace.

    An evaluation draws from PyTorch's random numbers, as every DataLoader does when it begins; they are put back,
    so that a run trains the same whether or not it was evaluated before it was resumed.
    """

    def __init__(self, *, order: Sampler[int] | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self.order = order
        self.remove_callback(PrinterCallback)

    @property
    def learner(self) -> PreTrainedModel:
        """The model itself, however it was wrapped."""
        assert isinstance(self.model, PreTrainedModel)
        return self.model

    @property
    def writing(self) -> Path:
        """The folder for what is not in its place yet."""
        return Path(str(self.args.output_dir))

    def evaluation_loop(self, *arguments: Any, **settings: Any) -> Any:
        """Evaluate as Trainer does, and put the random numbers back before anybody saves them."""
        before = torch.get_rng_state()
        try:
            return super().evaluation_loop(*arguments, **settings)
        finally:
            torch.set_rng_state(before)
            self.learner.train()

    def keep(self) -> Path:
        """Write everything that training goes on from, and return the folder, which is not in its place yet."""
        self._save_checkpoint(self.learner, trial=None)
        folder = self.writing / f"checkpoint-{self.state.global_step}"
        (folder / "training_args.bin").unlink(missing_ok=True)  # a pickle, which nobody should have to trust
        return folder

    def restore_random(self, checkpoint: Path) -> None:
        """Take over a checkpoint's random numbers now; Trainer does so only after an evaluation at the start."""
        self._load_rng_state(str(checkpoint))

    def store_flos(self) -> None:
        """Count this process's work alone: Trainer would ask the others, who are not there when the leader saves."""
        self.state.total_flos += self.current_flos
        self.current_flos = 0

    def _get_train_sampler(self, train_dataset: Any = None) -> Any:
        return super()._get_train_sampler(train_dataset) if self.order is None else self.order


def arguments(session: Session, **settings: Any) -> TrainingArguments:
    """Return Trainer's settings for a recipe; `settings` go over those that every recipe has."""
    knobs = session.recipe.knobs
    on_cpu = device_of(str(knobs["device"]), session.place).type == "cpu"
    warmup = float(knobs["warmup"])
    return TrainingArguments(
        output_dir=str(session.folder.checkpoints / WRITING),
        per_device_train_batch_size=int(knobs["train_batch"]) // session.world,
        learning_rate=float(knobs["lr"]),
        weight_decay=float(knobs["weight_decay"]),
        warmup_steps=warmup if warmup < 1 else math.floor(warmup),  # below 1 it is a share of all updates
        lr_scheduler_type="linear",
        seed=int(knobs["seed"]),
        data_seed=int(knobs["seed"]),  # without it a run that is resumed in mid-epoch sees other batches
        logging_steps=1,
        logging_nan_inf_filter=False,  # a loss that explodes is to be seen
        save_strategy="no",  # the session says when
        report_to="none",
        disable_tqdm=True,
        dataloader_pin_memory=False,
        use_cpu=on_cpu,
        average_tokens_across_devices=False,  # with it, the loss of two processes is logged doubled
        ddp_backend=("gloo" if on_cpu else "nccl") if session.world > 1 else None,
        ddp_timeout=int(LONGEST_PAUSE.total_seconds()),
        **settings,
    )
