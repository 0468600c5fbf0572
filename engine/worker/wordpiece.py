"""A WordPiece tokenizer made from the texts at hand, as BERT's own was from its corpus."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
"""BERT's special tokens; their places are their ids."""


def train_wordpiece(texts: Iterable[str], vocabulary: int, longest: int) -> PreTrainedTokenizerFast:
    """Return a lower-casing tokenizer of at most `vocabulary` pieces; each Chinese character is a piece of its own.

    Args:
        longest: Most tokens of a text, [CLS] and [SEP] included; what is longer is cut.
    """
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    inner = Tokenizer(models.WordPiece(unk_token="[UNK]"))  # noqa: S106 - a token of text
    inner.normalizer = normalizers.BertNormalizer(lowercase=True)
    inner.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    inner.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary, special_tokens=list(SPECIAL), show_progress=False, continuing_subword_prefix="##"
    )
    inner.train_from_iterator(texts, trainer)
    inner.model = models.WordPiece(_settled(inner.get_vocab()), unk_token="[UNK]")  # noqa: S106
    inner.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", SPECIAL.index("[CLS]")), ("[SEP]", SPECIAL.index("[SEP]"))],
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        tokenizer_object=inner,
        model_max_length=longest,
        pad_token="[PAD]",  # noqa: S106
        unk_token="[UNK]",  # noqa: S106
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        mask_token="[MASK]",  # noqa: S106
    )


def _settled(vocabulary: dict[str, int]) -> dict[str, int]:
    """Return the vocabulary in alphabetical order: where pieces are equally good, training leaves it to chance."""
    pieces = [*SPECIAL, *sorted(vocabulary.keys() - set(SPECIAL))]
    return {piece: number for number, piece in enumerate(pieces)}
