"""config.yaml as typed settings: read once, checked whole, then frozen.

Knows the environment and one file; starts nothing and connects to nothing. `bot.app` builds the program from it.
"""

from bot.config.casework import casework_settings
from bot.config.loading import default_path, load, require_ready
from bot.config.sections import Config

__all__ = ["Config", "casework_settings", "default_path", "load", "require_ready"]
