"""A small sound course with a question of every type, as files in a folder; tests plant faults in it."""

from __future__ import annotations

from pathlib import Path

COURSE = """\
format: 1
id: small
languages: [en, zh]
title: {en: A small course, zh: 小课程}
about: {en: It exists for tests., zh: 只为测试。}
check_by: 2027-11-01
sections: [steps, starts]
slips:
  general: {en: everything is a step, zh: 一切都是步}
"""

STEPS_SECTION = """\
id: "1.1"
slug: steps
title: {en: Steps, zh: 步}
minutes: 3
objectives:
  11a: {en: Count updates, zh: 数更新次数}
  11b: {en: Order an update, zh: 排出一次更新}
slips:
  last-batch: {en: the short batch is dropped, zh: 不满的批次被丢弃}
  step-first: {en: the step comes first, zh: 先走一步}
  product: {en: inputs are multiplied together, zh: 输入互相相乘}
"""

STARTS_SECTION = """\
id: "1.2"
slug: starts
title: {en: Starts, zh: 起点}
minutes: 2
check_by: 2027-06-01
objectives:
  12a: {en: Say where a loss starts, zh: 说出损失的起点}
slips:
  log-base: {en: the loss has base ten, zh: 损失以 10 为底}
"""

STEPS_ITEMS = """\
section: "1.1"
items:
- id: updates
  type: number
  objective: 11a
  level: M
  check_by: 2027-06-01
  blueprint: I49
  cites: steps#counting
  draw: {n: [100, 60000], b: {pick: [8, 16, 64]}, w: {from: 0.5, to: 1.5, by: 0.5}}
  let:
    per: ceil(n / b)
  answer: w * 2 * per
  tolerance: 0
  unit: {en: updates, zh: 次}
  ask:
    en: "{n} images, batch {b}, {w} times two epochs. How many updates?"
    zh: "{n} 张图像，批次 {b}，两轮的 {w} 倍。更新几次？"
  hints:
  - {en: "One epoch first.", zh: "先算一轮。"}
  - {en: "One epoch has {per}.", zh: "一轮有 {per} 次。"}
  steps:
  - "ceil({n} / {b}) = {per}"
  - {en: "together: {answer}", zh: "共 {answer}"}
  why: {en: "The short last batch counts.", zh: "不满的末批也算。"}
  wrong:
  - is: w * 2 * floor(n / b)
    slip: last-batch
    why: {en: "The rest of {n} is a batch too.", zh: "{n} 余下的也是一批。"}
  check:
  - {n: 60000, b: 64, w: 1, answer: 1876}
  - {n: 101, b: 8, w: 0.5, answer: 13}

- id: one-update
  type: order
  objective: 11b
  level: E
  cites: steps#loop
  ask: {en: Order one update., zh: 排出一次更新的顺序。}
  hints: [{en: What adds up?, zh: 什么会累加？}]
  parts:
    zero: opt.zero_grad()
    loss: "loss = criterion(net(x), y)"
    back: loss.backward()
    step: opt.step()
  rules:
  - rule: zero < back
    why: {en: Old gradients would stay., zh: 旧梯度会留下。}
  - rule: loss < back < step
    why: {en: Each needs the one before., zh: 后者需要前者。}
  why: {en: Backward adds to what is there., zh: backward 会累加。}

- id: step-early
  type: bug
  objective: 11b
  level: M
  cites: steps#loop
  ask: {en: Which line is wrong?, zh: 哪一行有错？}
  hints: [{en: Look at the order., zh: 看顺序。}]
  code: |
    loss = criterion(net(x), y)
    opt.zero_grad()
    opt.step()
    loss.backward()
  bug: opt.step()
  line_why: {en: There is no gradient yet., zh: 还没有梯度。}
  options:
  - text: {en: Step after backward, zh: 步放在反传之后}
    right: true
    why: {en: Then the gradients exist., zh: 那时才有梯度。}
  - text: {en: Step before the loss, zh: 步放在损失之前}
    slip: step-first
    why: {en: There is nothing to go by., zh: 没有可依据的。}
  - text: {en: Step twice in a row, zh: 连续走两步}
    slip: general
    why: {en: Twice nothing is nothing., zh: 两次零还是零。}
  why: {en: A step needs fresh gradients., zh: 更新需要新梯度。}

- id: needs
  type: multiple
  objective: 11b
  level: M
  cites: steps#loop
  ask: {en: Select all that apply., zh: 选出所有正确的。}
  hints: [{en: There are two., zh: 有两个。}]
  options:
  - {text: {en: A loss, zh: 损失}, right: true, why: {en: Yes., zh: 对。}}
  - {text: {en: A rate, zh: 学习率}, right: true, why: {en: Yes., zh: 对。}}
  - {text: {en: A screen, zh: 屏幕}, slip: general, why: {en: No., zh: 不。}}
  - {text: {en: A name, zh: 名字}, id: name, why: {en: No., zh: 不。}}

- id: whole-pass
  type: choice
  objective: 11a
  level: E
  cites: steps#counting
  ask: {en: What is one epoch?, zh: 一轮是什么？}
  hints: [{en: Count the images., zh: 数图像。}]
  options:
  - {text: {en: A pass over all, zh: 全部一遍}, right: true, why: {en: Yes., zh: 对。}}
  - {text: {en: One update, zh: 一次更新}, slip: general, why: {en: No., zh: 不。}}
  - {text: {en: One image, zh: 一张图像}, why: {en: No., zh: 不。}}

- id: loss-first
  type: choice
  objective: 11b
  level: E
  cites: steps#loop
  ask: {en: What comes before backward?, zh: 反传之前是什么？}
  hints: [{en: Look at the loop., zh: 看循环。}]
  options:
  - {text: {en: The step, zh: 更新}, slip: step-first, why: {en: No., zh: 不。}}
  - {text: {en: The loss, zh: 损失}, right: true, why: {en: Yes., zh: 对。}}
  - {text: {en: A test, zh: 测试}, why: {en: No., zh: 不。}}

- id: a-batch-an-update
  type: truth
  objective: 11a
  level: E
  cites: steps#counting
  ask: {en: Each batch makes one update., zh: 每个批次更新一次。}
  hints: [{en: Follow one batch., zh: 跟着一个批次走。}]
  answer: true
  why: {en: The loop steps once a batch., zh: 循环每个批次走一步。}
  options:
  - {text: {en: One step each, zh: 各走一步}, right: true, why: {en: Yes., zh: 对。}}
  - {text: {en: One step in all, zh: 总共一步}, slip: general, why: {en: No., zh: 不。}}
  - {text: {en: No step at all, zh: 一步不走}, why: {en: No., zh: 不。}}

- id: neuron
  type: cloze
  objective: 11a
  level: E
  cites: steps#counting
  ask:
    en: "A neuron forms a weighted [[sum]] and adds a [[bias]]."
    zh: "神经元求加权[[sum]]，再加上[[bias]]。"
  hints: [{en: It adds., zh: 它做加法。}]
  blanks:
    sum:
      accept: {en: [sum, total], zh: [和, 总和]}
      why: {en: Products are added., zh: 乘积相加。}
      wrong:
      - is: {en: [product], zh: [积]}
        slip: product
        why: {en: Then zero kills all., zh: 那样零会毁掉一切。}
    bias:
      accept: {en: [bias], zh: [偏置]}
      why: {en: It shifts the sum., zh: 它平移总和。}
"""

