"""The questions of the small course's second section."""

from __future__ import annotations

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
