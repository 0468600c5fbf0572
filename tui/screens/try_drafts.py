"""What was typed or drawn for the models of runs, so that nothing is lost by leaving."""

from __future__ import annotations

from content.memory.record import Record

MOST_DRAFTS = 20
"""Of so many runs it is kept."""


class TryDrafts:
    """The drafts as the record keeps them, the newest last."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def of(self, run: str) -> str:
        """Return what was typed or drawn for a run's model, "" for nothing."""
        return self._all().get(run, "")

    def keep(self, run: str, draft: str) -> None:
        """Keep what is typed or drawn now."""
        drafts = self._all()
        if drafts.get(run, "") != draft:
            drafts.pop(run, None)
            newest = [*drafts.items(), *([(run, draft)] if draft else [])][-MOST_DRAFTS:]
            self._record.keep_setting("try", dict(newest))

    def _all(self) -> dict[str, str]:
        kept = self._record.setting("try", {})
        return {key: text for key, text in kept.items() if isinstance(text, str)} if isinstance(kept, dict) else {}
