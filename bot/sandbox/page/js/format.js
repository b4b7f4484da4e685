// A text with Telegram's entities as DOM nodes. Offsets are UTF-16, as JavaScript counts too.

import { make } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE = /^(https?|tg):\/\//i;

// `onTap(kind, text)` is called for commands and for links into the bot (t.me).
export function formatted(text, entities, onTap) {
  const paragraph = make("p", { class: "text", dir: "auto" });
  if (isBig(text)) paragraph.classList.add("big");
  paragraph.append(...nodes(text, 0, text.length, [...entities], onTap));
  return paragraph;
}

function nodes(text, start, end, entities, onTap) {
  const made = [];
  let place = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    if (entity.offset < place) continue;
    const last = Math.min(entity.offset + entity.length, end);
    const inner = [];
    while (entities.length && entities[0].offset < last) inner.push(entities.shift());
    if (entity.offset > place) made.push(text.slice(place, entity.offset));
    const words = text.slice(entity.offset, last);
    made.push(element(entity, words, nodes(text, entity.offset, last, inner, onTap), onTap));
    place = last;
  }
  if (place < end) made.push(text.slice(place, end));
  return made;
}

function element(entity, words, children, onTap) {
  if (entity.type in TAGS) return make(TAGS[entity.type], {}, ...children);
  if (entity.type === "spoiler") return make("span", { class: "spoiler", tabindex: "0" }, ...children);
  if (entity.type === "bot_command") {
    const tap = (event) => { event.preventDefault(); onTap("command", words); };
    return make("a", { href: "#", class: "tap", onclick: tap }, ...children);
  }
  const address = entity.url ?? (SAFE.test(words) ? words : `https://${words}`);
  if ((entity.type === "url" || entity.type === "text_link") && SAFE.test(address)) {
    const tap = (event) => { if (onTap("link", address)) event.preventDefault(); };
    return make("a", { href: address, target: "_blank", rel: "noreferrer", onclick: tap }, ...children);
  }
  if (entity.type === "phone_number") return make("a", { href: `tel:${words.replace(/[^\d+]/g, "")}` }, ...children);
  if (entity.type === "mention" || entity.type === "hashtag") return make("span", { class: "tap" }, ...children);
  return make("span", {}, ...children);
}

const ONLY_EMOJI = /^(\p{Extended_Pictographic}(\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u;

function isBig(text) {
  return ONLY_EMOJI.test(text);
}

export function clock(at) {
  return new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
