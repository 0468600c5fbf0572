"""Parameters follow from the shape, exactly as transformers counts them."""

from __future__ import annotations

import pytest

from engine.recipes.shape import HUB, SHIPPED, Shape, known, shape_of_config

TINY = Shape(layers=3, hidden=24, heads=4, vocabulary=101, positions=17, inner=50)


@pytest.mark.torch
def test_transformers_counts_the_same() -> None:
    """Embeddings, blocks, pooler, both heads; BERT base on the meta device."""
    import torch
    from transformers import BertConfig, BertForMaskedLM, BertForSequenceClassification

    for shape in (TINY, SHIPPED, HUB["bert-base-uncased"][0]):
        config = BertConfig(
            num_hidden_layers=shape.layers,
            hidden_size=shape.hidden,
            num_attention_heads=shape.heads,
            vocab_size=shape.vocabulary,
            max_position_embeddings=shape.positions,
            intermediate_size=shape.wide,
        )
        config.num_labels = 6
        with torch.device("meta"):
            told, guessed = BertForSequenceClassification(config), BertForMaskedLM(config)
        assert told.num_parameters() == shape.classifier(6)
        assert guessed.num_parameters() == shape.masked()
        parts = dict(told.bert.named_children())
        assert sum(weight.numel() for weight in parts["embeddings"].parameters()) == shape.embeddings
        assert sum(weight.numel() for weight in parts["encoder"].parameters()) == shape.encoder
        assert shape_of_config(config.to_dict()) == Shape(**{**_fields(shape), "inner": shape.wide})


def _fields(shape: Shape) -> dict[str, int]:
    return {name: getattr(shape, name) for name in shape.__struct_fields__}


def test_a_hub_id_is_known_with_and_without_its_owner() -> None:
    """The hub moved BERT to google-bert."""
    assert known("google-bert/bert-base-chinese") == known("bert-base-chinese") == HUB["bert-base-chinese"]
    assert known("somebody/bert-base-chinese") is None


@pytest.mark.parametrize("config", [{}, {"model_type": "gpt2"}, {"model_type": "bert", "hidden_size": "768"}])
def test_what_is_no_bert_has_no_shape(config: dict[str, object]) -> None:
    """Nothing is guessed."""
    assert shape_of_config(config) is None
