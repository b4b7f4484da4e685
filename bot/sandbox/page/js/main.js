// Puts the page together: texts, theme, world, phones, guide, tabs.

import { askForPerson } from "./adding.js";
import { icon, make } from "./dom.js";
import { Guide } from "./guide.js";
import { Phone } from "./phone.js";
import { Tabs } from "./tabs.js";
import { firstLanguage, language, t, translate, useLanguage } from "./texts.js";
import { startTheme } from "./theme.js";
import { World } from "./world.js";

const ORDER = ["student", "supporter", "counselor", "coordinator", "guest"];

const stage = document.getElementById("phones");
const connection = document.getElementById("connection");
const switches = [...document.querySelectorAll("#language-switch button")];

const phones = () => [...world.chats.values()].map((chat) => chat.phone).filter(Boolean)
  .sort((one, other) => ORDER.indexOf(one.chat.role) - ORDER.indexOf(other.chat.role));
const tabs = new Tabs(document.getElementById("tabs"), phones);
const guide = new Guide(document.getElementById("guide"), (role) => phones().find((phone) => phone.chat.role === role), goTo);

const world = new World({
  phoneAdded(chat) {
    chat.phone = new Phone(chat, world, (phone) => world.hide(phone.chat));
    arrange();
    chat.phone.log.scrollToEnd();
  },
  phonesChanged: arrange,
  connection: (isThere) => { connection.textContent = isThere ? "" : t("connection.lost"); },
  faults: (count) => guide.showWaiting(count),
  unread: () => tabs.draw(),
});

function arrange() {
  const wanted = phones().map((phone) => phone.element);
  if (wanted.length) for (const gone of [...stage.children]) if (!wanted.includes(gone)) gone.remove();
  wanted.forEach((element, place) => { if (stage.children[place] !== element) stage.insertBefore(element, stage.children[place] ?? null); });
  if (!wanted.length) stage.replaceChildren(make("p", { class: "empty" }, t("phones.none")));
  tabs.draw();
}

function goTo(phone) {
  tabs.choose(phone.chat.key);
  phone.element.scrollIntoView({ behavior: "smooth", inline: "nearest", block: "nearest" });
}

function drawLanguage() {
  for (const one of switches) one.setAttribute("aria-pressed", String(one.dataset.language === language));
}

async function start() {
  await useLanguage(firstLanguage());
  for (const element of document.querySelectorAll("[data-icon]")) element.prepend(icon(element.dataset.icon));
  const add = document.getElementById("add-phone");
  add.setAttribute("aria-label", t("addPhone.open"));
  add.addEventListener("click", () => askForPerson(world, goTo));
  const drawTheme = startTheme(document.getElementById("theme-switch"));
  drawLanguage();
  guide.draw();
  for (const one of switches) {
    one.addEventListener("click", async () => {
      await useLanguage(one.dataset.language);
      add.setAttribute("aria-label", t("addPhone.open"));
      drawLanguage();
      drawTheme();
      guide.draw();
      for (const phone of phones()) phone.draw();
      arrange();
    });
  }
  await world.load();
  arrange();
  translate(document);
  document.body.dataset.ready = "true";
}

await start();
