"""Every command of `sebaya`. Each has its own file, and imports what it needs when it runs: none is slow to start.

Reads arguments, prints answers, chooses the exit code; what a command does is the work of `bot.app` and below.
"""

from bot.cli.group import main

__all__ = ["main"]
