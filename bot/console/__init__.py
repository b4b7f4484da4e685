"""The web port: `/healthz` for whoever watches over the bot, `/metrics` for Prometheus, hooks for a platform.

Knows how to serve, not what to say: `bot.app` hands in a function that takes the bot's pulse.
"""

from bot.console.hooks import Hook, NotNow
from bot.console.pulse import Platform, Process, Pulse
from bot.console.web import PortTaken, WebPort

__all__ = ["Hook", "NotNow", "Platform", "PortTaken", "Process", "Pulse", "WebPort"]
