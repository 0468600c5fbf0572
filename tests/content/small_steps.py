"""The questions of the small course's first section."""

from __future__ import annotations

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
