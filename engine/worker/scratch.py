"""A small BERT from random weights, of the shape that the knobs say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.recipes import Value
from engine.worker.freezing import freeze_parts
from engine.worker.starts import scratch_shape

if TYPE_CHECKING:
    from transformers import BertConfig, PreTrainedConfig, PreTrainedModel


def scratch_config(knobs: Mapping[str, Value], vocabulary_size: int, classes: Sequence[str] = ()) -> BertConfig:
    """Return the config of a BERT; piece 0 of its tokenizer is [PAD].

    Args:
        vocabulary_size: Pieces that the tokenizer really has.
        classes: Names of the labels, in the order of their numbers; none for a model that guesses words.
    """
    from transformers import BertConfig

    shape, dropout = scratch_shape(knobs), float(knobs["dropout"])
    config = BertConfig(
        vocab_size=vocabulary_size,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.wide,
        max_position_embeddings=shape.positions,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        pad_token_id=0,
    )
    if classes:
        name_classes(config, classes)
    return config


def name_classes(config: PreTrainedConfig, classes: Sequence[str]) -> None:
    """Write the labels' names into the config, by which others read the model's answers."""
    config.id2label = dict(enumerate(classes))
    config.label2id = {name: number for number, name in enumerate(classes)}
    config.problem_type = "single_label_classification"


def scratch_classifier(config: BertConfig, *, freeze: str = "none") -> PreTrainedModel:
    """Return a classifier of random weights; they follow from torch's seed."""
    from transformers import BertForSequenceClassification

    model = BertForSequenceClassification(config)
    freeze_parts(model, freeze)
    return model
