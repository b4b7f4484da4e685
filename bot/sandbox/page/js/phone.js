// One phone: whose it is, its header, its chat and its composer, and what its owner can do with all that.

import { avatar, icon, iconButton, make } from "./dom.js";
import { get, Refused, send } from "./api.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { openMenu } from "./menus.js";
import { t } from "./texts.js";

const RING_MS = 1600;
const TOAST_MS = 3200;
const ALERT_MS = 8000;
const REACTIONS = ["👍", "❤", "🙏", "😢", "🤗"];
const OWN_LINK = /^https:\/\/t\.me\/(\w+)(?:\?start=([\w-]+))?$/i;

export class Phone {
  // `world` knows bots and people; `leave` hides the phone.
  constructor(chat, world, leave) {
    this.chat = chat;
    this.world = world;
    this.leave = leave;
    this.unread = 0;
    this.element = make("section", { class: "phone", "data-role": chat.role, "data-user": chat.user, "data-bot": chat.bot });
    this.element.addEventListener("focusin", () => this.take());
    this.element.addEventListener("pointerdown", () => this.take());
    this.draw();
  }

  get path() { return `chats/${this.chat.bot}/${this.chat.user}`; }
  get person() { return this.world.users.get(this.chat.user)?.first_name ?? ""; }
  get botName() { return this.world.bots.get(this.chat.bot)?.name ?? this.chat.bot; }

  draw() {
    this.element.setAttribute("aria-label", t("phones.of", { name: this.person, bot: this.botName }));
    this.log = new Log(this.chat, {
      press: (message, button) => this.press(message, button),
      tap: (kind, words) => this.tap(kind, words),
      actions: (message, button) => this.actions(message, button),
      reply: (message) => this.composer.reply(message),
      jump: (id) => this.log.jump(id),
      senderName: (message) => this.senderName(message),
      botName: () => this.botName,
    });
    this.composer = new Composer(this.chat, {
      say: (text, replyTo) => this.say(text, replyTo),
      edit: (message, text) => this.act("edit", { message: message.id, text }),
      send: (kind) => this.act("send", { kind, thread: this.log.topic }),
      commands: async () => (await get(`bots/${this.chat.bot}/commands?user=${this.chat.user}`)).commands,
      unblock: () => this.act("unblock"),
      lastOwn: () => this.log.shown().findLast((one) => one.from === "person" && one.kind === "text"),
      senderName: (message) => this.senderName(message),
    });
    this.status = make("p", { class: "status", role: "status" });
    this.topics = make("div", { class: "topics", role: "group", "aria-label": t("chat.topics") });
    this.device = make("div", { class: "device" }, this.head(), this.topics, this.log.element, this.composer.element);
    this.element.replaceChildren(this.owner(), this.device);
    this.drawTopics();
    this.drawStatus();
    this.log.scrollToEnd();
  }

  owner() {
    this.badge = make("span", { class: "count", hidden: true });
    return make("div", { class: "owner" },
      make("span", { class: "role" }, t(`roles.${this.chat.role}`)), make("span", { class: "person" }, this.person),
      make("span", { class: "spacer" }), this.badge,
      iconButton("close", t("phone.hide"), { class: "close", onclick: () => this.leave(this) }));
  }

  head() {
    this.title = make("h2", {}, this.botName);
    const more = iconButton("more", t("phone.menu"), { "aria-haspopup": "menu", "aria-expanded": "false" });
    more.addEventListener("click", () => this.menu(more));
    return make("header", { class: "head" }, avatar(this.botName), make("div", { class: "who" }, this.title, this.status), more);
  }

  menu(button) {
    const blocked = this.chat.blocked;
    openMenu(button, () => [
      entry("again", t("phone.restart"), () => this.say("/start")),
      entry("block", t(blocked ? "phone.unblock" : "phone.block"), () => this.act(blocked ? "unblock" : "block"), !blocked && "danger"),
      entry("hide", t("phone.hide"), () => this.leave(this)),
    ], t("phone.menu"));
  }

  // What others do.

  show(message, isNew) {
    this.log.show(message);
    this.drawStatus();
    if (isNew && message.from === "bot" && message.kind !== "service") this.ring();
  }

  ring() {
    if (this.world.inHand === this && document.hasFocus()) return;
    this.unread += 1;
    this.drawUnread();
    this.element.classList.add("rings");
    clearTimeout(this.ringing);
    this.ringing = setTimeout(() => this.element.classList.remove("rings"), RING_MS);
  }

