"""Words of which a big course is made, each in English and in Chinese."""

from __future__ import annotations

NOUNS = (
    ("adapter", "适配器"),
    ("buffer", "缓冲区"),
    ("cache", "缓存"),
    ("decoder", "解码器"),
    ("encoder", "编码器"),
    ("filter", "滤波器"),
    ("gate", "门控"),
    ("kernel", "卷积核"),
    ("layer", "网络层"),
    ("matrix", "矩阵"),
    ("metric", "指标"),
    ("pooler", "池化器"),
    ("prompt", "提示词"),
    ("router", "路由器"),
    ("sampler", "采样器"),
    ("scaler", "缩放器"),
    ("tensor", "张量"),
    ("tuner", "调节器"),
    ("vector", "向量"),
    ("window", "窗口"),
)
"""Of about the same width, so that no option gives itself away by its length."""

PARTS = (
    ("balanced", "均衡"),
    ("coarse", "粗略"),
    ("deep", "深层"),
    ("early", "早期"),
    ("frozen", "冻结"),
    ("global", "全局"),
    ("hidden", "隐藏"),
    ("inner", "内部"),
    ("joint", "联合"),
    ("late", "后期"),
    ("local", "局部"),
    ("masked", "掩码"),
    ("narrow", "窄"),
    ("outer", "外部"),
    ("paired", "成对"),
    ("quiet", "安静"),
    ("random", "随机"),
    ("shared", "共享"),
    ("sparse", "稀疏"),
    ("stable", "稳定"),
    ("tied", "绑定"),
    ("upper", "上层"),
    ("virtual", "虚拟"),
    ("warm", "预热"),
    ("wide", "宽"),
)

PLACES = (
    ("workshop", "车间"),
    ("library", "图书馆"),
    ("market", "集市"),
    ("harbour", "港口"),
    ("garden", "花园"),
    ("station", "车站"),
    ("kitchen", "厨房"),
    ("theatre", "剧院"),
)

SENTENCES = (
    ("The {one} waits in the {other} until somebody asks.", "{one}在{other}里等着，直到有人来问。"),
    ("Without a {one} the whole {other} would stand still.", "没有{one}，整个{other}都会停下来。"),
    ("Each {one} carries a number that it has learned in the {other}.", "每个{one}都带着一个在{other}里学到的数。"),
    ("A second {one} would only repeat what the first one said.", "再来一个{one}，也只会重复前一个说过的话。"),
    ("In the {other} nobody sees how the {one} turns.", "在{other}里，谁也看不见{one}怎样转动。"),
    ("Whoever removes the {one} will hear of it later.", "谁要是拿走了{one}，以后就会知道后果。"),
    ("The {other} is large, and the {one} knows only a corner of it.", "{other}很大，{one}只熟悉其中一角。"),
    ("Give the {one} more room, and it will fill the {other}.", "给{one}更多空间，它就会占满{other}。"),
    ("It helps to draw the {one} before one builds the {other}.", "先画出{one}，再去建{other}，会有帮助。"),
    ("What the {one} forgets, the {other} does not give back.", "{one}忘掉的东西，{other}不会还回来。"),
)
