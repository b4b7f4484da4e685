// One message as an element: quote, media, text, time, ticks, reactions, buttons.

import { icon, iconButton, make } from "./dom.js";
import { clock, formatted } from "./format.js";
import { mediaOf } from "./media.js";
import { t } from "./texts.js";

const LONG_PRESS_MS = 450;
const OPENABLE = /^https?:\/\//i;

// `on` has the phone's answers to what is done with a message: press, tap, actions, jump.
export function bubble(message, quoted, senderName, on) {
  if (message.kind === "service") return service(message);
  const own = message.from === "person";
  const element = make("article", { class: "message", "data-id": message.id });
  element.classList.toggle("own", own);
  element.classList.toggle("edited", message.edited);
  element.classList.toggle("has-keys", message.buttons.length > 0);
  element.append(body(message, quoted, senderName, on));
  if (message.buttons.length) element.append(keys(message, on));
  if (message.reactions.length) element.append(reactions(message));
  offerActions(element, message, on);
  return element;
}

function body(message, quoted, senderName, on) {
  const element = make("div", { class: "bubble" });
  element.classList.toggle("bare", message.kind === "sticker" || message.kind === "dice");
  if (message.forwarded) element.append(make("p", { class: "forwarded" }, t("chat.forwarded")));
  if (message.reply_to) element.append(quote(quoted, senderName, () => on.jump(message.reply_to)));
  if (message.kind !== "text") element.append(mediaOf(message));
  if (message.text) {
    const text = formatted(message.text, message.entities, on.tap);
    text.dataset.meta = `${message.edited ? t("chat.edited") : ""} ${clock(message.at)}`;
    element.append(text);
  }
  element.append(meta(message));
  return element;
}

function quote(quoted, senderName, jump) {
  const words = quoted ? quoted.text || t(`attach.${quoted.kind}`) : "…";
  const name = quoted ? senderName(quoted) : "";
  return make("button", { type: "button", class: "quote", onclick: jump }, make("b", {}, name), make("span", { dir: "auto" }, words));
}

function meta(message) {
  const element = make("span", { class: "meta" });
  if (message.edited) element.append(make("span", {}, t("chat.edited")));
  element.append(make("time", { datetime: new Date(message.at).toISOString() }, clock(message.at)));
  if (message.from === "person") {
    const label = t(message.fetched ? "chat.seen" : "chat.sent");
    const ticks = make("span", { class: "ticks", role: "img", "aria-label": label, title: label });
    ticks.append(icon(message.fetched ? "checks" : "check"));
    element.append(ticks);
  }
  return element;
}

function keys(message, on) {
  const rows = message.buttons.map((row) => make("div", { class: "row" }, ...row.map((button) => key(message, button, on))));
  return make("div", { class: "keys" }, ...rows);
}

function key(message, button, on) {
  if (button.url && OPENABLE.test(button.url)) {
    const tap = (event) => { if (on.tap("link", button.url)) event.preventDefault(); };
    return make("a", { class: "key", href: button.url, target: "_blank", rel: "noreferrer", onclick: tap }, button.label, icon("link"));
  }
  const element = make("button", { type: "button", class: "key" }, make("span", { dir: "auto" }, button.label));
  element.addEventListener("click", async () => {
    element.classList.add("waits");
    await on.press(message, button);
    element.classList.remove("waits");
  });
  return element;
}

function reactions(message) {
  return make("div", { class: "reactions" }, ...message.reactions.map((one) => make("span", { class: "reaction" }, one.emoji)));
}

function offerActions(element, message, on) {
  const more = iconButton("more", t("message.actions"), { class: "more", "aria-haspopup": "menu", "aria-expanded": "false" });
  more.classList.remove("icon-button");
  more.addEventListener("click", () => on.actions(message, more));
  element.querySelector(".bubble").append(more);
  let timer;
  const stop = () => clearTimeout(timer);
  element.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") timer = setTimeout(() => on.actions(message, more), LONG_PRESS_MS);
  });
  for (const end of ["pointerup", "pointercancel", "pointermove"]) element.addEventListener(end, stop);
  element.addEventListener("dblclick", (event) => {
    if (!event.target.closest("button, a")) on.reply(message);
  });
}

function service(message) {
  const { forum_topic_created: made, forum_topic_edited: changed, forum_topic_closed: closed } = message.content;
  const words = made ? t("chat.topicMade", made) : changed ? t("chat.topicChanged", changed) : t(closed ? "chat.topicClosed" : "chat.topicOpened");
  return make("p", { class: "service", "data-id": message.id }, words);
}
