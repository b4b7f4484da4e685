"""A deployment in single processes, each of which can be killed, frozen, replaced and started again."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from deployment import KNOWN_TO_THE_PLATFORM, Deployment
from failover import Clustered, Watched
from plan import CLUSTER, REMOTE, SENTINEL, WEBHOOK, Plan
from relay import Relay
from running import ROOT, SEBAYA, Running
from server_groups import free_ports
from servers import Remote, Servers

PARTS = {"gateway": "gateway", "worker-1": "worker", "worker-2": "worker", "sender-1": "sender", "sender-2": "sender",
         "clock": "clock"}  # fmt: skip
WEBS = ("web-1", "web-2")
"""In mode `webhook`; both behind one address."""
SETTINGS = {
    "telegram__limits__per_second": "60",
    "telegram__limits__per_chat": "6",
    "matching__offer": "6s",
    "matching__rest": "2s",
    "crisis__alarms": "5s,10s,30s",
    "crisis__lease": "12s",
    "crisis__lease_warning": "5s",
    "crisis__claims": "1",
    "waiting__rechecks": "10s,20s,30s",
}
"""Short deadlines, so that the clock has much to move in a short run. The bot is told twice of what the platform lets
through, so it is refused now and then."""
PER_SECOND, PER_CHAT, BURST = 30.0, 3.0, 10
"""What the platform lets through."""
SERVERS: Mapping[str, type[Servers]] = {REMOTE: Remote, SENTINEL: Watched, CLUSTER: Clustered}
BREAKING = Path(__file__).with_name("guardless.py")


class Process(Running):
    """Any program that takes `sebaya`'s arguments."""

    def __init__(self, program: list[str], arguments: list[str], environ: Mapping[str, str], log: Path) -> None:
        self.log = log
        self._began = log.stat().st_size if log.exists() else 0
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [*program, *arguments], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)


class Stage(Deployment):
    """Where `plan` is played."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.plan = plan
        self.parts = dict(PARTS)
        self.front: Relay | None = None
        """Before the web processes in mode `webhook`."""
        self.servers: Servers | None = None
        """Where the bot does not have a server of its own."""
        self._program = [sys.executable, str(BREAKING), plan.without] if plan.without else [str(SEBAYA)]
        self._own: dict[str, dict[str, str]] = {}
        """Settings of single parts."""
        # A copy: somebody may be editing the content while this runs.
        content = shutil.copytree(ROOT / "flows", folder / "flows")
        super().__init__(folder, telegram__driver=plan.driver, content_dir=str(content), **SETTINGS)

    def _start(self, arguments: list[str], environ: Mapping[str, str], name: str) -> Running:
        program = self._program if arguments[0] == "run" else [str(SEBAYA)]
        process = Process(program, arguments, {**environ, **self._own.get(name, {})}, self.folder / f"{name}.log")
        self.running.append(process)
        return process

    async def open(self) -> dict[str, Process]:
        """Starts every part; returns once all work."""
        if self.plan.server in SERVERS:
            self.servers = SERVERS[self.plan.server](self.folder)
            self.environ["SEBAYA__REDIS__URL"] = await self.servers.open()
            self.environ["SEBAYA__REDIS__WAIT_REPLICAS"] = str(int(self.servers.fails_over))
        if self.plan.mode == WEBHOOK:
            await self._open_front()
        started = {name: self.part(name) for name in self.parts}
        for name, process in started.items():
            line = KNOWN_TO_THE_PLATFORM if name == "gateway" else "the bot runs"
            await asyncio.to_thread(process.wait_for_line, lambda said, line=line: line in said)
        return started

    async def close(self) -> None:
        await asyncio.to_thread(self.stop)
        if self.front is not None:
            await self.front.close()
        if self.servers is not None:
            await self.servers.close()

    def part(self, name: str) -> Process:
        process = self.start(self.parts[name], name)
        assert isinstance(process, Process)
        return process

    async def _open_front(self) -> None:
        ports = free_ports(len(WEBS))
        for name, port in zip(WEBS, ports, strict=True):
            self.parts[name] = "web"
            self._own[name] = {"SEBAYA__WEB__PORT": str(port)}
        self.front = Relay(ports)
        await self.front.open()
        self.environ |= {
            "SEBAYA__TELEGRAM__MODE": WEBHOOK,
            "SEBAYA__TELEGRAM__WEBHOOK__URL": f"http://{self.front.address}",
            "SEBAYA__TELEGRAM__WEBHOOK__SECRET": secrets.token_urlsafe(24),
        }
