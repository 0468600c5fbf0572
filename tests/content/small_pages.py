"""The pages of the small course, in both languages."""

from __future__ import annotations

STEPS_PAGE = {
    "en": """\
# Steps

```opening
How many updates does one epoch take?
```

```let
n = 60000
```

## Counting updates {#counting}

One [update](term:update) sees one batch: {=ceil(n/64)} updates an epoch, **not** `n / 64`. {#one-batch}

@FILLER@

```worked Ten epochs
per = ceil(n / 64)
---
per epoch   {=per}
together    10 * {=per} = {=10*per}
```

```figure A row of batches
[64][64][64]...[32]
```

| batch | updates |
|---|--:|
| 64 | {=ceil(n/64)} |

## The loop {#loop}

1. Loss.
2. Backward.

> Mind the order of the [batches](#one-batch), and see [the start](page:starts#first-loss).

```python train=plain
for x, y in loader:   # each batch
    loss = criterion(net(x), y)
```

```train plain
Train it now.
```

```demo bowl
Play with it.
```

## Sources {#sources}

- Author (2020). [A title](https://example.org/a).

## Go further {#go-further}

Read [more](https://example.org/b).
""",
    "zh": """\
# 步

```opening
一轮要更新多少次？
```

```let
n = 60000
```

## 数更新 {#counting}

一次[更新](term:update)看一个批次：一轮 {=ceil(n/64)} 次，**而不是** `n / 64`。 {#one-batch}

@FILLER@

```worked 十轮
per = ceil(n / 64)
---
每轮   {=per}
一共    10 * {=per} = {=10*per}
```

```figure 一排批次
[64][64][64]...[32]
```

| 批次 | 更新 |
|---|--:|
| 64 | {=ceil(n/64)} |

## 循环 {#loop}

1. 损失。
2. 反传。

> 注意[批次](#one-batch)的顺序，再看[起点](page:starts#first-loss)。

```python train=plain
for x, y in loader:   # 每个批次
    loss = criterion(net(x), y)
```

```train plain
现在就训练。
```

```demo bowl
```

## 来源 {#sources}

- 作者（2020）。[题目](https://example.org/a)。

## 延伸 {#go-further}

读[更多](https://example.org/b)。
""",
}

STARTS_PAGE = {
    "en": """\
# Starts

```opening
Where does a loss begin?
```

## The first loss {#first-loss}

The [loss](term:loss) begins near {=ln(10):.3f}.

@FILLER@

```worked An even guess
-ln(1/10) = {=-ln(1/10):.3f}
```

```figure Ten equal bars
||||||||||
```

## Sources {#sources}

- Author (2021). A title.

## Go further {#go-further}

Look around.
""",
    "zh": """\
# 起点

```opening
损失从哪里开始？
```

## 第一个损失 {#first-loss}

[损失](term:loss)从 {=ln(10):.3f} 附近开始。

@FILLER@

```worked 均匀猜测
-ln(1/10) = {=-ln(1/10):.3f}
```

```figure 十根等长的条
||||||||||
```

## 来源 {#sources}

- 作者（2021）。题目。

## 延伸 {#go-further}

四处看看。
""",
}

FILLER = {"en": "Weights move a little at every step. " * 44, "zh": "每一步权重都移动一点点。" * 50}
