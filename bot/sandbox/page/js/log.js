// The messages of one phone in order: groups, days, the typing sign, and where one has scrolled to.

import { avatar, iconButton, make } from "./dom.js";
import { bubble } from "./bubble.js";
import { t } from "./texts.js";

const NEAR_END_PX = 90;
const GROUP_MS = 5 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

export class Log {
  constructor(chat, on) {
    this.chat = chat;
    this.on = on;
    this.topic = 0;
    this.elements = new Map();
    this.unseen = 0;
    this.list = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": t("chat.messages"), tabindex: "0" });
    this.thread = make("div", { class: "thread" });
    this.list.append(this.thread);
    this.dots = make("div", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
    this.count = make("span", { class: "count", hidden: true });
    this.toEnd = iconButton("down", t("chat.toEnd"), { class: "to-end", hidden: true, onclick: () => this.scrollToEnd("smooth") });
    this.toEnd.append(this.count);
    this.stuck = true;
    this.lastTop = 0;
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Texts wrap anew when a phone grows narrower or a font arrives: who was at the end stays there.
    const observer = new ResizeObserver(() => { if (this.stuck) this.scrollToEnd(); });
    observer.observe(this.list);
    observer.observe(this.thread);
    this.element = make("div", { class: "chat" }, this.list, this.toEnd);
    this.drawAll();
  }

  shown() {
    const all = [...this.chat.messages.values()].filter((one) => !one.deleted);
    return all.filter((one) => !this.topic || one.thread === this.topic).sort((one, other) => one.id - other.id);
  }

  drawAll() {
    this.elements.clear();
    for (const message of this.shown()) this.draw(message).classList.add("settled");
    this.arrange();
    this.scrollToEnd();
  }

  show(message) {
    const isNew = !this.elements.has(message.id);
    const follow = this.stuck || message.from === "person";
    this.draw(message);
    this.arrange();
    if (follow) this.scrollToEnd();
    else if (isNew) this.countUnseen();
  }

  draw(message) {
    const quoted = this.chat.messages.get(message.reply_to);
    const element = bubble(message, quoted, this.on.senderName, this.on);
    if (this.elements.has(message.id)) element.classList.add("settled");
    this.elements.set(message.id, element);
    return element;
  }

  // Puts everything in order and marks where groups begin and end.
  arrange() {
    const shown = this.shown();
    const wanted = [];
    shown.forEach((message, index) => {
      const before = shown[index - 1];
      const after = shown[index + 1];
      if (!before || day(before.at) !== day(message.at)) wanted.push(make("p", { class: "day" }, dayName(message.at)));
      const element = this.elements.get(message.id) ?? this.draw(message);
      element.classList.toggle("first", !together(before, message));
      element.classList.toggle("last", !together(message, after));
      wanted.push(element);
    });
    if (!shown.length) wanted.push(this.hello());
    if (this.chat.typing) wanted.push(this.dots);
    this.reconcile(wanted);
  }

  // Changes only what differs, so that screen readers hear only what is new.
  reconcile(wanted) {
    const keep = new Set(wanted);
    for (const child of [...this.thread.children]) {
      const same = wanted.find((one) => one.className === "day" && child.className === "day" && one.textContent === child.textContent);
      if (same) { wanted[wanted.indexOf(same)] = child; keep.add(child); }
      if (!keep.has(child)) child.remove();
    }
    wanted.forEach((element, index) => {
      const there = this.thread.children[index];
      if (there !== element) this.thread.insertBefore(element, there ?? null);
    });
  }

  hello() {
    const name = this.on.botName();
    return make("div", { class: "hello" }, avatar(name), make("strong", {}, name), t("chat.hello"));
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_END_PX;
  }

  scrollToEnd(behavior = "instant") {
    this.list.scrollTo({ top: this.list.scrollHeight, behavior });
  }

  scrolled() {
    const end = this.atEnd();
    // Only going up lets go of the end; what grows below does not.
    if (this.list.scrollTop < this.lastTop) this.stuck = false;
    this.lastTop = this.list.scrollTop;
    if (end) this.stuck = true;
    if (end) this.unseen = 0;
    this.toEnd.hidden = end;
    this.count.hidden = this.unseen === 0;
  }

  countUnseen() {
    this.unseen += 1;
    this.count.textContent = this.unseen;
    this.scrolled();
  }

  jump(id) {
    const element = this.elements.get(id);
    if (!element) return;
    element.scrollIntoView({ block: "center", behavior: "smooth" });
    element.classList.remove("flash");
    requestAnimationFrame(() => element.classList.add("flash"));
  }
}

function together(one, other) {
  if (!one || !other || one.kind === "service" || other.kind === "service") return false;
  return one.from === other.from && other.at - one.at < GROUP_MS && day(one.at) === day(other.at);
}

function day(at) {
  return new Date(at).toDateString();
}

function dayName(at) {
  if (day(at) === day(Date.now())) return t("chat.today");
  if (day(at) === day(Date.now() - DAY_MS)) return t("chat.yesterday");
  return new Date(at).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });
}
