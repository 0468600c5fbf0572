"""The protocol between a run and whoever watches it: one event a line of JSON in `events.jsonl`.

A line is an object whose `event` names its type. Times are seconds since 1970 (UTC). Updates are counted
from 1; update 0 is the untrained model. NaN and Infinity travel as the strings "nan", "inf", "-inf".
Readers skip event types and fields that they do not know: a newer program may have written them.
"""

from __future__ import annotations

import math
from typing import Any

import msgspec

VERSION = 1
"""The version of this protocol, written into every recipe and every `Attempted` event."""


class Base(msgspec.Struct, frozen=True, tag_field="event", kw_only=True):
    """What every event has: when it happened, in seconds since 1970."""

    time: float


class Attempted(Base, frozen=True, tag="attempt"):
    """A worker has taken the run's lock; updates from `first_update` on replace older ones."""

    number: int
    first_update: int
    host: str
    pid: int
    version: int = VERSION


class Queued(Base, frozen=True, tag="queued"):
    """The run waits for a slot; `ahead` runs are before it."""

    ahead: int


class Loading(Base, frozen=True, tag="loading"):
    """Something slow is being loaded; `what` is a short name such as "torch" or "data"."""

    what: str


class Downloading(Base, frozen=True, tag="downloading"):
    """A download is under way; `total_bytes` is 0 where the server does not say."""

    what: str
    done_bytes: int
    total_bytes: int


class Planned(Base, frozen=True, tag="planned"):
    """What the run is going to do, once the data and the model exist."""

    updates: int
    epochs: int
    updates_per_epoch: int
    parameters: int
    examples: dict[str, int]
    """Number of examples by part: train, validation, test."""
    classes: list[str]
    threads: int
    device: str
    versions: dict[str, str]
    """Versions of python, torch and so on."""
    shape: str
    """The model in a few cells, such as "784-128-10"."""
    chance_loss: float
    """The loss of an even guess, ln(classes)."""
    source: str
    """The file of the code that runs, relative to the package `engine`."""
    period: str = "epoch"
    """What `epochs` counts: "epoch", or "check" where a run is evaluated every so many updates."""
    plateau_loss: float = math.nan
    """Loss of guessing masked words by how frequent they are, the plateau of pre-training; NaN elsewhere."""
    start: str = ""
    """What the weights began from: "scratch", "shipped", a run's id, a folder or a hub id; "" for the MLP."""

    def whole_epochs(self, update: int) -> int:
        """Return how many epochs are over after an update; the last one may be shorter than the others."""
        return self.epochs if update >= self.updates else update // max(1, self.updates_per_epoch)


class Updated(Base, frozen=True, tag="updates"):
    """A block of consecutive updates, at most 60; the first one has number `first`.

    `rates` has one entry where the rate did not change within the block.
    """

    first: int
    losses: tuple[float, ...]
    rates: tuple[float, ...]
    norms: tuple[float, ...]


class Misread(msgspec.Struct, frozen=True):
    """An example that the model got wrong with most confidence."""

    index: int
    """Row in the validation set."""
    truth: int
    guess: int
    probability: float
    """Probability that the model gave to its wrong guess."""
    text: str = ""
    """The sentence, where the examples are texts."""


class Evaluated(Base, frozen=True, tag="evaluated"):
    """Measured in eval() and no_grad() at the end of an epoch (epoch 0: before training).

    `confusion[t][g]` counts validation examples of class t that were taken for class g; it is empty, as `worst`
    is, for pre-training, whose accuracy is that of the masked words.
    """

    epoch: int
    update: int
    train_loss: float
    """Mean over the training examples, weighted by batch size where batches differ."""
    train_accuracy: float
    val_loss: float
    val_accuracy: float
    confusion: list[list[int]]
    worst: list[Misread]
    arrays: str
    """Name of a safetensors file in `arrays/`, "" for none.

    MLP: `weights` (units, 28, 28) float32, `worst` (n, 28, 28) uint8. BERT: `attention` (sentences, layers,
    heads, n, n) float16, row q of which says where token q looks, for the sentences of `Tokenized`; `map`
    (m, 2) float32, a projection of m validation examples, and `map_labels` (m,) int64.
    """
    seconds: float
    """What this evaluation cost."""
    val_f1: float = math.nan
    """Macro F1 on the validation set: the mean over classes; NaN where it is not measured."""


