"""Real models by their numbers: parameters by part, memory, arithmetic. Counted by `engine.worker.zoo`, kept here.

What a model needs is said for its weights alone and for training with Adam; activations, and the keys and
values that a language model remembers of what it has read, come on top of both.
"""

from __future__ import annotations

import difflib
import importlib.metadata
from pathlib import Path
from typing import Literal

import msgspec

from engine.errors import RecipeError, RunError

FORMAT = 1
"""Raised when the file of the counts changes, or what is in it."""

PACKAGES = ("torch", "torchvision", "transformers")
"""Those whose code the models are built from."""

NAMES = (
    "mlp",
    "bert-small",
    "resnet18",
    "resnet50",
    "inception_v3",
    "vit_b_16",
    "bert-base",
    "gpt2",
    "vgg16",
    "bert-large",
    "gpt2-medium",
    "gpt2-large",
    "gpt2-xl",
    "llama2-7b",
    "t5-11b",
    "llama2-70b",
    "gpt3",
    "bloom-176b",
    "llama3.1-405b",
)
"""Every model of the zoo, the smallest first."""

PARTS = ("embeddings", "attention", "feed-forward", "convolution", "norm", "head")
"""Where parameters are, in the order in which they are shown."""

WEIGHT_BYTES = {"fp32": 4, "bf16": 2, "int8": 1}
"""Bytes of one parameter by precision."""

TRAINING_BYTES = {
    "fp32": {"weights": 4, "gradients": 4, "moments": 8},
    "bf16": {"weights": 2, "gradients": 2, "master": 4, "moments": 8},
}
"""Bytes of one parameter while Adam trains it: two moments in 32 bits each, and with bf16 the exact weights beside
the rounded ones. There is no such thing for int8: steps are smaller than what 8 bits can tell apart."""

Purpose = Literal["weights", "training"]
PURPOSES: tuple[Purpose, ...] = ("weights", "training")
"""What memory is needed for: to have the model, or to train it."""


class Part(msgspec.Struct, frozen=True):
    """What one part of a model takes; `name` is one of `PARTS`."""

    name: str
    parameters: int


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A model as it was built and counted.

    Attributes:
        title: Its name as people write it.
        year: When it was published; 0 for our own.
        shape: Its sizes by name: layers, width, heads and the like.
        parts: Parameters by part, each parameter once, though it may be used twice.
        tied: Whether the output layer uses the matrix of the embeddings.
        unit: What a forward pass is counted for: "token", "image", or "pair" (a token that is read and one that is
            written).
        context: Tokens that it looks at; 0 for images.
        flops: Floating-point operations of a forward pass for one unit at that context; a multiplication and an
            addition are two.
        attention_flops: Those among them that compare tokens with each other.
    """

    name: str
    title: str
    year: int
    shape: dict[str, int]
    parts: tuple[Part, ...]
    tied: bool = False
    unit: str
    context: int = 0
    flops: int
    attention_flops: int = 0

    @property
    def parameters(self) -> int:
        """All parameters."""
        return sum(part.parameters for part in self.parts)

    @property
    def training_flops(self) -> int:
        """Operations of a forward and a backward pass, which takes twice as many."""
        return 3 * self.flops

    def bytes(self, purpose: Purpose, precision: str) -> int | None:
        """Return the memory that is needed, None where nobody does that."""
        if purpose == "weights":
            return self.parameters * WEIGHT_BYTES[precision]
        each = TRAINING_BYTES.get(precision)
        return self.parameters * sum(each.values()) if each else None


class Zoo(msgspec.Struct, frozen=True, kw_only=True):
    """All models, the smallest first.

    Attributes:
        versions: Of the packages that they were built with.
        import_seconds: What it took to import those.
        seconds: What it took to build and count all models.
        processor_seconds: The processor's part of it, which does not depend on what else the machine did.
    """

    format: int = FORMAT
    models: tuple[Model, ...]
    versions: dict[str, str]
    import_seconds: float
    seconds: float
    processor_seconds: float

    def model(self, name: str) -> Model:
        """Return the model of that name.

        Raises:
            RecipeError: There is none; the text names the nearest one.
        """
        require_name(name)
        return next(model for model in self.models if model.name == name)


def require_name(name: str) -> None:
    """Make sure that there is such a model.

    Raises:
        RecipeError: There is none; the text names the nearest one.
    """
    if name in NAMES:
        return
    names = ", ".join(NAMES)
    near = difflib.get_close_matches(name.lower(), NAMES, 1, 0.4)
    if near:
        raise RecipeError(
            f"{name}: there is no such model; did you mean {near[0]}? There are {names}.",
            code="model-nearly",
            field="model",
            value=name,
            near=near[0],
            names=names,
        )
    raise RecipeError(
        f"{name}: there is no such model; there are {names}.",
        code="model-unknown",
        field="model",
        value=name,
        names=names,
    )


def versions() -> dict[str, str]:
    """Return the versions of the packages that are installed.

    Raises:
        RunError: One is not.
    """
    found = {}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError as error:
            raise RunError(
                f"{package} is not installed, and models are built with it. "
                "Install it: pip install --force-reinstall torch torchvision transformers",
                code="zoo-package",
                package=package,
            ) from error
    return found


def cache_file(home: Path) -> Path:
    """Return where the counts are kept: other versions of the packages are counted anew.

    Raises:
        RunError: A package is not installed.
    """
    return home / "cache" / f"zoo-{'-'.join([str(FORMAT), *versions().values()])}.json"


def kept(home: Path) -> Zoo | None:
    """Return what was counted before, None where it has to be counted.

    Raises:
        RunError: A package is not installed.
    """
    try:
        zoo = msgspec.json.decode(cache_file(home).read_bytes(), type=Zoo)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return zoo if zoo.format == FORMAT and {model.name for model in zoo.models} == set(NAMES) else None
