"""Passing on what somebody sent: by Telegram's file id on the bot that received it, by its bytes on another."""

from __future__ import annotations

import re

from bot.model.address import Address
from bot.model.event import MediaKind
from bot.model.outgoing import SendMedia, SendText
from bot.platforms.telegram.calls import Call, answering, calls_for, target
from bot.platforms.telegram.characters import whole
from bot.platforms.telegram.shapes import Wrong, decode, mapping
from bot.platforms.telegram.splitting import split_caption
from bot.platforms.telegram.wire import Upload

METHODS = {
    MediaKind.VOICE: ("sendVoice", "voice"),
    MediaKind.AUDIO: ("sendAudio", "audio"),
    MediaKind.PHOTO: ("sendPhoto", "photo"),
    MediaKind.VIDEO: ("sendVideo", "video"),
    MediaKind.VIDEO_NOTE: ("sendVideoNote", "video_note"),
    MediaKind.ANIMATION: ("sendAnimation", "animation"),
    MediaKind.STICKER: ("sendSticker", "sticker"),
    MediaKind.DOCUMENT: ("sendDocument", "document"),
}
"""Method and parameter."""

WORDLESS = frozenset({MediaKind.VIDEO_NOTE, MediaKind.STICKER})
"""Kinds under which Telegram shows no words."""

DETAILS = {MediaKind.LOCATION: "sendLocation", MediaKind.CONTACT: "sendContact"}
"""Kinds that have no file: the place or card itself was kept."""


ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


class Impossible(Exception):
    """This kind cannot be passed on."""


def needs_upload(to: Address, what: SendMedia) -> bool:
    """A file id is worth nothing to another bot."""
    return to.bot != what.bot and what.kind in METHODS


def upload_of(what: SendMedia, path: str, content: bytes) -> Upload:
    """Named by its kind: the sender's own file name may hold who they are. `path` is Telegram's, for the ending."""
    ending = ENDING.search(path)
    return Upload(what.kind + (ending[0] if ending else ""), content)


def media_calls(to: Address, what: SendMedia, upload: Upload | None = None) -> tuple[Call, ...]:
    """With `upload` where the file has to be sent anew. Raises Impossible."""
    if what.kind in DETAILS:
        return (_detailed(to, what),)
    if what.kind not in METHODS or not what.file:
        raise Impossible
    method, parameter = METHODS[MediaKind(what.kind)]
    caption, rest = ("", whole(what.caption)) if what.kind in WORDLESS else split_caption(whole(what.caption))
    params = target(to) | ({"caption": caption} if caption else {}) | answering(what.reply_to)
    if upload is None:
        first = Call(method, {**params, parameter: what.file})
    else:
        first = Call(method, params, {parameter: upload})
    return (first, *(calls_for(to, SendText(rest)) if rest.strip() else ()))


def _detailed(to: Address, what: SendMedia) -> Call:
    try:
        details = mapping(decode(what.file))
    except Wrong:
        raise Impossible from None
    return Call(DETAILS[MediaKind(what.kind)], {**target(to), **details, **answering(what.reply_to)})
