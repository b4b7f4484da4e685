"""The words that tie a button, timer, receipt or flow to its handler. Each is a closed set: `handlers.dispatch`
refuses to start while one of them has no handler.
"""

from __future__ import annotations

import enum


class Act(enum.StrEnum):
    """What a button does."""

    ANSWER = "answer"
    LANGUAGE = "language"
    CHECK_IN = "check-in"
    CRISIS = "crisis"
    LEAVE_LIST = "leave-list"
    SELF_HELP = "self-help"
    DELETE_ALL = "delete-all"
    KEEP_ALL = "keep-all"
    SEND_ANYWAY = "send-anyway"
    SEND_TO_STUDENT = "send-to-student"
    DO_NOT_SEND = "do-not-send"
    SWITCH_SIDE = "switch-side"
    ACCEPT = "accept"
    DECLINE = "decline"
    KNOWN = "known"
    TAKE = "take"
    KEEP_CLAIM = "keep-claim"
    FOR_CASE = "for-case"
    CLOSE_CASE = "close-case"
    DUTY_ON = "duty-on"
    DUTY_OFF = "duty-off"


class Timer(enum.StrEnum):
    """What rings."""

    OFFER = "offer"
    RECHECK = "recheck"
    ALARM = "alarm"
    LEASE = "lease"
    LEASE_WARNING = "lease-warning"
    IDLE = "idle"
    QUESTION = "question"
    FLOW_WAIT = "flow-wait"
    CLOSING = "closing"
    REST = "rest"
    BURST = "burst"
    CANDIDATE = "candidate"
    """A text that waits for a review has waited long enough."""
    DRILL = "drill"
    """A drill that nobody has ended ends itself."""


class Drilling(enum.StrEnum):
    """What the program asks itself for a drill."""

    BEGIN = "drill-begin"
    END = "drill-end"


class Mending(enum.StrEnum):
    """What `sebaya doctor --repair` asks for."""

    CASE = "mend-case"
    PERSON = "mend-person"


class Purpose(enum.StrEnum):
    """Why a receipt was asked for."""

    RELAYED = "relayed"
    """A relayed message; `data` is the platform's id of the sender's own message."""
    ALERT = "alert"
    """An alert to staff; `data` is who it went to."""
    OFFER = "offer"
    """An offer; `data` is who it went to."""


class Conversing(enum.StrEnum):
    """Why a flow was started, which says what happens at its end. The words are the names of the flows too."""

    WELCOME = "welcome"
    CHECK_IN = "check-in"
    SELF_HELP = "self-help"
    SAFETY = "safety"
    THIRD_PARTY = "third-party"
    CLOSING = "closing"
    DEBRIEF = "debrief"
    OUTCOME = "outcome"


class Noted(enum.StrEnum):
    """What a line of the timeline says; each has a sentence `timeline.<word>`."""

    OPENED = "opened"
    OFFERED = "offered"
    DECLINED = "declined"
    OFFER_PASSED = "offer_passed"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    QUEUED = "queued"
    LEVEL_RAISED = "level_raised"
    ALERTED = "alerted"
    ALARM_WIDENED = "alarm_widened"
    CLAIMED = "claimed"
    LEASE_RAN_OUT = "lease_ran_out"
    HANDED_BACK = "handed_back"
    COUNSELOR_ARRIVED = "counselor_arrived"
    PEER_LEFT = "peer_left"
    NOTE = "note"
    ENDED = "ended"
    FEEDBACK = "feedback"
    DEBRIEFED = "debriefed"
    CLOSED = "closed"
    NOT_DELIVERED = "not_delivered"
    LEFT_LIST = "left_list"
