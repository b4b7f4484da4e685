"""The phones behave like a messenger: what one does in them reaches the bot, and what the bot does is seen."""

from __future__ import annotations

import pytest
from echo_bot import EchoBot
from page_scene import BOT
from playwright.async_api import Page, expect

from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import SandboxServer

pytestmark = pytest.mark.browser


async def test_starting_writing_and_the_answer_all_happen_in_the_phone(page: Page, echo: EchoBot) -> None:
    phone = page.locator(".phone").first
    await phone.get_by_role("button", name="Mulai", exact=True).click()
    await expect(phone.get_by_text("Halo! Bagaimana perasaanmu hari ini?")).to_be_visible()
    await expect(phone.get_by_label("Tulis pesan")).to_be_focused()
    await expect(phone.locator(".owner .count")).to_be_hidden()

    await phone.get_by_label("Tulis pesan").fill("baik")
    await page.keyboard.press("Enter")
    await expect(phone.locator(".message.own .text", has_text="baik")).to_be_visible()
    await expect(phone.get_by_text("echo: baik")).to_be_visible()
    own = phone.locator(".message.own", has=page.locator(".text", has_text="baik"))
    await expect(own.get_by_role("img", name="Sudah diterima bot")).to_be_visible()
    await expect(own.locator(".reaction")).to_have_text("👌")
    await expect(phone.locator(".quote", has_text="baik")).to_be_visible()


async def test_a_pressed_button_tells_the_bot_and_shows_its_answer(page: Page, echo: EchoBot) -> None:
    phone = page.locator(".phone").first
    await phone.get_by_role("button", name="Mulai", exact=True).click()
    await phone.get_by_role("button", name="🙂").click()
    await expect(phone.locator(".toast")).to_have_text("✓ 🙂")
    await expect(phone.get_by_text("→ 🙂")).to_be_visible()
    await expect(phone.locator(".meta", has_text="diedit")).to_be_visible()
    await expect(phone.locator(".key")).to_have_count(0)


async def test_what_people_and_bots_write_is_shown_literally(page: Page, rani: Phone, echo: EchoBot) -> None:
    attack = "<img src=x onerror=\"document.title='owned'\"> <b>tebal</b> <script>document.title='owned'</script>"
    await rani.say(attack)
    phone = page.locator(".phone").first
    await expect(phone.get_by_text(attack).first).to_be_visible()
    await expect(phone.get_by_text(f"echo: {attack}")).to_be_visible()
    assert await phone.locator(".log img, .log b:not(.quote b), .log script").count() == 0
    assert await page.title() == "Sebaya · ponsel untuk latihan"


async def test_a_name_with_markup_is_shown_literally(page: Page, world: SandboxClient) -> None:
    await world.phone("<img src=x onerror=alert(1)>", BOT.username)
    await expect(page.locator(".owner .person", has_text="<img src=x onerror=alert(1)>")).to_be_visible()


async def test_the_bots_menu_is_in_the_language_of_the_phone(page: Page, echo: EchoBot) -> None:
    for number, words in ((0, "Butuh bantuan sekarang"), (1, "I need help now")):
        phone = page.locator(".phone").nth(number)
        await phone.get_by_role("button", name="Mulai", exact=True).click()
        await phone.get_by_role("button", name="Menu", exact=True).click()
        await expect(page.get_by_role("menuitem", name=words)).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator(".menu")).to_have_count(0)


async def test_an_own_message_is_answered_and_changed_from_its_menu(page: Page, rani: Phone, echo: EchoBot) -> None:
    await rani.say("slah")
    phone = page.locator(".phone").first
    own = phone.locator(".message.own").first
    await own.hover()
    await own.get_by_role("button", name="Tindakan untuk pesan ini").click()
    await page.get_by_role("menuitem", name="Ubah").click()
    field = phone.get_by_label("Tulis pesan")
    await expect(field).to_have_value("slah")
    await field.fill("salah")
    await page.keyboard.press("Enter")
    await expect(own.locator(".text")).to_have_text("salah")
    await expect(own.locator(".meta")).to_contain_text("diedit")

    await own.hover()
    await own.get_by_role("button", name="Tindakan untuk pesan ini").click()
    await page.get_by_role("menuitem", name="Balas").click()
    await field.fill("ini balasan")
    await page.keyboard.press("Enter")
    answer = phone.locator(".message.own", has=page.locator(".text", has_text="ini balasan"))
    await expect(answer.locator(".quote")).to_contain_text("salah")


