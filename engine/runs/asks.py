"""Questions to a run's model: an ask is a file in the run's folder `asks`, its answer appears beside it.

    asks/TOKEN.ask.json          what is asked; written by rename
    asks/TOKEN.safetensors       what of the answer is too large for JSON; written before the answer
    asks/TOKEN.answer.json       the answer; written by rename

Who asks removes all three; what is left over (the asker was killed) is swept by whoever answers next. The run's
own worker answers while it trains or rests; else a light process does, see `engine.runs.asker`.

Beside them lies `probes.json`, see `engine.runs.own_probes`.
"""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

import msgspec

from engine.errors import RunError
from engine.events import Guess, named
from engine.runs.folder import RunFolder
from engine.runs.replacing import replace_file

VERSION = 1
"""The version of this protocol, written into every ask and every answer."""

LARGEST_BYTES = 4 << 20
"""A larger ask is not read: 100,000 letters of any script fit many times."""

STALE_SECONDS = 120.0
"""So old a file was left behind by an asker that is gone."""

ASK, ANSWER, ARRAYS = ".ask.json", ".answer.json", ".safetensors"


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A question to a model.

    Attributes:
        kind: "warm" (be ready, and say what you are), "classify" (a text), "fill" (a text with [MASK]),
            "attend" (a text, of which nothing but the attention is wanted), "digit" (a drawing).
        pixels: 28 rows of 28 bytes, 0 for paper and 255 for ink.
        attention: Whether attention is wanted too, which is slower.
        words: For "fill": words whose probabilities are wanted beside those of the likeliest ones.
        untrained: For "fill": whether it is wanted too what the same network guessed before its first update.
    """

    kind: str
    text: str = ""
    pixels: bytes = b""
    attention: bool = False
    words: list[str] = []
    untrained: bool = False
    version: int = VERSION


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A remark about an answer, or why there is none: an English sentence, its code, and its values."""

    code: str
    sentence: str
    details: dict[str, str] = {}


class Neighbour(msgspec.Struct, frozen=True):
    """A training example, its label, and how near it lies: the cosine of the angle between the two vectors."""

    text: str
    label: str
    similarity: float


class Masked(msgspec.Struct, frozen=True):
    """What a model guesses for one [MASK], the likeliest first; `position` is that of its token.

    `asked` are the words of the ask, in its order, without those that are no single piece for this model.
    """

    position: int
    guesses: list[Guess]
    asked: list[Guess] = []


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a model makes of an ask.

    Attributes:
        kind: That of the ask.
        update: Updates that the model had seen.
        problem: Why there is no answer, None where there is one.
        notes: What has to be known to read the answer, such as that the text was cut.
        classes, probabilities: One entry a class.
        pieces, ids: The text as the model reads it, special tokens included.
        masks: For "fill": the guesses, one entry a [MASK].
        untrained: The same of the untrained network, where it was asked for and can be made again.
        neighbours: For "classify": the nearest training examples, the nearest first.
        neighbours_update: When the training examples were last looked at; -1 where they are not known.
        picture: For "digit": what the network sees, 28 rows of 28 bytes.
        arrays: Whether there is a file of arrays: `attention` (layers, heads, n, n) float16, row q of which says
            where token q looks.
        seconds: How long the model took.
    """

    kind: str
    update: int = 0
    problem: Note | None = None
    notes: list[Note] = []
    classes: list[str] = []
    probabilities: list[float] = []
    pieces: list[str] = []
    ids: list[int] = []
    masks: list[Masked] = []
    untrained: list[Masked] = []
    neighbours: list[Neighbour] = []
    neighbours_update: int = -1
    picture: bytes = b""
    arrays: bool = False
    seconds: float = 0.0
    version: int = VERSION


def put(folder: RunFolder, ask: Ask) -> str:
    """Ask, and return the token under which the answer will appear; tokens sort by time.

    Raises:
        RunError: The folder cannot be written.
    """
    token = f"{time.time_ns():x}-{secrets.token_hex(4)}"
    make_folder(folder)
    replace_file(folder.asks / f"{token}{ASK}", msgspec.json.encode(ask))
    return token


def pending(folder: RunFolder) -> list[str]:
    """Return the tokens that wait for an answer, the oldest first."""
    names = {path.name for path in _files(folder)}
    asked = [name.removesuffix(ASK) for name in sorted(names) if name.endswith(ASK)]
    return [token for token in asked if token + ANSWER not in names and re.fullmatch(r"[0-9a-z-]{1,64}", token)]


def read(folder: RunFolder, token: str) -> Ask | None:
    """Return an ask, None where it was withdrawn.

    Raises:
        RunError: It cannot be understood (code "ask-broken"), or a newer program wrote it ("ask-newer").
    """
    path = folder.asks / f"{token}{ASK}"
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _broken(path, f"it is larger than {LARGEST_BYTES:,} bytes")
        ask = msgspec.json.decode(path.read_bytes(), type=Ask)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise _broken(path, str(error)) from error
    if ask.version > VERSION:
        raise RunError(
            f"{path.name} is of version {ask.version}, of a newer learncurve; this one reads up to {VERSION}.",
            code="ask-newer",
            file=path.name,
            version=ask.version,
            known=VERSION,
        )
    return ask


def reply(folder: RunFolder, token: str, answer: Answer, arrays: bytes = b"") -> None:
    """Answer an ask, unless it was withdrawn.

    Args:
        arrays: A safetensors file, b"" for none.

    Raises:
        RunError: The folder cannot be written.
    """
    if not (folder.asks / f"{token}{ASK}").exists():
        return
    if arrays:
        replace_file(arrays_file(folder, token), arrays)
    plain = named(msgspec.to_builtins(msgspec.structs.replace(answer, arrays=bool(arrays))))
    replace_file(folder.asks / f"{token}{ANSWER}", msgspec.json.encode(plain))


def answered(folder: RunFolder, token: str) -> Answer | None:
    """Return the answer to an ask, None while there is none.

    Raises:
        RunError: It cannot be understood.
    """
    path = folder.asks / f"{token}{ANSWER}"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Answer, strict=False)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise _broken(path, str(error)) from error


def arrays_file(folder: RunFolder, token: str) -> Path:
    """Return where the arrays of an answer are."""
    return folder.asks / f"{token}{ARRAYS}"


def withdraw(folder: RunFolder, token: str) -> None:
    """Remove an ask, answered or not, and its answer."""
    for ending in (ASK, ANSWER, ARRAYS):
        _remove(folder.asks / f"{token}{ending}")


def sweep(folder: RunFolder, now: float) -> None:
    """Remove what askers that are gone left behind; `now` is in seconds since 1970."""
    for path in _files(folder):
        if path.name.endswith((ASK, ANSWER, ARRAYS)) and now - _changed(path, now) > STALE_SECONDS:
            _remove(path)


def make_folder(folder: RunFolder) -> None:
    """Make the folder of asks where an older program made none; a run that was deleted stays deleted.

    Raises:
        RunError: It cannot be made.
    """
    try:
        folder.asks.mkdir(exist_ok=True)
    except OSError as error:
        raise RunError(
            f"{folder.asks} cannot be made: {error.strerror}.",
            code="run-unwritable",
            path=folder.asks,
            why=error.strerror,
        ) from error


def _files(folder: RunFolder) -> list[Path]:
    try:
        return list(folder.asks.iterdir())
    except OSError:
        return []


def _changed(path: Path, otherwise: float) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return otherwise


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return  # the whole run is gone


def _broken(path: Path, why: str) -> RunError:
    return RunError(f"{path.name} cannot be read: {why}.", code="ask-broken", file=path.name, why=why)
