"""The only module that spells Redis keys, each with its type, owner, expiry and meaning.

Every key of a program begins with `sb:{program}:`. The braces are a hash tag: in a Cluster all keys of one program lie
in one slot, so that every script runs on one node, and programs spread over the nodes. No key holds a platform's id.
"""

from __future__ import annotations

import re

from bot.model.address import Side
from bot.model.candidate import Candidate
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.event import CaseId, Lane, PersonId
from bot.model.index import Document, Index
from bot.model.invite import Invite
from bot.model.person import Person

PROGRAM_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
LANES = (Lane.CRISIS, Lane.NORMAL, Lane.BULK)
"""In the order in which scripts get the streams of the lanes."""


class FaultyProgramName(Exception):
    """Letters, digits, `_`, `.` and `-` only, beginning with a letter or digit, at most 63 characters."""

    def __init__(self) -> None:
        super().__init__(str(self.__doc__))


class Keys:
    """The keys of one program. "Sealed" means: a value of `bot.store.sealing`, opened only for its own key."""

    def __init__(self, program: str) -> None:
        if not PROGRAM_NAME.fullmatch(program):
            raise FaultyProgramName
        self._prefix = f"sb:{{{program}}}:"
        self.ready = tuple(self._key(f"ready:{lane.value}") for lane in LANES)
        """Streams, group `workers`; owner: mailboxes; no expiry. The mailboxes with something in them, each in one
        stream exactly once: field `line` = person id. An entry is deleted when its mailbox is empty or gives way."""
        self.send = tuple(self._key(f"send:{lane.value}") for lane in LANES)
        """Streams, group `senders`; owner: outbox; no expiry. The same for chats: field `line` = chat key."""
        self.mail_places = self._key("mail-places")
        """Hash, owner: mailboxes; no expiry. Person id → where the mailbox stands: wanted lane, lane, stream entry
        (see scripts/_lines.lua). Only mailboxes with something in them."""
        self.chat_places = self._key("chat-places")
        """Hash, owner: outbox; no expiry. The same for chats."""
        self.seen = (self._key("seen:0"), self._key("seen:1"))
        """Sets, owner: intake; each expires one to two days after its first member. Marks of the arrivals of even and
        odd days, by which a repetition is known."""
        self.timers = self._key("timers")
        """Sorted set, owner: timers; no expiry. Timer id → when it is due, UTC milliseconds."""
        self.timer_bodies = self._key("timer-bodies")
        """Hash, owner: timers; no expiry. Timer id → sealed: person, body, lane."""
        self.delayed = self._key("delayed")
        """Sorted set, owner: outbox; no expiry. Chat key → when the next attempt is due, UTC milliseconds."""
        self.attempts = self._key("attempts")
        """Hash, owner: outbox; no expiry. Chat key → how often its first message has failed; chat key and `:arrived` →
        sealed ids of the parts of it that the platform has. Both are gone when it is out."""
        self.granted = self._key("granted")
        """Hash, owner: pacing; no expiry. Chat key → 1, where a waiting chat's share of its bot's rate is taken."""
        self.dead = self._key("dead")
        """Stream, owner: outbox; the newest 10,000 of two weeks. Messages given up: `why`, `chat`, `sealed`."""
        self.poison = self._key("poison")
        """Stream, owner: mailboxes; the newest 10,000 of two weeks. Events that no handler could work: `person`, `why`,
        `sealed`."""
        self.editions = self._key("editions")
        """Hash, owner: content; no expiry. Edition → its source files as JSON: running conversations go on in it."""
        self.reports = self._key("reports")
        """Hash, owner: reports; expires half a minute after the last. Process → when, and its counts and times."""
        self.probe = self._key("probe")
        """String, owner: sealing; no expiry. A sealed word by which a wrong key is noticed at the start."""

    def _key(self, rest: str) -> str:
        return self._prefix + rest

    def mailbox(self, person: PersonId) -> str:
        """List, owner: mailboxes; gone when empty. The person's events in order: mark (8 bytes), sealed event."""
        return self._key(f"mail:{person}")

    def outbox(self, chat: str) -> str:
        """List, owner: outbox; gone when empty. What is to be sent to the chat, in order: mark, sealed message."""
        return self._key(f"out:{chat}")

    def index(self, index: Index) -> str:
        """Hash, owner: indexes; no expiry. Member → sealed entry; field `rev` is another after each change."""
        return self._key(f"index:{index.value}")

    def person(self, person: PersonId) -> str:
        """String, a document: revision (8 random bytes), sealed Person; expires if saved with `keep_until`."""
        return self._key(f"person:{person}")

    def conversation(self, person: PersonId, side: Side) -> str:
        """String, a document: as above, Conversation."""
        return self._key(f"conversation:{side.value}:{person}")

    def case(self, case: CaseId) -> str:
        """String, a document: as above, Case."""
        return self._key(f"case:{case}")

    def invite(self, invite: str) -> str:
        """String, a document: as above, Invite; expires with the invitation."""
        return self._key(f"invite:{invite}")

    def candidate(self, candidate: str) -> str:
        """String, a document: as above, Candidate; a timer deletes it, because it stands in an index."""
        return self._key(f"candidate:{candidate}")

    def document(self, document: Document) -> str:
        """The key of any document."""
        match document:
            case Person():
                return self.person(document.id)
            case Conversation():
                return self.conversation(document.person, document.side)
            case Case():
                return self.case(document.id)
            case Invite():
                return self.invite(document.id)
            case Candidate():
                return self.candidate(document.id)

    def refs(self, chat: str, week: int) -> str:
        """Hash, owner: outbox; expires two weeks after its week. `r` + our ref → sealed platform message ids;
        `m` + message mark → our ref. By week, because a hash's fields cannot expire one by one in Redis 7."""
        return self._key(f"refs:{chat}:{week}")

    def pause(self, chat: str) -> str:
        """String, owner: outbox; expires when the pause ends. There while the platform wants quiet from a whole bot:
        until when, server's milliseconds, and for how long that was asked. Takes any chat key of the bot."""
        return self._key(f"pause:{_bot_of(chat)}")

    def paces(self, chat: str) -> tuple[str, str, str]:
        """Strings, owner: pacing; each expires when all that left is worked off. When that is, and when it was
        reckoned, server's milliseconds: of the bot's common share, of its crises' share, and of the chat (see
        scripts/_pace.lua)."""
        bot = _bot_of(chat)
        return self._key(f"pace:{bot}"), self._key(f"pace-crisis:{bot}"), self._key(f"pace-chat:{chat}")

    def lease(self, name: str) -> str:
        """String, owner: gateways; expires with the lease. Who may poll a bot now."""
        return self._key(f"lease:{name}")


def _bot_of(chat: str) -> str:
    """Platform and bot of a chat key."""
    return chat.rsplit(".", 1)[0]