  // The phone that was touched last is the one in hand: what arrives there needs no badge.
  take() {
    this.world.inHand = this;
    this.read();
  }

  read() {
    if (!this.unread) return;
    this.unread = 0;
    this.drawUnread();
  }

  drawUnread() {
    this.badge.hidden = this.unread === 0;
    this.badge.textContent = this.unread;
    this.badge.setAttribute("aria-label", t("chat.unread", { count: this.unread }));
    this.world.onUnread();
  }

  drawState() {
    this.composer.draw();
    this.drawTopics();
    this.drawStatus();
  }

  typing(action, seconds) {
    this.chat.typing = action;
    clearTimeout(this.stopsTyping);
    if (action) this.stopsTyping = setTimeout(() => this.typing("", 0), seconds * 1000);
    this.log.arrange();
    if (this.log.stuck) this.log.scrollToEnd();
    this.drawStatus();
  }

  drawStatus() {
    const { typing, blocked } = this.chat;
    const word = typing.startsWith("record") ? "recording" : typing.startsWith("upload") ? "uploading" : "typing";
    const online = this.world.bots.get(this.chat.bot)?.online;
    const state = blocked ? "blocked" : typing ? word : online ? "online" : "offline";
    const said = t(`status.${state}`);
    if (this.status.textContent !== said) this.status.textContent = said;
    this.status.classList.toggle("active", state === word || state === "online");
    this.title.textContent = this.botName;
  }

  drawTopics() {
    const { topics } = this.chat;
    this.topics.hidden = topics.length === 0;
    if (!topics.some((topic) => topic.id === this.log.topic)) this.log.topic = 0;
    const choose = (id) => { this.log.topic = id; this.log.drawAll(); this.drawTopics(); };
    const all = [{ id: 0, name: t("chat.allTopics") }, ...topics];
    this.topics.replaceChildren(...all.map(({ id, name }) =>
      make("button", { type: "button", "aria-pressed": String(id === this.log.topic), onclick: () => choose(id) }, name)));
  }

  toast(words, milliseconds = TOAST_MS) {
    this.device.querySelector(".toast")?.remove();
    const toast = make("p", { class: "toast", role: "status" }, words);
    this.log.element.append(toast);
    setTimeout(() => toast.remove(), milliseconds);
  }

  // What the owner does.

  async act(deed, body = {}) {
    try {
      return await send(`${this.path}/${deed}`, body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.toast(t(this.chat.blocked ? "toast.limits" : "toast.refused"));
      return null;
    }
  }

  say(text, replyTo = 0) {
    return this.act("say", { text, reply_to: replyTo, thread: this.log.topic });
  }

  async press(message, button) {
    const answer = await this.act("press", { message: message.id, token: button.token });
    if (!answer) return;
    if (!answer.answered) this.toast(t("toast.noAnswer"));
    else if (answer.text) this.toast(answer.text, answer.alert ? ALERT_MS : TOAST_MS);
  }

  // True when the tap was dealt with here.
  tap(kind, words) {
    if (kind === "command") { this.say(words); return true; }
    const found = OWN_LINK.exec(words);
    if (!found || !this.world.bots.has(found[1])) return false;
    this.world.openChat(found[1], this.chat.user, found[2]);
    return true;
  }

  actions(message, button) {
    const own = message.from === "person";
    openMenu(button, () => [
      make("div", { class: "emoji-row" }, ...REACTIONS.map((emoji) => {
        const mine = message.reactions.some((one) => one.by === "person" && one.emoji === emoji);
        const react = () => this.act("react", { message: message.id, emoji: mine ? "" : emoji });
        return make("button", { type: "button", "aria-label": t("message.react", { emoji }), onclick: react }, emoji);
      })),
      entry("reply", t("message.reply"), () => this.composer.reply(message)),
      own && message.kind === "text" ? entry("edit", t("message.edit"), () => this.composer.edit(message)) : "",
      message.text ? entry("copy", t("message.copy"), () => this.copy(message.text)) : "",
      entry("trash", t("message.delete"), () => this.act("delete", { message: message.id }), "danger"),
    ], t("message.actions"));
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    this.toast(t("toast.copied"));
  }

  senderName(message) {
    return message.from === "person" ? t("chat.you") : this.botName;
  }
}

function entry(symbol, words, act, more) {
  return make("button", { type: "button", class: more || undefined, onclick: act }, icon(symbol), make("span", {}, words));
}
