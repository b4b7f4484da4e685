"""The nouns: level, person, conversation, case, event, message. Plain frozen data and the rules that need
nothing else. Knows no clock, no dice, no storage and no platform; every other package stands on it.
"""
