"""A start's tokenizer and weights, opened by transformers from the disk alone, and checked to belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.errors import RecipeError
from engine.model_folder import CONFIG, broken_config, broken_weights, config_of, require_model, weight_files
from engine.runs.starts import Start
from engine.worker.belonging import require_encoder, require_same_pieces
from engine.worker.freezing import freeze_parts
from engine.worker.scratch import name_classes

if TYPE_CHECKING:
    from transformers import PreTrainedConfig, PreTrainedModel, PreTrainedTokenizerBase

FROM_DISK: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
"""What is missing is never downloaded here, and code that comes with a model is never run."""
DROPOUTS = (
    "hidden_dropout_prob",
    "attention_probs_dropout_prob",
    "classifier_dropout",
    "dropout",
    "attention_dropout",
    "seq_classif_dropout",
)
"""What the configs of BERT and its relatives call it."""


def open_tokenizer(start: Start) -> PreTrainedTokenizerBase:
    """Return the tokenizer of a start that has one.

    Raises:
        RecipeError: It cannot be read, or is not the one that the model was trained with.
    """
    from transformers import AutoTokenizer

    assert start.path is not None, "a tokenizer from scratch is made from the data"
    config = config_of(start.path, start.name)
    try:
        tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(str(start.path), **FROM_DISK)
    except Exception as error:  # it raises whatever its parsers do
        why = _why(error)
        raise RecipeError(
            f"start={start.name}: its tokenizer cannot be read ({why}); save or fetch the model again.",
            code="start-tokenizer-broken",
            field="start",
            value=start.name,
            why=why,
        ) from error
    require_same_pieces(start, len(tokenizer), config)
    if tokenizer.pad_token is None:
        raise RecipeError(
            f"start={start.name}: its tokenizer has no piece that fills up short texts, so texts cannot be trained "
            "in batches; take a BERT, such as start=shipped.",
            code="start-tokenizer-padding",
            field="start",
            value=start.name,
        )
    return tokenizer


def open_classifier(start: Start, classes: Sequence[str], *, dropout: float, freeze: str = "none") -> PreTrainedModel:
    """Return the start's encoder in single precision under a new classifier, which follows from torch's seed.

    Weights that belong to another task are left out, a classifier of the same size too.

    Args:
        classes: Names of the labels, in the order of their numbers.
        freeze: As in `freeze_parts`.

    Raises:
        RecipeError: The weights cannot be read, do not fit their config, or are of a type without classifier.
    """
    from transformers import AutoModelForSequenceClassification
    from transformers.models.auto.modeling_auto import MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING_NAMES

    config = _config(start)
    if config.model_type not in MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING_NAMES:
        raise RecipeError(
            f"start={start.name}: transformers has no classifier of texts for models of the type "
            f"{config.model_type}; take a BERT, such as start=shipped.",
            code="start-type",
            field="start",
            value=start.name,
            type=config.model_type,
        )
    name_classes(config, classes)
    for name in DROPOUTS:
        if hasattr(config, name):
            setattr(config, name, dropout)
    model, info = _load(start, AutoModelForSequenceClassification, config)
    _renew_head(model, config, info)
    freeze_parts(model, freeze)
    return model


def open_encoder(start: Start) -> PreTrainedModel:
    """Return the start's encoder in single precision, without a head, ready to look at texts.

    Raises:
        RecipeError: The weights cannot be read, or do not fit their config.
    """
    from transformers import AutoModel

    model, _ = _load(start, AutoModel, _config(start))
    model.train(False)
    return model


def _config(start: Start) -> PreTrainedConfig:
    import torch
    from transformers import AutoConfig

    assert start.path is not None, "a config from scratch is made from the knobs"
    require_model(start.path, start.name)
    plain = config_of(start.path, start.name)
    try:
        config: PreTrainedConfig = AutoConfig.from_pretrained(str(start.path), **FROM_DISK)
    except Exception as error:  # it raises whatever its checks do
        if "auto_map" in plain:
            raise RecipeError(
                f"start={start.name}: this model needs code of its own, which is never run here; take a model of "
                "a type that transformers knows, such as start=bert-base-uncased.",
                code="start-code",
                field="start",
                value=start.name,
            ) from error
        raise broken_config(start.name, start.path / CONFIG, _why(error)) from error
    config.dtype = torch.float32
    return config


def _load(start: Start, kind: Any, config: PreTrainedConfig) -> tuple[PreTrainedModel, dict[str, Any]]:
    """Return the model of an Auto class, and which weights were missing, left over or of another size."""
    import torch
    from transformers.utils import logging as said

    assert start.path is not None
    said.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers types little
    try:
        model, info = kind.from_pretrained(
            str(start.path),
            config=config,
            dtype=torch.float32,
            use_safetensors=True,
            ignore_mismatched_sizes=True,
            output_loading_info=True,
            **FROM_DISK,
        )
    except Exception as error:  # it raises whatever its readers and layers do
        why = _why(error)
        if isinstance(error, MemoryError) or "memory" in why:
            raise
        if type(error).__name__ == "SafetensorError":
            raise broken_weights(start.name, weight_files(start.path)[0], why) from error
        raise broken_config(start.name, start.path / CONFIG, why) from error
    require_encoder(start, model, info)
    return model, info


def _renew_head(model: PreTrainedModel, config: PreTrainedConfig, info: dict[str, Any]) -> None:
    """Draw the classifier anew where another task's came along with the weights."""
    import torch
    from transformers import AutoModelForSequenceClassification

    prefix = f"{model.base_model_prefix}."
    new = {*info["missing_keys"], *(name for name, *_ in info["mismatched_keys"])}
    head = [name for name, _ in model.named_parameters() if not name.startswith(prefix)]
    if new.issuperset(head):
        return
    fresh = AutoModelForSequenceClassification.from_config(config)  # type: ignore[no-untyped-call]  # see above
    with torch.no_grad():
        for name in head:
            model.get_parameter(name).copy_(fresh.get_parameter(name))


def _why(error: Exception) -> str:
    """Return the first line of what an error says that says something, and what it lists behind a colon."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = " ".join(lines) if lines and lines[0].endswith(":") else "".join(lines[:1])
    return said[:200].rstrip(".: ") or type(error).__name__
