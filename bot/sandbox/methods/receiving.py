"""How a bot receives: getUpdates and webhooks."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.methods.call import Call, Method
from bot.sandbox.refusal import bad_request, conflict
from bot.sandbox.updates import MAX_BATCH, MAX_POLL_S
from bot.sandbox.webhook import Webhook

Json = dict[str, Any]

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
MAX_CONNECTIONS = 100


async def get_updates(call: Call) -> list[Json]:
    queue = call.bot.updates
    if call.bot.webhook:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _allow(call)
    call.world.mark_online(call.bot)
    limit = min(max(call.args.integer("limit", MAX_BATCH), 1), MAX_BATCH)
    timeout_s = min(max(call.args.integer("timeout"), 0), MAX_POLL_S)
    return await queue.poll(call.args.integer("offset"), limit, timeout_s)


def _allow(call: Call) -> None:
    """Left out, the last choice stays; an empty list means the usual kinds."""
    kinds = call.args.structure("allowed_updates", what="allowed updates")
    if kinds is None:
        return
    if not isinstance(kinds, list):
        raise bad_request("can't parse allowed updates: expected an Array of String")
    call.bot.updates.allowed = frozenset(map(str, kinds)) or None


async def set_webhook(call: Call) -> bool:
    url = call.args.text("url")
    if not url:
        return await delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.args.text("secret_token")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(call)
    if call.args.flag("drop_pending_updates"):
        call.bot.updates.clear()
    if call.bot.webhook:
        await call.bot.webhook.stop()
    connections = min(max(call.args.integer("max_connections", 40), 1), MAX_CONNECTIONS)
    call.bot.webhook = Webhook(call.bot, url, secret, connections, answer=call.world.webhook_reply)
    call.bot.updates.end_poll("terminated by setWebhook request")
    call.world.mark_online(call.bot)
    call.bot.webhook.start(first_retry_s=call.world.first_retry_s)
    return True


async def delete_webhook(call: Call) -> bool:
    webhook, call.bot.webhook = call.bot.webhook, None
    if webhook:
        await webhook.stop()
    if call.args.flag("drop_pending_updates"):
        call.bot.updates.clear()
    return True


async def get_webhook_info(call: Call) -> Json:
    webhook, queue = call.bot.webhook, call.bot.updates
    told: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue.pending),
    }
    if queue.allowed is not None:
        told["allowed_updates"] = sorted(queue.allowed)
    return told | (webhook.troubles() if webhook else {})


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
