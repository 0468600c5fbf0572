"""Any question, whatever its type."""

from __future__ import annotations

from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.cloze import Cloze
from content.course.match import Match
from content.course.number import NumberItem
from content.course.order import Order
from content.course.short import Short

AnyItem = Choice | Multiple | Truth | NumberItem | Order | Bug | Short | Match | Cloze
