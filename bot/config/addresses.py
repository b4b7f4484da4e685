"""Whether the address of a store can be one, as far as its letters tell: nobody is asked.

The store reads it again when it connects (`bot.store.addressing`). Never quotes it, because it may hold a password.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SCHEME = re.compile(r"(?:rediss?(?:\+sentinel|\+cluster)?|unix)://")
HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:\[\]]+)(?::(\d{1,5}))?")
HIGHEST_PORT = 65_535
NUMBER = re.compile(r"/?\d*")


def store_complaint(url: str) -> str:
    """What is wrong, as the end of a sentence about the setting; empty where nothing is."""
    if not SCHEME.match(url):
        return "must be `embedded` or the address of a server"
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return "" if parts.path.strip("/") else "names no socket"
    hosts = [host for host in parts.netloc.rpartition("@")[2].split(",") if host]
    watched, clustered = parts.scheme.endswith("+sentinel"), parts.scheme.endswith("+cluster")
    if not hosts:
        return "names no host"
    if not all(map(_is_host, hosts)):
        return "has a host or port that cannot be one"
    if len(hosts) > 1 and not (watched or clustered):
        return "names several hosts, which only Sentinels and a Cluster have"
    if watched and not parts.path.strip("/"):
        return "names no service after the Sentinels' hosts"
    if not watched and not NUMBER.fullmatch(parts.path):
        return "has a database that is no number"
    return ""


def _is_host(host: str) -> bool:
    found = HOST.fullmatch(host)
    return found is not None and 0 < int(found[1] or 1) <= HIGHEST_PORT
