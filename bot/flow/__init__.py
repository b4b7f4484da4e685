"""The YAML conversation language: what a flow is, reading it from nodes, running it, checking it, drawing it.

Pure: values in, values out. It knows no file, no clock, no dice, no storage and no platform; `bot.content` hands it
nodes, handlers hand it sessions and act on the effects that come back.

A flow is a list of steps (`bot.flow.steps`, one kind a file). The engine runs steps until one waits for the person;
what it did stands in a `Turn`: the session to keep, and effects to act on, in order.
"""

from __future__ import annotations

from bot.flow.drawing import draw
from bot.flow.effects import (
    Ask,
    Chosen,
    Effect,
    Ended,
    FindCounselor,
    FindPeer,
    Option,
    Raise,
    Reply,
    Say,
    ShowResource,
    Troubled,
    Turn,
    Typed,
    Unread,
    Wait,
    question_key,
)
from bot.flow.engine import answer, ask_again, resume, start, time_out
from bot.flow.flow import Flow, Flows, UnknownFlow
from bot.flow.option_list import OptionList
from bot.flow.parsing import compile_flows

__all__ = [
    "Ask",
    "Chosen",
    "Effect",
    "Ended",
    "FindCounselor",
    "FindPeer",
    "Flow",
    "Flows",
    "Option",
    "OptionList",
    "Raise",
    "Reply",
    "Say",
    "ShowResource",
    "Troubled",
    "Turn",
    "Typed",
    "UnknownFlow",
    "Unread",
    "Wait",
    "answer",
    "ask_again",
    "compile_flows",
    "draw",
    "question_key",
    "resume",
    "start",
    "time_out",
]
