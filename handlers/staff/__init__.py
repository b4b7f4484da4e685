"""What everybody on the staff side can do: join by invitation, go on duty, see and work their cases."""

from bot.casework.words import Act, Purpose, Timer
from bot.model.address import Side
from bot.model.person import Role
from handlers.registry import Command, Handles
from handlers.staff import cases, duty, joining, receipts, talk

HOLDERS = frozenset({Role.SUPPORTER, Role.COUNSELOR})

HANDLES = Handles(
    commands=(
        Command(Side.STAFF, "start", joining.start),
        Command(Side.STAFF, "help", joining.help_),
        Command(Side.STAFF, "stop", joining.stop),
        Command(Side.STAFF, "duty", duty.duty, HOLDERS),
        Command(Side.STAFF, "cases", cases.list_cases, HOLDERS),
        Command(Side.STAFF, "note", cases.note, HOLDERS),
        Command(Side.STAFF, "close", cases.close, HOLDERS),
        Command(Side.STAFF, "transfer", cases.transfer, HOLDERS),
    ),
    acts={
        Act.SEND_TO_STUDENT: talk.send_anyway,
        Act.CLOSE_CASE: cases.close_by_button,
        Act.SWITCH_SIDE: joining.switch_side,
        Act.DUTY_ON: duty.on_by_button,
        Act.DUTY_OFF: duty.off_by_button,
    },
    timers={Timer.REST: duty.rest_is_over},
    receipts={Purpose.RELAYED: receipts.relayed},
    verbs={
        talk.SAY: talk.say_in_case,
        cases.NOTE: cases.note_case,
        cases.CLOSE: cases.close_case,
        cases.TRANSFER: cases.transfer_case,
    },
)

__all__ = ["HANDLES"]
