"""Which face shows which type of question."""

from __future__ import annotations

from content.quiz.posed import Posed
from tui.glyphs import Glyphs
from tui.widgets.question.face import Face
from tui.widgets.question.face_bug import BugFace
from tui.widgets.question.face_choice import ChoiceFace, MultipleFace, TruthFace
from tui.widgets.question.face_placed import MatchFace, OrderFace
from tui.widgets.question.face_typed import ClozeFace, NumberFace, ShortFace
from tui.words import Words

FACES: dict[str, type[Face]] = {
    "choice": ChoiceFace,
    "multiple": MultipleFace,
    "truth": TruthFace,
    "number": NumberFace,
    "order": OrderFace,
    "bug": BugFace,
    "short": ShortFace,
    "match": MatchFace,
    "cloze": ClozeFace,
}


def face(posed: Posed, words: Words, signs: Glyphs, note: str = "") -> Face:
    """Return the face of a question."""
    return FACES[posed.item.kind](posed, words, signs, note)
