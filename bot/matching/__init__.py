"""Case and roster in, the supporter who gets the offer out. Pure: the time is an argument.

`choose` picks, `refusals` says why each other supporter was passed over, `in_order` sorts those who wait.
"""

from bot.matching.choosing import Need, Refusal, choose, refusals
from bot.matching.ordering import in_order, place_of

__all__ = ["Need", "Refusal", "choose", "in_order", "place_of", "refusals"]
