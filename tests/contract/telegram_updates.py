"""Updates as Telegram writes them, from one student in her private chat."""

from __future__ import annotations

SITI = {"id": 7, "is_bot": False, "first_name": "Siti", "last_name": "Aminah", "language_code": "id-ID"}
CHAT = {"id": 7, "type": "private", "first_name": "Siti"}


def message(sender: object = SITI, **fields: object) -> dict[str, object]:
    return {"message": {"message_id": 10, "date": 1_700_000_000, "chat": CHAT, "from": sender, **fields}}


def edited(**fields: object) -> dict[str, object]:
    return {"edited_message": {**_inner(message(**fields)), "edit_date": 1_700_000_001}}


def press(extra: dict[str, object] | None = None, **fields: object) -> dict[str, object]:
    hanging = {"message_id": 55, "date": 0, "chat": CHAT, **(extra or {})}
    query = {"id": "900", "from": SITI, "chat_instance": "x", "message": hanging, **fields}
    return {"callback_query": {key: value for key, value in query.items() if value is not None}}


def membership(status: str) -> dict[str, object]:
    before = {"user": {"id": 1001, "is_bot": True}, "status": "member"}
    after = {"user": {"id": 1001, "is_bot": True}, "status": status}
    return {
        "my_chat_member": {"chat": CHAT, "from": SITI, "date": 0, "old_chat_member": before, "new_chat_member": after}
    }


def _inner(update: dict[str, object]) -> dict[str, object]:
    inner = update["message"]
    assert isinstance(inner, dict)
    return inner