async def test_the_bots_typing_shows_in_the_header_and_ends_with_its_message(
    page: Page, server: SandboxServer, rani: Phone, echo: EchoBot
) -> None:
    status = page.locator(".phone").first.locator(".status")
    await rani.say("ketik")
    await expect(status).to_have_text("sedang mengetik…")
    await echo.call("sendMessage", chat_id=rani.user, text="selesai")
    await expect(status).to_have_text("online")


async def test_attachments_are_sent_and_shown(page: Page, rani: Phone, echo: EchoBot) -> None:
    await rani.say("/start")
    phone = page.locator(".phone").first
    for label, shown in (("Foto", ".picture"), ("Pesan suara", ".wave"), ("Stiker", ".sticker"), ("Lokasi", ".media")):
        await phone.get_by_role("button", name="Kirim yang lain").click()
        await page.get_by_role("menuitem", name=label, exact=True).click()
        await expect(phone.locator(f".message.own {shown}").last).to_be_visible()


async def test_blocking_takes_the_composer_away_and_the_bot_may_not_write(
    page: Page, rani: Phone, echo: EchoBot
) -> None:
    await rani.say("halo")
    phone = page.locator(".phone").first
    await phone.get_by_role("button", name="Lainnya").click()
    await page.get_by_role("menuitem", name="Blokir bot").click()
    await expect(phone.get_by_role("button", name="Buka blokir bot")).to_be_visible()
    assert await echo.call("sendMessage", chat_id=rani.user, text="?") is None
    await phone.get_by_role("button", name="Buka blokir bot").click()
    await expect(phone.get_by_label("Tulis pesan")).to_be_visible()


async def test_a_message_for_a_phone_out_of_focus_is_counted_until_it_is_touched(page: Page, rani: Phone) -> None:
    await rani.say("halo")
    phone = page.locator(".phone").first
    badge = phone.locator(".owner .count")
    await expect(badge).to_have_text("1")
    await phone.get_by_label("Tulis pesan").click()
    await expect(badge).to_be_hidden()


async def test_a_phone_added_by_the_button_can_be_used_at_once(page: Page, echo: EchoBot) -> None:
    await page.get_by_role("button", name="Tambah ponsel").click()
    await page.get_by_role("textbox", name="Nama").fill("Sinta")
    await page.get_by_role("button", name="Tambah", exact=True).click()
    phone = page.locator(".phone", has=page.locator(".owner", has_text="Sinta"))
    await phone.get_by_role("button", name="Mulai", exact=True).click()
    await expect(phone.get_by_text("Halo! Bagaimana perasaanmu hari ini?")).to_be_visible()


