"""How each model of the zoo is built: the real code of its library, on a device that has no memory.

Sizes are those of the published weights. GPT-3 was never published: its shape is that of its paper (Brown et al.
2020, table 2.1) in the architecture of GPT-2, from which it differs by sparse attention in every second layer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
import torchvision.models as vision
from torch import nn
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertModel,
    BloomConfig,
    BloomForCausalLM,
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    T5Config,
    T5ForConditionalGeneration,
)

from engine.recipes import KINDS
from engine.runs.starts import WEIGHTS
from engine.worker import mlp

PIXELS = 28 * 28


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A model that was built, and what its code does not say by itself.

    Attributes:
        side: Pixels of an image's side; 0 for texts.
        context: Tokens that it looks at; 0 for images.
        layers: Blocks in which tokens are compared with each other; of a decoder beside an encoder, as many again.
        width: Numbers by which two tokens are compared, all heads together.
        causal: Whether a token looks back only.
    """

    net: nn.Module
    title: str
    year: int
    shape: dict[str, int]
    side: int = 0
    context: int = 0
    layers: int = 0
    width: int = 0
    causal: bool = False
    pair: bool = False
    """Whether it reads with an encoder and writes with a decoder."""


def perceptron() -> Made:
    """Return the article's network."""
    knobs = {knob.name: knob.default for knob in KINDS["mlp"].knobs}
    _, *hidden, classes = mlp.sizes_of(knobs)
    net = mlp.network(knobs)
    return Made(net=net, title="MLP", year=0, shape={"width": hidden[0], "classes": classes}, side=28)


def small_bert() -> Made:
    """Return the BERT whose weights come with the program."""
    config = BertConfig.from_pretrained(WEIGHTS)
    return _bert(BertForMaskedLM(config), config, "BERT small", 0)


def bert(title: str, layers: int, width: int, heads: int) -> Made:
    """Return a published BERT: its encoder and pooler, to which a task's own layer is added."""
    config = BertConfig(
        num_hidden_layers=layers, hidden_size=width, num_attention_heads=heads, intermediate_size=4 * width
    )
    return _bert(BertModel(config), config, title, 2018)


def _bert(net: nn.Module, config: BertConfig, title: str, year: int) -> Made:
    layers, width, context = config.num_hidden_layers, config.hidden_size, config.max_position_embeddings
    shape = _shape(layers, width, config.num_attention_heads, config.vocab_size)
    return Made(net=net, title=title, year=year, shape=shape, context=context, layers=layers, width=width)


def gpt(title: str, year: int, layers: int, width: int, heads: int, context: int = 1024) -> Made:
    """Return a GPT-2, or the shape of a GPT-3."""
    config = GPT2Config(n_layer=layers, n_embd=width, n_head=heads, n_positions=context)
    return Made(
        net=GPT2LMHeadModel(config),
        title=title,
        year=year,
        shape=_shape(layers, width, heads, config.vocab_size),
        context=context,
        layers=layers,
        width=width,
        causal=True,
    )


def llama(
    title: str,
    layers: int,
    width: int,
    inner: int,
    heads: int,
    shared: int,
    *,
    year: int = 2023,
    vocabulary: int = 32_000,
    context: int = 4096,
) -> Made:
    """Return a Llama 2, or a later one; `shared` is the number of heads that keys and values have."""
    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        intermediate_size=inner,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        num_key_value_heads=shared,
        max_position_embeddings=context,
        tie_word_embeddings=False,
    )
    return Made(
        net=LlamaForCausalLM(config),
        title=title,
        year=year,
        shape={**_shape(layers, width, heads, vocabulary), "key-value heads": shared},
        context=context,
        layers=layers,
        width=width,
        causal=True,
    )


def bloom() -> Made:
    """Return BLOOM."""
    layers, width, heads = 70, 14_336, 112
    config = BloomConfig(vocab_size=250_880, hidden_size=width, n_layer=layers, n_head=heads)
    return Made(
        net=BloomForCausalLM(config),
        title="BLOOM 176B",
        year=2022,
        shape=_shape(layers, width, heads, config.vocab_size),
        context=2048,
        layers=layers,
        width=width,
        causal=True,
    )


def t5() -> Made:
    """Return the largest T5 of the first release: 128 heads of 128 numbers, eight times as wide as its layers."""
    layers, width, heads, each = 24, 1024, 128, 128
    config = T5Config(vocab_size=32_128, d_model=width, d_kv=each, d_ff=65_536, num_layers=layers, num_heads=heads)
    return Made(
        net=T5ForConditionalGeneration(config),
        title="T5 11B",
        year=2019,
        shape=_shape(layers, width, heads, config.vocab_size),
        context=512,
        layers=layers,
        width=heads * each,
        pair=True,
    )


def image_model(title: str, year: int, net: Callable[[], nn.Module], side: int = 224, **shape: int) -> Made:
    """Return a model of torchvision."""
    return Made(net=net(), title=title, year=year, shape={**shape, "classes": 1000, "side": side}, side=side)


def _shape(layers: int, width: int, heads: int, vocabulary: int) -> dict[str, int]:
    return {"layers": layers, "width": width, "heads": heads, "vocabulary": vocabulary}


MAKERS: dict[str, Callable[[], Made]] = {
    "mlp": perceptron,
    "bert-small": small_bert,
    "resnet18": partial(image_model, "ResNet-18", 2015, vision.resnet18, layers=18),
    "resnet50": partial(image_model, "ResNet-50", 2015, vision.resnet50, layers=50),
    "inception_v3": partial(
        image_model, "Inception v3", 2015, partial(vision.inception_v3, init_weights=False), side=299
    ),
    "vgg16": partial(image_model, "VGG-16", 2014, partial(vision.vgg16, init_weights=False), layers=16),
    "vit_b_16": partial(image_model, "ViT-B/16", 2020, vision.vit_b_16, layers=12, width=768, heads=12),
    "bert-base": partial(bert, "BERT base", 12, 768, 12),
    "bert-large": partial(bert, "BERT large", 24, 1024, 16),
    "gpt2": partial(gpt, "GPT-2", 2019, 12, 768, 12),
    "gpt2-medium": partial(gpt, "GPT-2 medium", 2019, 24, 1024, 16),
    "gpt2-large": partial(gpt, "GPT-2 large", 2019, 36, 1280, 20),
    "gpt2-xl": partial(gpt, "GPT-2 XL", 2019, 48, 1600, 25),
    "llama2-7b": partial(llama, "Llama 2 7B", 32, 4096, 11_008, 32, 32),
    "t5-11b": t5,
    "llama2-70b": partial(llama, "Llama 2 70B", 80, 8192, 28_672, 64, 8),
    "gpt3": partial(gpt, "GPT-3 175B", 2020, 96, 12_288, 96, 2048),
    "bloom-176b": bloom,
    "llama3.1-405b": partial(
        llama, "Llama 3.1 405B", 126, 16_384, 53_248, 128, 8, year=2024, vocabulary=128_256, context=131_072
    ),
}
"""What builds each model."""
