"""The programs that `tests.bench.bert` compares, each in a process of its own.

    python -m tests.bench.trainers ours RUNFOLDER       a run of ours, by `attempt`
    python -m tests.bench.trainers article RUNFOLDER    the same texts, model and batches, as the article trains
    python -m tests.bench.trainers worker RUNFOLDER     a worker as `launch` starts it, ended by its first update
    python -m tests.bench.trainers imports RUNFOLDER    what such a worker has to import, and nothing else

The first two train in slices of `SLICE` updates: each ends with a line on standard output, and the next one
begins with a line on standard input, so that two programs can take turns. Lines of ours begin with @.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.runs.folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.worker.texts import Part

SLICE = 25
"""Updates."""


class Spent:
    """Seconds of the clock that pass within some calls; only within those that another one counts, if one is named."""

    def __init__(self, within: Spent | None = None) -> None:
        self.seconds = 0.0
        self.open = False
        self._within = within

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count what passes in here."""
        if self._within and not self._within.open:
            yield
            return
        began, self.open = time.perf_counter(), True
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - began
            self.open = False

    def count(self, owner: Any, name: str) -> None:
        """Count what passes in a method of a class from now on."""
        method = getattr(owner, name)

        def timed(*arguments: Any, **settings: Any) -> Any:
            with self.counted():
                return method(*arguments, **settings)

        setattr(owner, name, timed)


def say(**facts: Any) -> None:
    """Tell the bench."""
    print("@" + json.dumps(facts), flush=True)


def take_turns() -> None:
    """Make every Trainer of this process train in slices, and tell of each one and of evaluations."""
    import transformers
    from transformers import trainer

    evaluating, callbacks = Spent(), Spent()
    saving = Spent(callbacks)
    evaluating.count(trainer.Trainer, "evaluate")
    count_callbacks(callbacks, saving)

    class Turns(transformers.TrainerCallback):
        """Ends a slice where another update would begin."""

        began = 0.0
        before = [0.0, 0.0, 0.0]

        def on_step_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
            if state.global_step % SLICE == 0:
                self._turn(state.global_step)

        def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
            self._turn(state.global_step)

        def on_evaluate(self, args: Any, state: Any, control: Any, metrics: Any = None, **kwargs: Any) -> None:
            say(evaluated=metrics["eval_loss"])

        def _turn(self, update: int) -> None:
            if update:
                evaluated, called, saved = (now - then for now, then in zip(self._spent(), self.before, strict=True))
                seconds = time.perf_counter() - self.began - evaluated
                say(update=update, seconds=seconds, evaluating=evaluated, callbacks=called, saving=saved)
            else:
                say(update=0)
            if not sys.stdin.readline():
                sys.exit("the bench is gone")
            self.before = self._spent()
            self.began = time.perf_counter()

        def _spent(self) -> list[float]:
            return [each.seconds for each in (evaluating, callbacks, saving)]

    trainer.DEFAULT_CALLBACKS.append(Turns)  # type: ignore[arg-type]  # it is said to hold one class alone


def count_callbacks(callbacks: Spent, saving: Spent) -> None:
    """Count what our callbacks take after updates, and what saving takes of that."""
    from engine.worker.following import Following
    from engine.worker.saving import Saving

    for name in ("on_step_end", "on_log"):
        callbacks.count(Following, name)
    saving.count(Saving, "save")


def ours(folder: RunFolder) -> None:
    """Train the run, every update streamed, with probes, maps, checkpoints and a desk."""
    from engine.worker.attempt import attempt
    from engine.worker.process import step_back

    if os.environ.get("BENCH_STEPS_BACK"):
        step_back()
    take_turns()
    result = attempt(folder, threading.Event())
    if result.state != "finished":
        raise RuntimeError(result.reason)


def article(folder: RunFolder) -> None:
    """Train on the run's texts as the article does: all of them padded to the longest, rows made one by one."""
    import torch
    from torch.utils.data import Dataset
    from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, TrainingArguments

    from engine.worker.scores import scores_of
    from engine.worker.starts import resolve
    from engine.worker.texts import texts

    knobs = folder.recipe().knobs
    torch.set_num_threads(1)
    take_turns()
    seed = int(knobs["seed"])
    data = texts(str(knobs["data"]), labels_per_class=int(knobs["labels_per_class"]), seed=seed, cache=folder.home)
    start = resolve(str(knobs["start"]), folder.home).path
    assert start is not None
    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(start)
    model = AutoModelForSequenceClassification.from_pretrained(start, num_labels=len(data.classes), dtype=torch.float32)

    class Rows(Dataset[dict[str, torch.Tensor]]):
        """A part of the texts, as the article holds it."""

        def __init__(self, part: Part) -> None:
            self.encodings = tokenizer(part.texts, truncation=True, padding=True, max_length=int(knobs["max_length"]))
            self.labels = part.labels

        def __getitem__(self, row: int) -> dict[str, torch.Tensor]:
            item = {key: torch.tensor(values[row]) for key, values in self.encodings.items()}
            return item | {"labels": torch.tensor(self.labels[row])}

        def __len__(self) -> int:
            return len(self.labels)

    training = Rows(data.train)
    say(longest=len(training.encodings["input_ids"][0]))
    Trainer(
        model=model,
        args=TrainingArguments(
            output_dir=str(folder.path / "article"),
            num_train_epochs=int(knobs["epochs"]),
            per_device_train_batch_size=int(knobs["train_batch"]),
            per_device_eval_batch_size=int(knobs["eval_batch"]),
            learning_rate=float(knobs["lr"]),
            warmup_steps=float(knobs["warmup"]),
            weight_decay=float(knobs["weight_decay"]),
            eval_strategy="epoch",
            use_cpu=True,
            seed=seed,
            data_seed=seed,
            report_to="none",
        ),
        train_dataset=training,
        eval_dataset=Rows(data.validation),
        compute_metrics=lambda said: scores_of(torch.as_tensor(said.predictions), torch.as_tensor(said.label_ids)),
    ).train()


def worker(folder: RunFolder) -> None:
    """Work as a worker does, and say when its first update is done."""
    from engine.worker import session
    from engine.worker.__main__ import main

    tell = session.Session.updated

    def updated(self: session.Session, loss: float, rate: float, norm: float) -> None:
        tell(self, loss, rate, norm)
        say(time=time.time())
        raise session.Stopped

    session.Session.updated = updated  # type: ignore[method-assign]  # this is a process of its own
    main([str(folder.path)])


def imports(folder: RunFolder) -> None:
    """Import what fine-tuning a BERT with Trainer needs, and say when that is done."""
    from engine.worker.process import step_back

    step_back()
    import datasets  # noqa: F401
    import torch
    import transformers.trainer
    from transformers import (  # noqa: F401
        AutoModelForSequenceClassification,
        AutoTokenizer,
        BertForSequenceClassification,
        DataCollatorWithPadding,
    )

    say(time=time.time(), loaded=[torch.__name__, transformers.trainer.__name__])
    sys.stdout.flush()
    os._exit(0)


PROGRAMS: dict[str, Callable[[RunFolder], None]] = {
    "ours": ours,
    "article": article,
    "worker": worker,
    "imports": imports,
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](RunFolder(Path(sys.argv[2])))
