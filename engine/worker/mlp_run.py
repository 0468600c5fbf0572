"""A run of the kind `mlp`, from its data to its last figure; the loop itself is in mlp.py."""

from __future__ import annotations

import math
import platform
import time
from typing import TYPE_CHECKING

from engine.events import Evaluated, Planned, Tested
from engine.worker.arrays import keeps_arrays, write_arrays
from engine.worker.checkpoints import Facts
from engine.worker.device import device_of
from engine.worker.downloads import download, require_reachable
from engine.worker.framework import load_torch
from engine.worker.keeper import TensorKeeper
from engine.worker.session import Session
from engine.worker.turn import wait_for_slot

if TYPE_CHECKING:
    from engine.worker.desk import Answerer
    from engine.worker.measures import Scores

STOP_SECONDS = 0.2
"""An evaluation that takes longer than this can be stopped in the middle; it is done anew when the run resumes."""


def train(session: Session) -> None:
    """Train, evaluate each epoch, and look at the test set once, at the end.

    Raises:
        Stopped: The run is to stop.
        EngineError: What it needs is not there.
    """
    cache = session.folder.home / "cache"
    name = str(session.recipe.knobs["data"])
    if session.leads:
        require_reachable(name, cache)
    with wait_for_slot(session):
        load_torch(session)
        from engine.worker.together import join, leader_first

        join(session)
        with leader_first(session):
            session.loading("data")
            download(session, name, cache)
        Perceptron(session).run()


