"""What cannot be written and can be done without is told; the learner goes on."""

from __future__ import annotations

from collections.abc import Callable

from content.errors import StoreError


class Telling:
    """The part of the record that knows whom to tell."""

    troubled: Callable[[StoreError], None] | None = None
    """Called where a place, a draft or a figure cannot be written; None raises instead. Answers always raise."""

    def tell_or_raise(self, trouble: StoreError) -> None:
        """Let the learner know and go on.

        Raises:
            StoreError: There is nobody to be told.
        """
        if self.troubled is None:
            raise trouble
        self.troubled(trouble)
