// Where one writes: text, commands menu, attachments, reply and change, and the one big button before the start.

import { icon, iconButton, make } from "./dom.js";
import { openMenu } from "./menus.js";
import { t } from "./texts.js";

const KINDS = ["photo", "voice", "sticker", "document", "location", "contact", "video", "poll"];

export class Composer {
  // `on` has: say, edit, send, commands, unblock, lastOwn, senderName.
  constructor(chat, on) {
    this.chat = chat;
    this.on = on;
    this.replying = null;
    this.editing = null;
    this.element = make("footer", { class: "foot" });
    this.draw();
  }

  draw() {
    const words = this.field?.value ?? "";
    const focused = this.element.contains(document.activeElement);
    if (this.chat.blocked) this.element.replaceChildren(bigButton("compose.unblock", this.on.unblock, "danger"));
    else if (!this.chat.started) this.element.replaceChildren(bigButton("compose.start", () => this.on.say("/start")));
    else this.element.replaceChildren(...this.parts());
    if (this.field) this.field.value = words;
    if (focused) (this.field?.isConnected ? this.field : this.element.querySelector("button")).focus();
  }

  parts() {
    this.field = make("textarea", { rows: "1", dir: "auto", placeholder: t("compose.placeholder"), "aria-label": t("compose.label") });
    this.field.addEventListener("keydown", (event) => this.typed(event));
    const commands = make(
      "button",
      { type: "button", class: "icon-button commands-button", "aria-haspopup": "menu", "aria-expanded": "false" },
      icon("menu"),
      make("span", {}, t("compose.commands")),
    );
    commands.addEventListener("click", () => this.showCommands(commands));
    const attach = iconButton("attach", t("compose.attach"), { class: "attach", "aria-haspopup": "menu", "aria-expanded": "false" });
    attach.addEventListener("click", () => this.showKinds(attach));
    const send = iconButton("send", t(this.editing ? "compose.save" : "compose.send"), { class: "send", type: "submit" });
    const form = make("form", { class: "composer" }, commands, this.field, attach, send);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    return [this.context(), form].filter(Boolean);
  }

  context() {
    const message = this.editing ?? this.replying;
    if (!message) return null;
    const title = this.editing ? t("compose.editing") : t("compose.replying", { name: this.on.senderName(message) });
    const words = message.text || t(`attach.${message.kind}`);
    const cancel = iconButton("close", t("compose.cancel"), { onclick: () => this.clear() });
    return make("div", { class: "context" }, make("div", {}, make("b", {}, title), make("span", { dir: "auto" }, words)), cancel);
  }

  reply(message) {
    this.editing = null;
    this.replying = message;
    this.draw();
    this.field?.focus();
  }

  edit(message) {
    this.replying = null;
    this.editing = message;
    this.draw();
    this.fill(message.text);
  }

  fill(text) {
    if (!this.field?.isConnected) return;
    this.field.value = text;
    this.field.focus();
  }

  clear() {
    if (this.editing) this.field.value = "";
    this.editing = this.replying = null;
    this.draw();
    this.field?.focus();
  }

  typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && (this.editing || this.replying)) {
      this.clear();
    } else if (event.key === "ArrowUp" && !this.field.value) {
      const last = this.on.lastOwn();
      if (last) { event.preventDefault(); this.edit(last); }
    }
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const { editing, replying } = this;
    this.field.value = "";
    this.editing = this.replying = null;
    this.draw();
    this.field?.focus();
    const sent = editing ? await this.on.edit(editing, text) : await this.on.say(text, replying?.id ?? 0);
    if (!sent && this.field?.isConnected && !this.field.value) this.field.value = text;
  }

  async showCommands(button) {
    const commands = await this.on.commands();
    openMenu(button, () => {
      if (!commands.length) return [make("p", { class: "nothing" }, t("compose.noCommands"))];
      return commands.map(({ command, description }) =>
        make("button", { type: "button", onclick: () => this.on.say(`/${command}`) },
          make("span", { class: "command" }, `/${command}`), make("span", {}, description)));
    }, t("compose.commands"));
  }

  showKinds(button) {
    openMenu(button, () => KINDS.map((kind) =>
      make("button", { type: "button", onclick: () => this.on.send(kind) }, icon(kind), make("span", {}, t(`attach.${kind}`)))),
    t("compose.attach"));
  }
}

function bigButton(text, act, more = "") {
  return make("button", { type: "button", class: `big-action ${more}`.trim(), onclick: act }, t(text));
}
