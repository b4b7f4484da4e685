"""Everything that is not text: files by upload or by `file_id`, places, contacts, and fetching files."""

from __future__ import annotations

import mimetypes
from functools import partial
from typing import Any

from bot.sandbox.files import StoredFile
from bot.sandbox.formatting import MAX_CAPTION
from bot.sandbox.media import content_of
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.methods.sending import post
from bot.sandbox.refusal import Refusal, bad_request

Json = dict[str, Any]

MEGABYTE = 1024 * 1024
MAX_PHOTO = 10 * MEGABYTE
MAX_UPLOAD = 50 * MEGABYTE
MAX_DOWNLOAD = 20 * MEGABYTE
DEFAULT_NAMES = {
    "photo": "photo.jpg",
    "voice": "voice.oga",
    "audio": "audio.mp3",
    "video": "video.mp4",
    "video_note": "video_note.mp4",
    "animation": "animation.mp4",
    "sticker": "sticker.webp",
    "document": "document.bin",
}
WITHOUT_CAPTION = frozenset({"sticker", "video_note"})


async def send_file(kind: str, call: Call) -> Json:
    text, entities = "", list[Json]()
    if kind not in WITHOUT_CAPTION:
        text, entities = call.formatted("caption", "caption_entities", MAX_CAPTION)
    call.chat()
    content = content_of(call.world.files, call.bot.id, _file(call, kind), kind)
    if text:
        content |= {"caption": text, **({"caption_entities": entities} if entities else {})}
    return post(call, kind, content).as_telegram()


def _file(call: Call, kind: str) -> StoredFile:
    """The file that is meant: sent along, or known to this bot by its `file_id`."""
    upload = call.args.upload(kind)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > (MAX_PHOTO if kind == "photo" else MAX_UPLOAD):
            raise Refusal(413, "Request Entity Too Large")
        name = upload.name or DEFAULT_NAMES[kind]
        mime = upload.mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return call.world.files.add(kind, name, mime, upload.content)
    wanted = call.args.text(kind)
    if not wanted:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if wanted.startswith(("http://", "https://")):
        # There is no internet here to fetch it from.
        raise bad_request("failed to get HTTP URL content")
    known = call.world.files.known(call.bot.id, wanted)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind and kind != "document":
        raise bad_request(f"can't use file of type {known.kind} as {kind}")
    return known


async def send_location(call: Call) -> Json:
    latitude, longitude = call.args.number("latitude"), call.args.number("longitude")
    if latitude is None or not -90 <= latitude <= 90 or longitude is None or not -180 <= longitude <= 180:
        raise bad_request("wrong latitude or longitude specified" if latitude is not None else "latitude is empty")
    return post(call, "location", {"location": {"latitude": latitude, "longitude": longitude}}).as_telegram()


async def send_contact(call: Call) -> Json:
    phone, name = call.args.text("phone_number"), call.args.text("first_name")
    if not phone:
        raise bad_request("phone number is empty")
    if not name:
        raise bad_request("first name is empty")
    return post(call, "contact", {"contact": {"phone_number": phone, "first_name": name}}).as_telegram()


async def get_file(call: Call) -> Json:
    known = call.world.files.known(call.bot.id, call.args.text("file_id"))
    if known is None:
        raise bad_request("invalid file_id" if call.args.has("file_id") else "file_id not specified")
    if len(known.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {**call.world.files.told(call.bot.id, known), "file_path": known.path}


METHODS: dict[str, Method] = {
    "sendPhoto": partial(send_file, "photo"),
    "sendDocument": partial(send_file, "document"),
    "sendVoice": partial(send_file, "voice"),
    "sendAudio": partial(send_file, "audio"),
    "sendVideo": partial(send_file, "video"),
    "sendVideoNote": partial(send_file, "video_note"),
    "sendAnimation": partial(send_file, "animation"),
    "sendSticker": partial(send_file, "sticker"),
    "sendLocation": send_location,
    "sendContact": send_contact,
    "getFile": get_file,
}
