"""The outermost command: gathers the others and turns expected troubles into clear lines and an exit code."""

from __future__ import annotations

import click

from bot.cli.check import check
from bot.cli.doctor import doctor
from bot.cli.drill import drill
from bot.cli.flow import flow
from bot.cli.invite import invite
from bot.cli.key import key
from bot.cli.outbox import outbox
from bot.cli.run import run
from bot.cli.sandbox import sandbox
from bot.cli.screen import screen
from bot.cli.screening import screening
from bot.model.source import FaultyContent

COMMANDS = (run, sandbox, check, screen, screening, invite, key, doctor, outbox, drill, flow)


class Group(click.Group):
    """Tells faults in config and content one a line, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except FaultyContent as trouble:
            for fault in trouble.faults:
                click.echo(str(fault), err=True)
            ctx.exit(1)


@click.group(cls=Group)
@click.version_option(package_name="sebaya")
def main() -> None:
    """Peer-support triage over chat."""


for command in COMMANDS:
    main.add_command(command)
