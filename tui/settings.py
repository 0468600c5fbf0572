"""The learner's choices about the interface, kept in the record."""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec

from content.quiz.review import CAP

Theme = Literal["dark", "light"]
Frames = Literal["auto", "rich", "ascii"]
Cap = Literal[10, 20, 40, 0]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every choice with its default.

    Attributes:
        language: "" until it is known from the locale or from the learner.
        slow: Over a slow link charts are drawn at half the rate.
        bell: Ring the terminal's bell when a run ends.
        review: So many questions a review asks at the most, 0 for all that are due.
        greeted: The first start has been seen.
    """

    language: str = ""
    theme: Theme = "dark"
    frames: Frames = "auto"
    slow: bool = False
    bell: bool = False
    review: Cap = CAP
    greeted: bool = False


class Keeper(Protocol):
    """What keeps settings: the learner's record."""

    def setting(self, key: str, default: object = None) -> object:
        """Return what is kept under `key`."""

    def keep_setting(self, key: str, value: object) -> None:
        """Keep a value (of JSON's types) under `key`."""


def load(keeper: Keeper) -> Settings:
    """Return the settings as kept; a value that no longer makes sense falls back to its default."""
    kept = keeper.setting("interface", {})
    if not isinstance(kept, dict):
        return Settings()
    sound: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        if field.name in kept:
            try:
                sound[field.name] = msgspec.convert(kept[field.name], field.type)
            except msgspec.ValidationError:
                continue
    return msgspec.structs.replace(Settings(), **sound)


def save(keeper: Keeper, settings: Settings) -> None:
    """Keep the settings."""
    keeper.keep_setting("interface", msgspec.to_builtins(settings))
