"""Text in, verdict out: judging what a student or supporter writes for risk.

    text ─► normalise/ ─► lattice ─► match ─► (idiom, polarity, person, time, frame) ─► judge ─► Verdict
              words with      words and      rules of the       what lowers or              what a case keeps
              their places    slots, by      word lists that    raises each match           and a counselor reads
                              position       fit

The word lists are YAML under flows/screening, read elsewhere; `compile_lists` turns their nodes into `Lists`. All
languages' lists are applied to every text, because people mix languages. Pure: no clock, dice, log or I/O.
"""

from bot.screening.burst import screen_burst
from bot.screening.check import check_lists
from bot.screening.compile import compile_lists
from bot.screening.evaluation import evaluate_rows, render
from bot.screening.lists import Lists
from bot.screening.screen import screen

__all__ = ["Lists", "check_lists", "compile_lists", "evaluate_rows", "render", "screen", "screen_burst"]
