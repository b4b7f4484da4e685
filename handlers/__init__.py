"""What each kind of person can do. `dispatch` knows all roles; the roles' modules do not know each other."""

from handlers.dispatch import Dispatcher
from handlers.menus import menus

__all__ = ["Dispatcher", "menus"]
