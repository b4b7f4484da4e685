"""What a student can do: start, check in, wait, talk, end, and everything that the law lets them ask for."""

from bot.casework.words import Act, Conversing, Timer
from bot.model.address import Side
from handlers.registry import Command, Handles
from handlers.student import privacy, says, start, talk

HANDLES = Handles(
    commands=(
        Command(Side.STUDENT, "start", start.start),
        Command(Side.STUDENT, "help", start.help_),
        Command(Side.STUDENT, "stop", talk.stop),
        Command(Side.STUDENT, "language", start.choose_language),
        Command(Side.STUDENT, "privacy", privacy.privacy),
        Command(Side.STUDENT, "export", privacy.export),
        Command(Side.STUDENT, "delete", privacy.delete),
        Command(Side.STAFF, "language", start.choose_language),
        Command(Side.STAFF, "privacy", privacy.privacy),
    ),
    acts={
        Act.LANGUAGE: start.set_language,
        Act.CHECK_IN: start.check_in,
        Act.SELF_HELP: start.self_help,
        Act.LEAVE_LIST: talk.leave_list,
        Act.DELETE_ALL: privacy.delete_all,
        Act.KEEP_ALL: privacy.keep_all,
        Act.SEND_ANYWAY: says.send_anyway,
        Act.DO_NOT_SEND: says.do_not_send,
    },
    timers={Timer.RECHECK: talk.rechecked, Timer.CLOSING: talk.closing_timed_out, Timer.IDLE: talk.idle},
    flow_ends={
        Conversing.WELCOME: start.welcomed,
        Conversing.CHECK_IN: start.checked_in,
        Conversing.SELF_HELP: start.self_helped,
        Conversing.CLOSING: talk.closed_with_answers,
    },
)

__all__ = ["HANDLES"]
