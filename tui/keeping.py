"""The half of the app that looks after the learner's record: its daily copy, its soundness, and its coming back."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec
from textual import on
from textual.message import Message

from content.errors import StoreError
from content.memory.anew import write_anew
from content.memory.backups import copies
from content.memory.care import look_after, tell_unclear
from content.memory.restoring import Restored, kept_setting, restore, sources
from tui.settings import load
from tui.studying import StudyingApp

log = logging.getLogger("learncurve")

CARE_AFTER_SECONDS = 2.0
"""So long after the first frame the record is looked after, when the learner has begun to read."""

CARE_EVERY_SECONDS = 3600.0
"""And again so often: who leaves the app open for days has a copy of each."""


class Lost(msgspec.Struct, frozen=True):
    """A record that was damaged, and what can bring it back.

    Attributes:
        aside: Where it is kept now.
        files: From which the new record can be filled.
        backup: The day of the copy among them, "" where there is none.
        language: Which the learner had chosen, "" where that is not known any more.
    """

    aside: Path
    files: tuple[Path, ...]
    backup: str
    language: str


def lost(record: Path, aside: Path) -> Lost:
    """Return what can be done for a record that was set aside."""
    files = sources(record)
    days = {file: str(day) for day, file in copies(record).items()}
    kept = [kept_setting(file, "interface") for file in files]
    languages = [choices.get("language", "") for choices in kept if isinstance(choices, dict)]
    return Lost(
        aside=aside,
        files=files,
        backup=next((days.get(file, file.stem) for file in files if file.parent != record.parent), ""),
        language=next((language for language in languages if isinstance(language, str) and language), ""),
    )


class KeepingApp(StudyingApp):
    """Owns the record; what takes time is done by threads that only post messages."""

    class Troubled(Message):
        """The record could not be looked after, or not be brought back."""

        def __init__(self, problem: StoreError) -> None:
            super().__init__()
            self.problem = problem

    class CameBack(Message):
        """What could be read of a damaged record is in the new one."""

        def __init__(self, restored: Restored) -> None:
            super().__init__()
            self.restored = restored

    def keep_safe(self) -> None:
        """Begin to look after the record, once there is time."""
        self._told: set[str] = set()
        self.set_timer(CARE_AFTER_SECONDS, self._care)
        self.set_interval(CARE_EVERY_SECONDS, self._care)

    def _care(self) -> None:
        self.run_worker(self._look_after, thread=True, group="care", exit_on_error=False)

    def _look_after(self) -> None:
        try:
            for problem in (*look_after(self.record), *tell_unclear(self.record)):
                self.post_message(self.Troubled(problem))
        except StoreError as problem:
            self.post_message(self.Troubled(problem))

    @on(Troubled)
    def record_troubled(self, event: Troubled) -> None:
        """Say what is wrong, each thing once: nobody can mend a full disk every hour."""
        event.stop()
        log.warning("the record: %s", event.problem.sentence)
        if event.problem.code not in self._told:
            self._told.add(event.problem.code)
            self.notify(self.words.error(event.problem), severity="warning", timeout=15, markup=False)

    # -- while nothing can be written

    def tell_not_saved(self, problem: StoreError) -> None:
        """Say that an answer is not saved, and why."""
        self.tell(problem, self.words("keeping.not-saved", why=self.words.error(problem)), seconds=30)

    def tell(self, problem: StoreError, said: str, *, seconds: float = 15) -> None:
        """Say that something could not be kept; where the file is gone, ask whether it is to be written anew."""
        if problem.code == "store-gone":
            self.call_later(self._ask_anew)  # a thread may have met it
        else:
            self.notify(said, severity="error", timeout=seconds, markup=False)

    def _ask_anew(self) -> None:
        from tui.screens.confirm import ConfirmScreen

        if any(isinstance(screen, ConfirmScreen) for screen in self.screen_stack):
            return
        question = self.words("keeping.gone", file=self.record.store.name)
        yes, no = self.words("keeping.anew"), self.words("keeping.no")
        self.push_screen(ConfirmScreen(question, yes, no, harms=False), self._write_anew)

    def _write_anew(self, yes: bool | None) -> None:
        if not yes:
            return
        try:
            write_anew(self.record.store)
        except StoreError as problem:
            self.notify(self.words.error(problem), severity="error", timeout=15, markup=False)
        else:
            self.clear_notifications()
            self.notify(self.words("keeping.again", file=self.record.store.name), timeout=15, markup=False)

    # -- after damage

    def offer_back(self, lost: Lost) -> None:
        """Ask whether what can be read of a damaged record is to come back; another key than an answer asks again."""
        from tui.screens.confirm import ConfirmScreen

        def answered(yes: bool | None) -> None:
            if yes is None:
                self.call_later(self.offer_back, lost)
            elif yes:
                self.run_worker(lambda: self._bring_back(lost), thread=True, group="care", exit_on_error=False)
            else:
                self.record.settle_aside()
                self.notify(self.words("keeping.later"), timeout=15, markup=False)
                self.greet()

        key = "keeping.damaged" if lost.backup else "keeping.damaged-alone"
        question = self.words(key, file=lost.aside.name, day=lost.backup)
        yes, no = self.words("keeping.yes"), self.words("keeping.no")
        self.push_screen(ConfirmScreen(question, yes, no, harms=False), answered)

    def _bring_back(self, lost: Lost) -> None:
        try:
            restored = restore(self.record, lost.files, begun=True)
            self.record.refresh()
        except StoreError as problem:
            self.post_message(self.Troubled(problem))
        else:
            self.post_message(self.CameBack(restored))

    @on(CameBack)
    def record_came_back(self, event: CameBack) -> None:
        """Show the learner's own language, colours and progress again, and say how much it is."""
        event.stop()
        restored = event.restored
        self.wear(load(self.record), anew=True)
        key = "keeping.came" if restored.read else "keeping.nothing"
        self.notify(self.words(key, entries=f"{restored.entries:,}"), timeout=15, markup=False)
        self.greet()
