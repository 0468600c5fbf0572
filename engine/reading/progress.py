"""What a run has said so far: a pure fold over its events."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from engine.events import (
    Acknowledged,
    Attempted,
    Beat,
    Downloading,
    Dropped,
    Ended,
    Evaluated,
    Event,
    Loading,
    Planned,
    Probed,
    Queued,
    Saved,
    Tested,
    Tokenized,
    Updated,
)
from engine.reading.points import PointSeries
from engine.reading.series import Series

MAX_GAP = 10_000_000
"""A block that begins further on than this is no gap of lost events but nonsense, and is not believed."""


MAX_PROBED = 400
"""Most answers to the probe sentences that are kept."""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a run as its events tell it.

    Attributes:
        attempt: The newest attempt; None before the first.
        phase: "" before the first event, then "queued", "starting", "running", "paused" or how it ended.
        loading: What is being loaded, "" if nothing is.
        download, downloaded: The newest word of a download, and the first of the same one.
        losses, rates, norms: One sample an update, at x = 1, 2, ...; NaN for updates whose events were lost.
        evaluations: By epoch; those that a newer attempt repeats are replaced.
        ghost: Losses that a resumed attempt replaced, each from its first update on, oldest first.
        probed: What the model made of the probe sentences, oldest first; of a long run only every second,
            fourth, ... but always the newest.
        dropped: Events that the worker could not write, since the disk was full.
        missing: Updates that the stream skipped.
        heard: Time of the newest event, 0 before the first.
        began: Time of the first attempt; seconds of earlier attempts are in `spent_seconds`.
    """

    attempt: Attempted | None = None
    phase: str = ""
    queued: Queued | None = None
    loading: str = ""
    download: Downloading | None = None
    downloaded: Downloading | None = None
    planned: Planned | None = None
    losses: Series = msgspec.field(default_factory=Series)
    rates: Series = msgspec.field(default_factory=Series)
    norms: Series = msgspec.field(default_factory=lambda: Series(single=True))
    evaluations: tuple[Evaluated, ...] = ()
    ghost: tuple[tuple[int, Series], ...] = ()
    acknowledged: Acknowledged | None = None
    beat: Beat | None = None
    saved: Saved | None = None
    tested: Tested | None = None
    probed: tuple[Probed, ...] = ()
    tokenized: Tokenized | None = None
    ended: Ended | None = None
    dropped: int = 0
    missing: int = 0
    heard: float = 0.0
    began: float = 0.0
    spent_seconds: float = 0.0

    @property
    def update(self) -> int:
        """The newest update; 0 is the untrained model."""
        return len(self.losses)

    @property
    def epoch(self) -> int:
        """The epoch that the newest update belongs to; 0 before the first update."""
        return -(-self.update // max(1, self.planned.updates_per_epoch)) if self.planned else 0

    @property
    def whole_epochs(self) -> int:
        """Epochs that are over; the last one may be shorter than the others."""
        return self.planned.whole_epochs(self.update) if self.planned else 0

    @property
    def fraction(self) -> float:
        """Done part of the planned updates, 0 to 1."""
        return min(1.0, self.update / self.planned.updates) if self.planned and self.planned.updates else 0.0

    @property
    def seconds(self) -> float:
        """Time of all attempts together, up to the newest event."""
        return self.spent_seconds + (max(0.0, self.heard - self.attempt.time) if self.attempt else 0.0)

    @property
    def download_seconds_left(self) -> float:
        """How long the download will go on at the rate that it has had; NaN while nobody can tell."""
        first, now = self.downloaded, self.download
        if first is None or now is None or now.done_bytes <= first.done_bytes or not now.total_bytes:
            return math.nan
        rate = (now.done_bytes - first.done_bytes) / max(now.time - first.time, 1e-3)
        return (now.total_bytes - now.done_bytes) / rate

    @property
    def evaluated(self) -> Evaluated | None:
        """The newest evaluation."""
        return self.evaluations[-1] if self.evaluations else None

    def points(self, figure: str) -> PointSeries:
        """Return a figure of the evaluations, such as "val_loss", by update."""
        return PointSeries(
            tuple(float(evaluated.update) for evaluated in self.evaluations),
            tuple(getattr(evaluated, figure) for evaluated in self.evaluations),
        )

    def after(self, event: Event) -> Progress:
        """Return the progress once `event` has happened."""
        match event:
            case Updated():
                return _updated(self, event)
            case Beat():
                return replace(self, beat=event, heard=event.time)
            case Evaluated():
                older = tuple(old for old in self.evaluations if old.epoch < event.epoch)
                phase = "running" if self.phase == "starting" else self.phase
                return replace(self, phase=phase, evaluations=(*older, event), heard=event.time)
            case Acknowledged():
                return replace(self, phase=event.state, acknowledged=event, heard=event.time)
            case Saved():
                return replace(self, saved=event, heard=event.time)
            case Queued():
                return replace(self, phase="queued", queued=event, heard=event.time)
            case Loading():
                return replace(_prepared(self, event.time), loading=event.what)
            case Downloading():
                first = self.downloaded if _goes_on(self.download, event) else event
                return replace(_prepared(self, event.time), loading=event.what, download=event, downloaded=first)
            case Planned():
                return replace(_prepared(self, event.time), planned=event)
            case Tested():
                return replace(self, tested=event, heard=event.time)
            case Probed():
                return replace(self, probed=_thinned((*self.probed, event)), heard=event.time)
            case Tokenized():
                return replace(_prepared(self, event.time), tokenized=event)
            case Dropped():
                return replace(self, dropped=self.dropped + event.events, heard=event.time)
            case Attempted():
                return _attempted(self, event)
            case Ended():
                return replace(self, phase=event.state, loading="", download=None, ended=event, heard=event.time)


def _prepared(progress: Progress, time: float) -> Progress:
    """Return the progress of a run that is past the queue, with nothing being loaded."""
    phase = "starting" if progress.phase in ("", "queued") else progress.phase
    return replace(progress, phase=phase, queued=None, loading="", download=None, heard=time)


def _goes_on(before: Downloading | None, event: Downloading) -> bool:
    """Return whether a download is the same one as before: a set of several files has as many."""
    if before is None or (before.what, before.total_bytes) != (event.what, event.total_bytes):
        return False
    return event.done_bytes >= before.done_bytes


def _thinned(probed: tuple[Probed, ...]) -> tuple[Probed, ...]:
    """Return every second of the older ones once there are too many."""
    return probed if len(probed) <= MAX_PROBED else (*probed[:-1:2], probed[-1])


def _updated(progress: Progress, event: Updated) -> Progress:
    done, count = event.first - 1, len(event.losses)
    losses, rates, norms = progress.losses, progress.rates, progress.norms
    gap = done - len(losses)
    if gap > MAX_GAP or done < 0:
        return replace(progress, missing=progress.missing + count, heard=event.time)
    if gap:
        losses, rates, norms = _fitted(losses, done), _fitted(rates, done), _fitted(norms, done)
    return replace(
        progress,
        phase="running" if progress.phase in ("", "queued", "starting") else progress.phase,
        losses=losses.extend(event.losses),
        rates=rates.extend(_spread(event.rates, count)),
        norms=norms.extend(_spread(event.norms, count)),
        missing=progress.missing + max(gap, 0),
        heard=event.time,
    )


def _fitted(series: Series, length: int) -> Series:
    """Return the series cut, or filled up with NaN for what was lost."""
    missing = length - len(series)
    return series.extend([math.nan] * missing) if missing > 0 else series.cut(length)


def _spread(values: tuple[float, ...], count: int) -> Sequence[float]:
    """Return one value an update: a single one stands for all, and what is not there is NaN."""
    if len(values) == count:
        return values
    if len(values) == 1:
        return values * count
    return [*values[:count], *[math.nan] * (count - len(values))]


def _attempted(progress: Progress, event: Attempted) -> Progress:
    keep = max(0, event.first_update - 1)
    replaced = progress.losses.tail(keep) if len(progress.losses) > keep else None
    saved = progress.saved
    return replace(
        progress,
        attempt=event,
        phase="starting",
        queued=None,
        loading="",
        download=None,
        losses=progress.losses.cut(keep),
        rates=progress.rates.cut(keep),
        norms=progress.norms.cut(keep),
        evaluations=tuple(old for old in progress.evaluations if old.update <= keep),
        probed=tuple(old for old in progress.probed if old.update <= keep),
        ghost=(*progress.ghost, (keep + 1, replaced)) if replaced else progress.ghost,
        acknowledged=None,
        beat=None,
        saved=saved if saved and saved.update <= keep else None,
        tested=None,
        ended=None,
        heard=event.time,
        began=progress.began or event.time,
        spent_seconds=progress.seconds,
    )
