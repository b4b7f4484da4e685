"""Telegram without a library: its JSON as events, messages as its method calls, its answers as named outcomes.

All here is pure but `platform.py`, which runs the calls over a `Wire`. A driver beside this folder is one such wire:
it moves bytes with one library and knows no rule of Telegram's beyond URLs and forms.
"""
