"""A Telegram on this machine: a Bot API server over real HTTP, and a page with phones.

It knows nothing of the program: bots reach it as they reach Telegram, and people act through its world API.
"""
