"""Redis: the only package that knows a key, a script or a ciphertext.

`open_store` connects to any server, `EmbeddedServer` runs one of our own, `Keyring` holds the keys.
"""

from bot.store.addressing import FaultyAddress, Login, whereabouts
from bot.store.admin import Admin, StoreHealth
from bot.store.dead_letters import DeadLetter
from bot.store.embedded import EmbeddedServer, NoServer
from bot.store.keys import FaultyProgramName
from bot.store.limits import Limits
from bot.store.program import LEASE_MS, RedisStore, WrongKey, open_store
from bot.store.records import Records
from bot.store.sealing import FaultyKey, Keyring, new_key
from bot.store.watching import Watch

__all__ = [
    "LEASE_MS",
    "Admin",
    "DeadLetter",
    "EmbeddedServer",
    "FaultyAddress",
    "FaultyKey",
    "FaultyProgramName",
    "Keyring",
    "Limits",
    "Login",
    "NoServer",
    "Records",
    "RedisStore",
    "StoreHealth",
    "Watch",
    "WrongKey",
    "new_key",
    "open_store",
    "whereabouts",
]
