"""The four loops (gateway, worker, sender, clock), and the interfaces that the store and the platforms fill.

Knows no Redis and no platform: `bot.app` hands both in.
"""
