"""What is done with a case, inside one transaction: open, offer, queue, claim, relay, hand over, close.

The handlers say who may ask for it; the rules of order and choice are `bot.matching`'s; the nouns are `bot.model`'s.
"""
