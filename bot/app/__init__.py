"""Puts the parts together from the config and runs them: content, store, platform, handlers, the loops, the web port.

Decides nothing about people or cases; every rule lives below.
"""