class Acknowledged(Base, frozen=True, tag="acknowledged"):
    """The worker obeys what `wanted` said: from this update on."""

    state: str
    """"running" or "paused"."""
    pace: float
    """Updates a second; 0 means as fast as it goes."""
    until_update: int
    """Where it pauses by itself; 0 means nowhere."""
    update: int


class Beat(Base, frozen=True, tag="beat"):
    """Still alive; at least every second while running, every two while paused or queued."""

    update: int
    updates_per_second: float
    """Achieved in the last few seconds; 0 while paused."""
    max_updates_per_second: float
    """What it would reach without a pace."""
    memory_bytes: int
    seconds_left: float
    """Median estimate of the time to the end; NaN where unknown."""
    seconds_left_low: float
    seconds_left_high: float


class Saved(Base, frozen=True, tag="saved"):
    """A checkpoint was written and synced."""

    update: int
    name: str
    seconds: float


class Tested(Base, frozen=True, tag="tested"):
    """The test set was looked at, once, at the end."""

    loss: float
    accuracy: float
    confusion: list[list[int]]
    f1: float = math.nan


class Guess(msgspec.Struct, frozen=True):
    """A word or a label, and the probability that the model gives to it."""

    word: str
    probability: float


class Probe(msgspec.Struct, frozen=True):
    """A sentence that is shown to the model again and again, and its guesses, the likeliest first.

    A sentence with [MASK] is guessed at its first [MASK]; `truth` is the word there, or the label; "" where
    nobody knows it, as for the learner's own sentences.
    """

    text: str
    truth: str
    guesses: list[Guess]


class Probed(Base, frozen=True, tag="probed"):
    """What the model makes of the probe sentences after an update; about once a second."""

    update: int
    probes: list[Probe]


class TokenRow(msgspec.Struct, frozen=True):
    """A sentence as the model reads it, padded to the longest of its batch; `mask` is 0 where it is padding."""

    text: str
    pieces: list[str]
    ids: list[int]
    mask: list[int]


class Tokenized(Base, frozen=True, tag="tokenized"):
    """The first probe sentences as one batch of tokens, once, before training."""

    rows: list[TokenRow]


class Dropped(Base, frozen=True, tag="dropped"):
    """So many events could not be written, since the disk was full."""

    events: int


class Ended(Base, frozen=True, tag="ended"):
    """The attempt is over: "finished", "stopped" or "failed"."""

    state: str
    reason: str = ""
    """One sentence for the learner where it failed; the traceback is in console.log."""
    update: int = 0
    code: str = ""
    """Name of the sentence, for other languages; see engine.errors."""
    details: dict[str, str] = {}


Event = (
    Attempted
    | Queued
    | Loading
    | Downloading
    | Planned
    | Updated
    | Evaluated
    | Acknowledged
    | Beat
    | Saved
    | Tested
    | Probed
    | Tokenized
    | Dropped
    | Ended
)

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event, strict=False)


def encode(event: Event) -> bytes:
    """Return the event as one line of JSON with its newline."""
    line = _encoder.encode(event)
    if b"null" in line:
        line = _encoder.encode(named(msgspec.to_builtins(event)))
    return line + b"\n"


def decode(line: bytes) -> Event:
    """Return the event that a line of JSON says.

    Raises:
        msgspec.DecodeError: The line is torn, or of a type or version that is not known here.
    """
    return _decoder.decode(line)


def named(value: Any) -> Any:
    """Return `value` with every non-finite number as its name, since JSON has none of them."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: named(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [named(inner) for inner in value]
    return value
