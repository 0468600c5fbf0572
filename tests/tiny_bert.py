"""A BERT small enough for tests: as the files of a hub, without torch, or as a folder that transformers wrote."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = [*SPECIAL, "the", "a", "cat", "dog", "sat", "ran", "on", "up", "mat", "hill", "##s", ".", "tree", "bird"]
HIDDEN, INNER, POSITIONS = 16, 64, 32

CONFIG: dict[str, Any] = {
    "architectures": ["BertForMaskedLM"],
    "attention_probs_dropout_prob": 0.1,
    "gradient_checkpointing": False,
    "hidden_act": "gelu",
    "hidden_dropout_prob": 0.1,
    "hidden_size": HIDDEN,
    "initializer_range": 0.02,
    "intermediate_size": INNER,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": POSITIONS,
    "model_type": "bert",
    "num_attention_heads": 2,
    "num_hidden_layers": 1,
    "pad_token_id": 0,
    "position_embedding_type": "absolute",
    "type_vocab_size": 2,
    "vocab_size": len(WORDS),
}
"""As old as that of bert-base-uncased."""

SHAPES: dict[str, tuple[int, ...]] = {
    "bert.embeddings.word_embeddings.weight": (len(WORDS), HIDDEN),
    "bert.embeddings.position_embeddings.weight": (POSITIONS, HIDDEN),
    "bert.embeddings.token_type_embeddings.weight": (2, HIDDEN),
    "bert.embeddings.LayerNorm.gamma": (HIDDEN,),
    "bert.embeddings.LayerNorm.beta": (HIDDEN,),
    **{
        f"bert.encoder.layer.0.attention.{part}.{kind}": (HIDDEN, HIDDEN)[: 2 if kind == "weight" else 1]
        for part in ("self.query", "self.key", "self.value", "output.dense")
        for kind in ("weight", "bias")
    },
    "bert.encoder.layer.0.attention.output.LayerNorm.gamma": (HIDDEN,),
    "bert.encoder.layer.0.attention.output.LayerNorm.beta": (HIDDEN,),
    "bert.encoder.layer.0.intermediate.dense.weight": (INNER, HIDDEN),
    "bert.encoder.layer.0.intermediate.dense.bias": (INNER,),
    "bert.encoder.layer.0.output.dense.weight": (HIDDEN, INNER),
    "bert.encoder.layer.0.output.dense.bias": (HIDDEN,),
    "bert.encoder.layer.0.output.LayerNorm.gamma": (HIDDEN,),
    "bert.encoder.layer.0.output.LayerNorm.beta": (HIDDEN,),
    "bert.pooler.dense.weight": (HIDDEN, HIDDEN),
    "bert.pooler.dense.bias": (HIDDEN,),
    "cls.predictions.bias": (len(WORDS),),
    "cls.seq_relationship.weight": (2, HIDDEN),
}
"""Weights under the names that bert-base-uncased has on the hub, old ones of norms included."""


def hub_files(**changed: bytes) -> dict[str, bytes]:
    """Return the files of a model such as the hub has it, with some that nobody needs here."""
    files = {
        "README.md": b"# tiny\n",
        "config.json": json.dumps(CONFIG).encode(),
        "flax_model.msgpack": bytes(5_000),
        "model.safetensors": weights(),
        "pytorch_model.bin": bytes(5_000),
        "tokenizer_config.json": b'{"do_lower_case": true, "model_max_length": 32}',
        "vocab.txt": "\n".join([*WORDS, ""]).encode(),
    }
    return files | {name.replace("__", "."): data for name, data in changed.items()}


def weights(shapes: dict[str, tuple[int, ...]] = SHAPES) -> bytes:
    """Return a safetensors file in single precision whose numbers grow from 0 to 1 within each tensor."""
    header, parts, offset = {}, [], 0
    for name, shape in shapes.items():
        count = 1
        for size in shape:
            count *= size
        data = struct.pack(f"<{count}f", *(place / count for place in range(count)))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [offset, offset + len(data)]}
        parts.append(data)
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


def write_model(folder: Path, **changed: Any) -> Path:
    """Write the model as a folder, its config with `changed` values, and return it."""
    folder.mkdir(parents=True)
    for name, data in hub_files().items():
        if name in ("config.json", "model.safetensors", "tokenizer_config.json", "vocab.txt"):
            (folder / name).write_bytes(data)
    (folder / "config.json").write_text(json.dumps(CONFIG | changed))
    return folder
