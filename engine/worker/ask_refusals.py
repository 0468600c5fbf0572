"""Why a model does not answer, whatever kind it is: one sentence each."""

from __future__ import annotations

from engine.errors import RunError
from engine.runs.asks import Ask


def no_model() -> RunError:
    """Return what is said where there is nothing to ask."""
    return RunError("This run has saved no model yet: resume it, or train again, and ask then.", code="ask-no-model")


def not_a_number() -> RunError:
    """Return what is said of a model whose weights exploded."""
    return RunError(
        "This model's numbers are no numbers any more (NaN): its training exploded, and it can answer nothing.",
        code="ask-nan",
    )


def unknown_kind(ask: Ask, kinds: str) -> RunError:
    """Return what is said to an ask that this model has no answer for."""
    return RunError(
        f"This model cannot be asked to {ask.kind}; it answers {kinds}.",
        code="ask-kind",
        kind=ask.kind,
        kinds=kinds,
    )
