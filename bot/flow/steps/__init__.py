"""Every kind of step, by the key that makes it one in YAML."""

from __future__ import annotations

from bot.flow.step import Step
from bot.flow.steps.ask import AskStep
from bot.flow.steps.call import CallStep
from bot.flow.steps.end import EndStep
from bot.flow.steps.escalate import EscalateStep
from bot.flow.steps.goto import GotoStep
from bot.flow.steps.match import MatchStep
from bot.flow.steps.resource import ResourceStep
from bot.flow.steps.say import SayStep
from bot.flow.steps.set import SetStep
from bot.flow.steps.wait import WaitStep
from bot.flow.steps.when import WhenStep

STEPS: dict[str, type[Step]] = {
    step.word: step
    for step in (
        SayStep,
        AskStep,
        SetStep,
        WhenStep,
        GotoStep,
        CallStep,
        WaitStep,
        MatchStep,
        EscalateStep,
        ResourceStep,
        EndStep,
    )
}
"""`when` comes before `goto`, which it takes along."""
