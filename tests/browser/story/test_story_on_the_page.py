"""The whole story on the page with the phones, as somebody who tries the demo would play it.

Leaves its pictures in tests/output. The README's is one of them:

    .venv/bin/pytest tests/browser/story && cp tests/output/phones.png docs/images/phones.png
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect
from wording import Wording

OUTPUT = Path(__file__).resolve().parents[2] / "output"
ID = Wording("id")
WITHIN_MS = 20_000

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


class Screen:
    """One phone on the page."""

    def __init__(self, page: Page, role: str) -> None:
        self._page = page
        self.phone = page.locator(f".phone[data-role={role}]").first

    async def says(self, text: str) -> None:
        await self.phone.get_by_label("Tulis pesan").fill(text)
        await self._page.keyboard.press("Enter")
        await expect(self._own(text)).to_be_visible()

    async def sees(self, text: str) -> None:
        shown = self.phone.locator(".message:not(.own)", has_text=text).last
        await expect(shown).to_be_visible(timeout=WITHIN_MS)

    async def taps(self, label: str) -> None:
        await self.phone.get_by_role("button", name=label, exact=True).last.click()

    async def chooses(self, flow: str, step: str, key: str) -> None:
        await self.sees(ID.question(flow, step))
        await self.taps(key if len(key) <= 2 and not key.isalpha() else ID.option(flow, step, key))

    async def is_delivered(self, text: str) -> None:
        await expect(self._own(text).locator(".reaction")).to_be_visible(timeout=WITHIN_MS)

    def _own(self, text: str) -> Locator:
        return self.phone.locator(".message.own", has_text=text).last


async def test_student_supporter_and_counselor_each_do_their_part_in_their_phones(page: Page) -> None:
    student, supporter, counselor = (Screen(page, role) for role in ("student", "supporter", "counselor"))
    await student.taps("Mulai")
    await student.chooses("welcome", "adult", "yes")
    await student.chooses("welcome", "consent", "yes")
    await student.chooses("check-in", "mood", "🙁")
    await student.chooses("check-in", "weight", "7")
    await student.chooses("check-in", "topic", "family")
    await student.chooses("check-in", "safety", "no")
    await student.sees(ID.question("check-in", "words"))
    await student.says("di rumah ribut terus, aku bingung mau cerita ke siapa")
    await student.chooses("check-in", "want", "peer")

    await supporter.sees("🤝")
    await picture(page, "story-1-offer")
    await supporter.taps(ID.label("offer.accept"))
    await student.sees(ID.part("talk.begun_student"))
    await supporter.says("Hai, aku di sini. Cerita pelan-pelan aja, nggak buru-buru.")
    await student.sees("Cerita pelan-pelan aja")
    await student.says("makasih ya. semalam mereka bertengkar lagi")
    await supporter.sees("semalam mereka bertengkar lagi")
    await supporter.says("Pasti capek dengarnya. Kamu sendiri gimana sekarang?")
    await student.sees("Kamu sendiri gimana sekarang?")
    await picture(page, "story-2-talk")

    await student.says("aku udah nggak kuat, aku mau mati aja")
    await student.sees(ID.part("crisis.alerted"))
    await student.is_delivered("aku mau mati aja")
    await counselor.sees("🔴")
    await supporter.says("Aku tetap di sini sama kamu.")
    await student.sees("Aku tetap di sini sama kamu.")
    await supporter.is_delivered("Aku tetap di sini sama kamu.")
    await picture(page, "phones")

    await counselor.taps(ID.label("alert.take"))
    await student.sees(ID.part("crisis.taken"))
    await counselor.says("Halo, aku konselor. Makasih sudah bilang. Kamu sedang aman sekarang?")
    await student.sees("Kamu sedang aman sekarang?")
    await supporter.sees(ID.part("talk.handed_over"))
    await student.says("iya, ada kakak di sini")
    await counselor.sees("ada kakak di sini")
    await picture(page, "story-3-counselor")

    await counselor.says("/close")
    await counselor.chooses("outcome", "outcome", "safe")
    await counselor.sees(ID.question("outcome", "note"))
    await counselor.says("aman bersama kakak; besok ditelepon jam 9")
    await counselor.sees(ID.part("claim.closed"))
    await student.sees(ID.part("crisis.closed"))
    await expect(student.phone.get_by_text("besok ditelepon jam 9")).to_have_count(0)
    await picture(page, "story-4-closed")


async def picture(page: Page, name: str) -> None:
    await expect(page.locator(".phone.rings")).to_have_count(0)
    OUTPUT.mkdir(exist_ok=True)
    await page.screenshot(path=OUTPUT / f"{name}.png")