STARTS_ITEMS = """\
section: "1.2"
items:
- id: ce-start
  type: choice
  objective: 12a
  level: M
  cites: starts#first-loss
  ask: {en: "Ten classes, untrained: the loss?", zh: "十类，未训练：损失？"}
  hints: [{en: Think of ln., zh: 想想 ln。}]
  options:
  - text: "2.30"
    right: true
    why: {en: "ln 10 = 2.303.", zh: "ln 10 = 2.303。"}
  - text: "1.0"
    slip: log-base
    why: {en: "That is log10.", zh: "这是 log10。"}
  - text: "0.1"
    why: {en: "A probability.", zh: "这是概率。"}

- id: lower-is-better
  type: truth
  objective: 12a
  level: H
  cites: starts#first-loss
  ask: {en: A lower loss means higher accuracy., zh: 损失更低就意味着准确率更高。}
  hints: [{en: Think of confidence., zh: 想想信心。}]
  answer: false
  why: {en: They count different things., zh: 它们数的不同。}
  options:
  - {text: {en: One sees confidence, zh: 一个看信心}, right: true, why: {en: Yes., zh: 对。}}
  - {text: {en: Both see confidence, zh: 两个都看信心}, why: {en: No., zh: 不。}}
  - {text: {en: None sees mistakes, zh: 都不看错误}, why: {en: No., zh: 不。}}

- id: why-ln
  type: short
  objective: 12a
  level: H
  cites: starts#first-loss
  ask: {en: Why does it start there?, zh: 为什么从那里开始？}
  hints: [{en: Guess evenly., zh: 均匀地猜。}]
  rubric:
  - {point: {en: An even guess, zh: 均匀猜测}, why: {en: Nothing is known., zh: 一无所知。}}
  - {point: {en: The logarithm, zh: 对数}, why: {en: The loss is -ln p., zh: 损失是 -ln p。}}
  model: {en: "An even guess gives 0.1, and -ln of it is 2.303.", zh: "均匀猜测给出 0.1，-ln 得 2.303。"}

- id: which-loss
  type: match
  objective: 12a
  level: E
  cites: starts#first-loss
  ask: {en: Match task and loss., zh: 为任务配损失。}
  hints: [{en: Number or class?, zh: 数值还是类别？}]
  left:
    price: {en: A price, zh: 价格}
    digit: {en: A digit, zh: 数字}
  right:
    mse: {en: Squared error, zh: 平方误差}
    ce: {en: Cross-entropy, zh: 交叉熵}
    none: {en: No loss, zh: 没有损失}
  pairs: {price: mse, digit: ce}
  whys:
    price: {en: It is a quantity., zh: 它是数量。}
    digit: {en: It is a class., zh: 它是类别。}

- id: even-guess
  type: choice
  objective: 12a
  level: E
  cites: starts#first-loss
  ask: {en: What is an even guess?, zh: 什么是均匀猜测？}
  hints: [{en: Think of ln., zh: 想想 ln。}]
  options:
  - {text: {en: All alike, zh: 都一样}, right: true, why: {en: Yes., zh: 对。}}
  - {text: {en: One alone, zh: 只选一个}, why: {en: No., zh: 不。}}
  - {text: {en: No guess, zh: 不猜}, why: {en: No., zh: 不。}}

- id: which-base
  type: choice
  objective: 12a
  level: E
  cites: starts#first-loss
  ask: {en: Which logarithm is it?, zh: 用哪种对数？}
  hints: [{en: Think of ln., zh: 想想 ln。}]
  options:
  - {text: {en: Base ten, zh: 以十为底}, slip: log-base, why: {en: No., zh: 不。}}
  - {text: {en: Natural, zh: 自然对数}, right: true, why: {en: Yes., zh: 对。}}
  - {text: {en: Base two, zh: 以二为底}, why: {en: No., zh: 不。}}

- id: when-it-starts
  type: choice
  objective: 12a
  level: E
  cites: starts#first-loss
  ask: {en: When does it start?, zh: 它何时开始？}
  hints: [{en: Think of ln., zh: 想想 ln。}]
  options:
  - {text: {en: Afterwards, zh: 之后}, why: {en: No., zh: 不。}}
  - {text: {en: Untrained, zh: 训练之前}, right: true, why: {en: Yes., zh: 对。}}
  - {text: {en: At night, zh: 夜里}, why: {en: No., zh: 不。}}

- id: what-it-counts
  type: choice
  objective: 12a
  level: E
  cites: starts#first-loss
  ask: {en: What does it count?, zh: 它数什么？}
  hints: [{en: Think of ln., zh: 想想 ln。}]
  options:
  - {text: {en: Letters, zh: 字母}, why: {en: No., zh: 不。}}
  - {text: {en: Pixels, zh: 像素}, why: {en: No., zh: 不。}}
  - {text: {en: Surprise, zh: 意外}, right: true, why: {en: Yes., zh: 对。}}
"""

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

