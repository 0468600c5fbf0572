"""What a knob is set to is spelled so that the same knob reads it back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.recipes import KINDS, Knob, spelled


@given(st.floats(0, 10))
def test_no_digit_of_a_number_is_lost(number: float) -> None:
    """However small; most numbers stay short."""
    assert KINDS["bert"].knob("lr").parse(spelled(number)) == number
    assert spelled(5e-5) == "5e-05"
    assert spelled(1000.0) == "1000"


def test_every_default_is_read_back() -> None:
    """Flags, lists and words too."""
    for kind in KINDS.values():
        for knob in kind.knobs:
            assert knob.parse(spelled(knob.default)) == knob.default
    sizes = Knob(name="hidden", kind="sizes", default="", group="model", low=1, high=999)
    assert sizes.parse(spelled([256, 64])) == "256,64"
