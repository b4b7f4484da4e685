"""Who plays in a test: students and staff of one deployment, and how they leave it for the next test's people."""

from __future__ import annotations

import asyncio
from typing import Any

from deployment import STAFF, STUDENT, Deployment
from persons import Person

from bot.model.person import Role
from bot.sandbox.client import SandboxClient


class Cast:
    """`language` is everybody's, where a test says no other."""

    def __init__(self, deployment: Deployment, world: SandboxClient) -> None:
        self.deployment = deployment
        self.world = world
        self.language = "id"
        self.staff: list[Person] = []

    async def student(self, name: str, **more: Any) -> Person:
        return await self._person(name, STUDENT, **more)

    async def supporter(self, name: str, **more: Any) -> Person:
        return await self._joined(name, Role.SUPPORTER, **more)

    async def counselor(self, name: str, **more: Any) -> Person:
        return await self._joined(name, Role.COUNSELOR, **more)

    async def coordinator(self, name: str, **more: Any) -> Person:
        return await self._joined(name, Role.COORDINATOR, **more)

    async def _joined(self, name: str, role: Role, *, code: str = "", duty: bool = True, **more: Any) -> Person:
        """Joined by an invitation, and on duty unless a coordinator."""
        person = await self._person(name, STAFF, **more)
        await person.says(f"/start {code or await self.deployment.invitation(role)}")
        await person.sees(f"staff.joined_{role.value}")
        if duty and role is not Role.COORDINATOR:
            self.staff.append(person)
            await person.says("/duty on")
            await person.sees("duty.on")
        return person

    async def _person(self, name: str, bot: int, **more: Any) -> Person:
        user = await self.world.new_user(name, language=self.language, **more)
        return Person(await self.world.phone(user, f"bot{bot}_bot"), self.language)

    async def leave(self) -> None:
        """Everybody goes off duty, so that the next test's people have no colleagues but their own."""
        await asyncio.gather(*(_leaves(person) for person in self.staff))


async def _leaves(person: Person) -> None:
    await person.says("/duty off")
    await person.is_told("duty.off", "duty.off_with_cases")