PRESET = """\
kind = "mlp"
title = {en = "Plain", zh = "普通"}
note = {en = "It learns.", zh = "它会学。"}
learns = true
beside = "slow"

[set]
lr = 0.01
scale = "standard"

[outcome]
seeds = 5
test_accuracy = [0.89, 0.90, 0.91]
"""

SLOW = """\
kind = "mlp"
title = {en = "Slow", zh = "慢"}
note = {en = "It crawls.", zh = "它在爬。"}

[set]
lr = 0.0001
"""

GLOSSARY = """\
terms:
- id: update
  en: {term: Update, says: One step of the weights.}
  zh: {term: 更新, says: 权重走一步。}
  section: "1.1"
  aka: {en: [step], zh: [步]}
  avoid: {en: [iteration], zh: [迭代]}
- id: loss
  en: {term: Loss, says: How wrong a guess is.}
  zh: {term: 损失, says: 猜得有多错。}
"""

FILLER = {"en": "Weights move a little at every step. " * 44, "zh": "每一步权重都移动一点点。" * 50}


def build(root: Path) -> Path:
    """Write the course into `root` and return it."""
    files = {
        "course.yaml": COURSE,
        "steps/section.yaml": STEPS_SECTION,
        "steps/items.yaml": STEPS_ITEMS,
        "starts/section.yaml": STARTS_SECTION,
        "starts/items.yaml": STARTS_ITEMS,
        "presets/plain.toml": PRESET,
        "presets/slow.toml": SLOW,
        "glossary.yaml": GLOSSARY,
    }
    for language in ("en", "zh"):
        for slug, pages in (("steps", STEPS_PAGE), ("starts", STARTS_PAGE)):
            files[f"{slug}/page.{language}.md"] = pages[language].replace("@FILLER@", FILLER[language].strip())
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def plant(root: Path, file: str, old: str, new: str) -> str:
    """Replace the first `old` of a file by `new` and return the file's text; the fault must really be planted."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return text


def line_of(text: str, marker: str) -> int:
    """Return the line on which `marker` first stands."""
    assert marker in text, marker
    return text[: text.index(marker)].count("\n") + 1
