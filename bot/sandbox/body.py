"""Reads the arguments of a Bot API call out of an HTTP request: query, form, multipart, JSON."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.arguments import Arguments, Upload
from bot.sandbox.refusal import Refusal, bad_request

Json = dict[str, Any]

MAX_BODY = 52 * 1024 * 1024
"""The largest upload (50 MB) with its fields."""


async def read_arguments(request: web.Request) -> Arguments:
    """Raises the refusal that a malformed or an oversized body gets."""
    arguments = Arguments(dict(request.query))
    try:
        match request.content_type:
            case "application/json":
                arguments.values |= _json(await request.read())
            case "multipart/form-data":
                await _multipart(request, arguments)
            case "application/x-www-form-urlencoded":
                arguments.values |= {
                    key: value for key, value in (await request.post()).items() if isinstance(value, str)
                }
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    for value in arguments.values.values():
        _check_utf8(value)
    return arguments


def _json(body: bytes) -> Json:
    try:
        found = json.loads(body.decode()) if body.strip() else {}
    except UnicodeDecodeError:
        raise
    except (ValueError, RecursionError):
        raise bad_request("can't parse JSON object") from None
    if not isinstance(found, dict):
        raise bad_request("JSON object expected")
    return found


async def _multipart(request: web.Request, arguments: Arguments) -> None:
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or not part.name:
                continue
            content = bytes(await part.read(decode=True))
            if len(content) > MAX_BODY:
                raise Refusal(413, "Request Entity Too Large")
            if part.filename is not None:
                mime = part.headers.get("Content-Type", "")
                arguments.uploads[part.name] = Upload(part.filename, mime, content)
            else:
                arguments.values[part.name] = content.decode()
    except UnicodeDecodeError:
        raise
    except ValueError:
        raise bad_request("can't parse multipart body") from None


def _check_utf8(value: object) -> None:
    """JSON can smuggle in half a character, which is no text."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
