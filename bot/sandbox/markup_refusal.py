"""How a text with markup is refused: in Telegram's words, with places counted in bytes of UTF-8."""

from __future__ import annotations

from bot.sandbox.refusal import Refusal, bad_request


def refused(why: str) -> Refusal:
    return bad_request(f"can't parse entities: {why}")


def bytes_before(source: str, place: int) -> int:
    return len(source[:place].encode("utf-8", "surrogatepass"))
