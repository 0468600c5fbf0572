"""Runs of the kinds `bert` and `pretrain` that follow a script: their answers are formulas, not a model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import replace
from safetensors.numpy import save_file

from engine.events import Evaluated, Event, Guess, Misread, Planned, Probe, Probed, Tokenized, TokenRow
from engine.recipes import KINDS, Recipe, recipe
from engine.recipes.schedule import rate_at
from engine.runs.own_probes import own_probes
from tests.fakes import ScriptedRun

TOPICS = ("animal", "artifact", "body", "food", "location", "plant")
SOURCES = ("唐诗", "菜根谭", "论语", "谚语")

TEXTS = (
    ("large striped cat of tropical forests", "animal"),
    ("a tool with a flat blade for digging", "artifact"),
    ("the joint between the upper arm and the forearm", "body"),
    ("a soft cheese made from the milk of sheep and eaten with bread in the south of the country", "food"),
    ("a city in northern Italy on the river Po", "location"),
    ("shrub with yellow flowers", "plant"),
)
CHINESE = (
    ("床前明月光，疑是地上霜。", "唐诗"),
    ("学而时习之，不亦说乎？", "论语"),
    ("路遥知马力，日久见人心。", "谚语"),
)
MASKED = (
    "a city in northern [MASK]",
    "a large body of [MASK]",
    "a plant with yellow [MASK]",
    "a person who plays the [MASK]",
    "the [MASK] of a king",
    "a small bird with a long [MASK]",
)
EARLY = ("the", "of", "a", "in", "and")
LATE = {
    0: ("italy", "africa", "mexico", "england", "france"),
    1: ("water", "land", "matter", "people", "rock"),
    2: ("flowers", "leaves", "fruit", "##ish", "heads"),
    3: ("piano", "violin", "game", "part", "role"),
    4: ("wife", "son", "rule", "palace", "office"),
    5: ("tail", "bill", "neck", "beak", "crest"),
}
VOCABULARY = 4_000
PLATEAU = 6.25


class ScriptedBert(ScriptedRun):
    """Learns to tell six topics, or four Chinese sources, apart."""

    def __init__(
        self, home: Path, *, updates: int = 300, epochs: int = 4, chinese: bool = False, **script: Any
    ) -> None:
        self.texts: tuple[tuple[str, str], ...] = CHINESE if chinese else TEXTS
        self.classes = SOURCES if chinese else TOPICS
        script.setdefault("rate", 20.0)
        super().__init__(home, updates=updates, epochs=epochs, **script)

    def _recipe(self, updates: int, epochs: int, wishes: Mapping[str, Any], title: str) -> Recipe:
        return recipe(KINDS["bert"], {"epochs": epochs, **wishes}, title=title, program="test")

    def _planned(self) -> Planned:
        return Planned(
            time=self.clock(),
            updates=self._updates,
            epochs=self._epochs,
            updates_per_epoch=self._each,
            parameters=936_454,
            examples={"train": 1200, "validation": 1200, "test": 1200},
            classes=list(self.classes),
            threads=1,
            device="cpu",
            versions={"python": "3.11", "torch": "2.6", "transformers": "5.0"},
            shape="2x128",
            chance_loss=math.log(len(self.classes)),
            source="worker/bert_run.py",
            start=str(self._asked.knobs.get("start", "scratch")),
        )

    def _rates(self, numbers: range) -> tuple[float, ...]:
        knobs = self._asked.knobs
        return tuple(rate_at(at, self._updates, float(knobs["lr"]), float(knobs["warmup"])) for at in numbers)

    def _smooth(self, update: float) -> float:
        chance = math.log(len(self.classes))
        return 0.35 + (chance - 0.35) * math.exp(-5 * update / self._updates)

    def _looks(self, update: int) -> list[Event]:
        events: list[Event] = []
        if update == 0:
            events.append(Tokenized(time=self.clock(), rows=rows([text for text, _ in self.texts])))
        probes = [*self.texts, *((text, "") for text in own_probes(self.folder))]
        asked = [Probe(text, truth, self._guesses(at, truth, update)) for at, (text, truth) in enumerate(probes)]
        return [*events, Probed(time=self.clock(), update=update, probes=asked)]

    def _guesses(self, at: int, truth: str, update: int) -> list[Guess]:
        """Return shares that move from even ones to the truth; the third sentence is long taken for another label."""
        count, done = len(self.classes), update / self._updates
        scores = {name: math.sin(3.1 * at + 1.7 * place) for place, name in enumerate(self.classes)}
        aim = truth or self.classes[at % count]
        scores[aim] += 6 * done - (4 if at == 2 else 0) + 1
        shares = {name: math.exp(score * min(1.0, 4 * done)) for name, score in scores.items()}
        whole = sum(shares.values())
        found = [Guess(name, share / whole) for name, share in shares.items()]
        return sorted(found, key=lambda guess: -guess.probability)

    def _evaluated(self, epoch: int) -> Evaluated:
        update, count = epoch * self._each, len(self.classes)
        loss = self._smooth(update)
        chance = 1 / count
        accuracy = round(chance + (0.86 - chance) * (1 - math.exp(-4 * update / self._updates)), 3)
        worst = [
            Misread(
                index=row,
                truth=row % count,
                guess=(row + 1) % count,
                probability=0.98 - row / 50,
                text=self.texts[row][0],
            )
            for row in range(len(self.texts))
        ]
        return Evaluated(
            time=self.clock(),
            epoch=epoch,
            update=update,
            train_loss=loss * 0.95,
            train_accuracy=min(1.0, accuracy + 0.03),
            val_loss=loss,
            val_accuracy=accuracy,
            confusion=matrix(count, 1200 // count, accuracy),
            worst=worst,
            arrays=self._arrays(epoch),
            seconds=0.4,
            val_f1=accuracy - 0.006,
        )

    def _arrays(self, epoch: int) -> str:
        if not self._with_arrays:
            return ""
        name = f"epoch-{epoch:05d}.safetensors"
        points, labels = scatter(len(self.classes), epoch / self._epochs)
        looked = {"attention": attention(rows([text for text, _ in self.texts]), epoch)}
        save_file({**looked, "map": points, "map_labels": labels}, self.folder.arrays / name)
        return name


class ScriptedPretrain(ScriptedBert):
    """Falls to the plateau, stays there for a while, and breaks it two fifths of the way."""

    def __init__(self, home: Path, *, updates: int = 1500, epochs: int = 6, **script: Any) -> None:
        super().__init__(home, updates=updates, epochs=epochs, **script)
        self.texts = tuple((text, "") for text in MASKED)

    def _recipe(self, updates: int, epochs: int, wishes: Mapping[str, Any], title: str) -> Recipe:
        asked = {"updates": updates, "evaluate_every": max(1, updates // epochs), "warmup": 0.2, **wishes}
        return recipe(KINDS["pretrain"], asked, title=title, program="test")

    def _planned(self) -> Planned:
        return replace(
            super()._planned(),
            classes=[],
            chance_loss=math.log(VOCABULARY),
            period="check",
            plateau_loss=PLATEAU,
            start="scratch",
            source="worker/pretrain_run.py",
        )

    def _smooth(self, update: float) -> float:
        done = update / self._updates
        level = PLATEAU + (math.log(VOCABULARY) - PLATEAU) * math.exp(-30 * done)
        return level - 2.2 * max(0.0, 1 - math.exp(-3 * (done - 0.4)))

    def _guesses(self, at: int, truth: str, update: int) -> list[Guess]:
        done = update / self._updates
        if done < 0.4:
            return [Guess(word, 0.07 / (1 + place)) for place, word in enumerate(EARLY)]
        words = LATE[at % len(LATE)]
        return [Guess(word, (0.1 + 0.4 * (done - 0.4)) / (1 + place)) for place, word in enumerate(words)]

    def _evaluated(self, epoch: int) -> Evaluated:
        update = epoch * self._each
        loss = self._smooth(update)
        accuracy = 0.07 if loss > PLATEAU - 0.1 else 0.07 + 0.1 * (PLATEAU - loss)
        return replace(
            super()._evaluated(epoch),
            train_loss=loss,
            train_accuracy=accuracy,
            val_loss=loss * 1.01,
            val_accuracy=accuracy,
            confusion=[],
            worst=[],
            val_f1=math.nan,
        )


def rows(texts: Sequence[str]) -> list[TokenRow]:
    """Return the texts in pieces: words are cut after five letters, Chinese after each one."""
    cut = [["[CLS]", *pieces(text), "[SEP]"] for text in texts]
    longest = max(map(len, cut))
    found = []
    for text, row in zip(texts, cut, strict=True):
        padded = row + ["[PAD]"] * (longest - len(row))
        ids = [{"[PAD]": 0, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4}.get(piece, 5 + hash_of(piece)) for piece in padded]
        found.append(TokenRow(text, padded, ids, [int(piece != "[PAD]") for piece in padded]))
    return found


def pieces(text: str) -> list[str]:
    """Return the pieces of a text."""
    if not text.isascii():
        return list(text)
    found = []
    for word in text.split():
        if word == "[MASK]":
            found.append(word)
        else:
            found += [word[:5].lower(), *(f"##{word[at : at + 5].lower()}" for at in range(5, len(word), 5))]
    return found


def hash_of(piece: str) -> int:
    """Return a number that is the same in every process."""
    number = 0
    for letter in piece:
        number = (31 * number + ord(letter)) % (VOCABULARY - 5)
    return number


def attention(sentences: Sequence[TokenRow], epoch: int) -> Any:
    """Return weights that look at the neighbour, at [CLS] or everywhere, by head; rows sum to 1, padding has 0."""
    tokens = len(sentences[0].pieces)
    found = np.zeros((len(sentences), 2, 2, tokens, tokens), np.float32)
    for at, sentence in enumerate(sentences):
        count = sum(sentence.mask)
        distance = np.abs(np.arange(count)[:, None] + 1 - np.arange(count)[None, :])
        for layer in range(2):
            near = np.exp(-distance * (0.2 + 0.4 * epoch + layer))
            far = np.ones((count, count))
            far[:, 0] += epoch * (1 + layer)
            for head, scores in enumerate((near, far)):
                found[at, layer, head, :count, :count] = scores / scores.sum(1, keepdims=True)
    return found.astype(np.float16)


def scatter(classes: int, done: float) -> tuple[Any, Any]:
    """Return points that draw apart by label, and their labels."""
    labels = np.arange(40 * classes) % classes
    noise = np.random.default_rng(0).normal(size=(len(labels), 2)) * (0.7 - 0.45 * done)
    angles = 2 * np.pi * labels / classes
    return (noise + 1.1 * done * np.stack([np.cos(angles), np.sin(angles)], 1)).astype(np.float32), labels


def matrix(classes: int, each: int, accuracy: float) -> list[list[int]]:
    """Return `each` examples of every class, most of the mistakes with the next class."""
    right = round(each * accuracy)
    found = [[0] * classes for _ in range(classes)]
    for truth in range(classes):
        found[truth][truth] = right
        found[truth][(truth + 1) % classes] += each - right
    return found
