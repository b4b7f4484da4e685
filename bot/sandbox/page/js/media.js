// What a message shows besides text: pictures, recordings, files, places, people.

import { icon, make } from "./dom.js";
import { t } from "./texts.js";

const SAMPLE_BYTES = 100;
const WAVE = [7, 12, 18, 10, 22, 15, 8, 19, 24, 13, 9, 17, 21, 11, 6, 14, 20, 9, 12, 7];

export function mediaOf(message) {
  const { kind, content } = message;
  if (kind === "photo") return picture(content.photo.at(-1), t("attach.photo"));
  if (kind === "sticker") return make("img", { class: "sticker", src: "/page/sticker.svg", alt: t("attach.sticker") });
  if (kind === "voice") return row("voice", wave(), seconds(content.voice.duration));
  if (kind === "location") {
    const { latitude, longitude } = content.location;
    return row("location", t("attach.location"), `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`);
  }
  if (kind === "contact") return row("contact", content.contact.first_name, content.contact.phone_number);
  if (kind === "dice") return make("p", { class: "text big" }, content.dice.emoji);
  const file = content[kind];
  const known = ["audio", "video", "video_note", "animation", "document", "poll", "venue"].includes(kind);
  return row(kind, file?.file_name ?? file?.title ?? t(`attach.${known ? kind : "other"}`), size(file));
}

function picture(photo, label) {
  const sample = photo.file_size < SAMPLE_BYTES;
  const source = sample ? "/page/photo.svg" : `/sandbox/files/${photo.file_unique_id}`;
  return make("img", { class: "picture", src: source, alt: label, loading: "lazy" });
}

function row(kind, title, detail) {
  const symbol = { video_note: "video", animation: "play", venue: "location" }[kind] ?? kind;
  const words = make("span", {}, typeof title === "string" ? make("b", {}, title) : title, make("small", {}, detail));
  return make("div", { class: "media" }, make("span", { class: "disc" }, icon(symbol)), words);
}

function wave() {
  const bars = WAVE.map((height) => {
    const bar = make("i");
    bar.style.height = `${height}px`;
    return bar;
  });
  return make("span", { class: "wave", role: "img", "aria-label": t("attach.voice") }, ...bars);
}

function seconds(count) {
  return `0:${String(count).padStart(2, "0")}`;
}

function size(file) {
  if (!file?.file_size) return "";
  return file.file_size < 1024 ? `${file.file_size} B` : `${Math.round(file.file_size / 1024)} kB`;
}