class Perceptron:
    """The parts of such a run: data, network, optimiser, batches. torch must be loaded."""

    def __init__(self, session: Session) -> None:
        import torch

        from engine.worker import mlp
        from engine.worker.batches import Batches
        from engine.worker.data import images
        from engine.worker.state import State

        self.session = session
        self.knobs = knobs = session.recipe.knobs
        device = device_of(str(knobs["device"]), session.place)
        cache = session.folder.home / "cache"
        seed = int(knobs["seed"])
        self.data = images(
            str(knobs["data"]), cache, scale=str(knobs["scale"]), labels=str(knobs["labels"]), seed=seed
        ).to(device)
        session.loading("model")
        torch.manual_seed(seed)
        self.net = mlp.network(knobs).to(device)
        self.loss_of = torch.nn.CrossEntropyLoss()
        self.optimizer = mlp.optimizer_of(self.net, knobs)
        self.epochs = int(knobs["epochs"])
        self.batches = Batches(
            self.data.train,
            batch=int(knobs["batch"]),
            epochs=self.epochs,
            shuffle=bool(knobs["shuffle"]),
            seed=seed,
            whole=knobs["optimizer"] == "gd",
            place=session.place,
        )
        self.updates = self.epochs * self.batches.per_epoch
        self.state = State(self.net, self.optimizer, self.batches, gradients=not knobs["zero_grad"])

    def run(self) -> None:
        """Train from the newest checkpoint, or from the beginning, to the end."""
        from engine.worker import mlp
        from engine.worker.desk import Desk
        from engine.worker.rates import rate_at
        from engine.worker.together import shared_loss, shared_net

        session, knobs = self.session, self.knobs
        session.plan(self.planned(), TensorKeeper(session.checkpoints, self.state.tensors), self.restored())
        if session.leads:
            session.serve = Desk(session.folder, self.answerer()).serve
        done = session.update // self.batches.per_epoch
        if session.facts.evaluated < done:
            self.evaluate(done)
        lr, schedule = float(knobs["lr"]), str(knobs["schedule"])
        mlp.train(
            shared_net(self.net, session.place),
            shared_loss(self.loss_of, session.place),
            self.optimizer,
            self.batches,
            session,
            rate_at=lambda update: rate_at(update, self.updates, lr, schedule),
            evaluate=self.evaluate,
            zero_grad=bool(knobs["zero_grad"]),
        )
        self.test()

    def planned(self) -> Planned:
        """Return what the run is going to do."""
        import torch
        import torchvision

        from engine.worker.mlp import sizes_of

        data = self.data
        return Planned(
            time=time.time(),
            updates=self.updates,
            epochs=self.epochs,
            updates_per_epoch=self.batches.per_epoch,
            parameters=sum(parameter.numel() for parameter in self.net.parameters()),
            examples={"train": len(data.train), "validation": len(data.validation), "test": len(data.test)},
            classes=list(data.classes),
            threads=torch.get_num_threads(),
            device=str(data.train.images.device),
            versions={
                "python": platform.python_version(),
                "torch": str(torch.__version__),
                "torchvision": str(torchvision.__version__),
            },
            shape="-".join(map(str, sizes_of(self.knobs))),
            chance_loss=math.log(len(data.classes)),
            source="worker/mlp.py",
        )

    def answerer(self) -> Answerer:
        """Return what answers questions to the network while it trains."""
        from engine.worker.answer_mlp import MlpAnswerer
        from engine.worker.scaling import scaling

        return MlpAnswerer(
            self.net,
            self.data.classes,
            lambda: scaling(str(self.knobs["scale"]), self.data.train.pixels),
            garments=self.knobs["data"] == "fashion",
            update=lambda: self.session.update,
        )

    def restored(self) -> Facts | None:
        """Take over the newest checkpoint, and return what it says; None if there is none."""
        newest = self.session.checkpoints.newest()
        if newest is None:
            return None
        path, facts = newest
        self.state.restore(self.session.checkpoints.read(path))
        return facts

    def evaluate(self, epoch: int) -> None:
        """Measure training and validation set at the end of an epoch, without a trace in the training.

        Raises:
            Stopped: The run is to stop, and this takes long; then random numbers go on as before.
        """
        from engine.worker.measures import confusion, worst

        if not self.session.leads:
            return
        began = time.perf_counter()
        validation = self.data.validation
        train_scores, val_scores = self._scores()
        misread = worst(val_scores.scores, validation.labels)
        event = Evaluated(
            time=time.time(),
            epoch=epoch,
            update=self.session.update,
            train_loss=train_scores.loss,
            train_accuracy=train_scores.accuracy,
            val_loss=val_scores.loss,
            val_accuracy=val_scores.accuracy,
            confusion=confusion(val_scores.scores, validation.labels),
            worst=misread,
            arrays=self._arrays(epoch, [miss.index for miss in misread]),
            seconds=time.perf_counter() - began,
        )
        self.session.evaluated(event)

    def test(self) -> None:
        """Look at the test set."""
        from engine.worker.measures import confusion, score

        if not self.session.leads:
            return
        test = self.data.test
        self._to_eval()
        scores = score(self.net, self.loss_of, test)
        self.session.tested(
            Tested(
                time=time.time(),
                loss=scores.loss,
                accuracy=scores.accuracy,
                confusion=confusion(scores.scores, test.labels),
            )
        )

    def _scores(self) -> tuple[Scores, Scores]:
        import torch

        from engine.worker.measures import score

        before, began = torch.get_rng_state(), time.perf_counter()

        def check() -> None:
            if time.perf_counter() - began > STOP_SECONDS:
                self.session.check()

        self._to_eval()
        try:
            return (
                score(self.net, self.loss_of, self.data.train, check),
                score(self.net, self.loss_of, self.data.validation, check),
            )
        finally:
            self.net.train()
            torch.set_rng_state(before)

    def _to_eval(self) -> None:
        if self.knobs["eval_mode"]:  # without it dropout stays on: a fault that lessons need
            self.net.eval()

    def _arrays(self, epoch: int, worst: list[int]) -> str:
        """Write the first layer's weights and the worst misread images, and return the file's name."""
        from engine.worker.measures import receptive_fields

        if not keeps_arrays(epoch, self.epochs):
            return ""
        pixels = self.data.validation.pixels
        tensors = {"weights": receptive_fields(self.net), "worst": pixels[worst].contiguous()}
        return write_arrays(self.session.folder, epoch, tensors)
