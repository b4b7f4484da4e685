// The dialog that adds a phone: a new person, their language, the bot they write to, the part they play.

import { make } from "./dom.js";
import { language, t } from "./texts.js";

const ROLES = ["student", "supporter", "counselor", "coordinator", "guest"];
const LANGUAGES = { id: "Bahasa Indonesia", en: "English" };

export function askForPerson(world, onAdded) {
  const names = t("addPhone.suggested");
  const name = make("input", { required: true, maxlength: "40", value: names[world.users.size % names.length], autocomplete: "off" });
  const tongue = select(Object.entries(LANGUAGES), language);
  const bots = [...world.bots.values()].map((bot) => [bot.username, `${bot.name} (@${bot.username})`]);
  const bot = select(bots);
  const role = select(ROLES.map((one) => [one, t(`roles.${one}`)]), "student");
  const cancel = make("button", { type: "button", class: "pill quiet" }, t("addPhone.cancel"));
  const form = make("form", { method: "dialog" },
    make("h2", { id: "adding-title" }, t("addPhone.title")), make("p", {}, t("addPhone.intro")),
    make("label", {}, t("addPhone.name"), name), make("label", {}, t("addPhone.role"), role),
    make("label", {}, t("addPhone.bot"), bot), make("label", {}, t("addPhone.language"), tongue),
    make("div", { class: "dialog-actions" }, cancel, make("button", { class: "pill plain", type: "submit" }, t("addPhone.create"))));
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": "adding-title" }, form);
  cancel.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async () => {
    const chat = await world.newPerson(name.value.trim(), tongue.value, bot.value, role.value);
    if (chat) onAdded(chat.phone);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  name.select();
}

function select(options, chosen) {
  const element = make("select", {}, ...options.map(([value, words]) => make("option", { value }, words)));
  if (chosen) element.value = chosen;
  return element;
}