async def test_the_page_changes_language_and_keeps_it(page: Page) -> None:
    await page.get_by_role("button", name="EN", exact=True).click()
    await expect(page.get_by_role("heading", name="What to try")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", name="What to try")).to_be_visible()
    assert await page.locator("html").get_attribute("lang") == "en"


async def test_dark_and_light_follow_the_button(page: Page) -> None:
    before = await page.evaluate("getComputedStyle(document.body).color")
    await page.get_by_role("button", name="Pakai warna gelap").click()
    assert await page.locator("html").get_attribute("data-theme") == "dark"
    assert await page.evaluate("getComputedStyle(document.body).color") != before
    await page.get_by_role("button", name="Pakai warna terang").click()
    assert await page.locator("html").get_attribute("data-theme") == "light"


async def test_a_narrow_screen_shows_one_phone_at_a_time_by_tabs(page: Page, rani: Phone) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    phones = page.locator(".phone")
    await expect(phones.nth(0)).to_be_visible()
    await expect(phones.nth(1)).to_be_hidden()
    await page.get_by_role("tab", name="Dimas").click()
    await expect(phones.nth(1)).to_be_visible()
    await expect(phones.nth(0)).to_be_hidden()
    await rani.say("halo")
    await expect(page.get_by_role("tab", name="Rani").locator(".count")).to_have_text("1")
    await page.get_by_role("tab", name="Panduan").click()
    await expect(page.get_by_role("heading", name="Yang bisa dicoba")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_guide_remembers_ticks_and_fills_in_what_to_write(page: Page, rani: Phone, echo: EchoBot) -> None:
    await rani.say("/start")
    step = page.locator(".step").first
    await step.get_by_role("checkbox").check()
    await page.get_by_role("button", name="pengen mati aja").click()
    await expect(page.locator(".phone").first.get_by_label("Tulis pesan")).to_have_value(
        "aku udah nggak kuat, pengen mati aja"
    )
    await page.reload()
    await expect(page.locator(".step").first.get_by_role("checkbox")).to_be_checked()


async def test_the_guides_buttons_make_telegram_fail(page: Page, rani: Phone, world: SandboxClient) -> None:
    await page.get_by_role("button", name="Terlalu banyak: 3 pesan").click()
    await expect(page.locator(".waiting")).to_have_text("Gangguan yang menunggu: 1")
    assert [one["kind"] for one in await world.faults()] == ["429"]
    await page.get_by_role("button", name="Semua baik lagi").click()
    await expect(page.locator(".waiting")).to_have_text("")
    assert await world.faults() == []


async def test_the_keyboard_alone_is_enough(page: Page, echo: EchoBot) -> None:
    phone = page.locator(".phone").first
    await phone.get_by_role("button", name="Mulai", exact=True).focus()
    await page.keyboard.press("Enter")
    await phone.get_by_role("button", name="🙂").focus()
    await page.keyboard.press("Enter")
    await expect(phone.get_by_text("→ 🙂")).to_be_visible()
    await phone.get_by_label("Tulis pesan").focus()
    await page.keyboard.type("satu")
    await page.keyboard.press("Enter")
    await expect(phone.get_by_text("echo: satu")).to_be_visible()
    await page.keyboard.press("ArrowUp")
    await expect(phone.get_by_label("Tulis pesan")).to_have_value("satu")


async def test_the_page_finds_its_way_back_after_the_connection_was_lost(
    page: Page, server: SandboxServer, rani: Phone, echo: EchoBot
) -> None:
    await rani.say("satu")
    phone = page.locator(".phone").first
    await expect(phone.get_by_text("echo: satu")).to_be_visible()
    await server.cut_streams()
    await rani.say("dua")
    await expect(phone.get_by_text("echo: dua")).to_be_visible()
    await expect(phone.locator(".message .text", has_text="dua")).to_have_count(2)
    await expect(page.locator("#connection")).to_be_hidden()


async def test_a_chat_opens_and_stays_at_its_end_until_one_scrolls_up(page: Page, rani: Phone, echo: EchoBot) -> None:
    for number in range(30):
        await rani.say(f"pesan {number}")
    await rani.wait_for("echo: pesan 29")
    await page.reload()
    phone = page.locator(".phone").first
    await expect(phone.get_by_text("echo: pesan 29")).to_be_in_viewport()
    await page.set_viewport_size({"width": 1300, "height": 700})
    await expect(phone.get_by_text("echo: pesan 29")).to_be_in_viewport()

    await phone.locator(".log").hover()
    await page.mouse.wheel(0, -900)
    await expect(phone.locator(".to-end")).to_be_visible()
    await echo.call("sendMessage", chat_id=rani.user, text="jauh di bawah")
    await expect(phone.locator(".to-end .count")).to_have_text("1")
    await expect(phone.get_by_text("jauh di bawah")).not_to_be_in_viewport()
    await phone.get_by_role("button", name="Ke pesan terbaru").click()
    await expect(phone.get_by_text("jauh di bawah")).to_be_in_viewport()
    await expect(phone.locator(".to-end")).to_be_hidden()
