// On a narrow screen one phone is shown at a time; the tabs choose which.

import { avatar, icon, make } from "./dom.js";
import { t } from "./texts.js";

export class Tabs {
  constructor(element, phones) {
    this.element = element;
    this.phones = phones;
    this.chosen = "";
    element.addEventListener("keydown", (event) => this.move(event));
  }

  draw() {
    const phones = this.phones();
    if (this.chosen !== "guide" && !phones.some((phone) => phone.chat.key === this.chosen)) this.chosen = phones[0]?.chat.key ?? "guide";
    const guide = this.tab("guide", icon("guide"), t("tabs.guide"));
    this.element.replaceChildren(...phones.map((phone) => this.phoneTab(phone)), guide);
    document.body.dataset.tab = this.chosen === "guide" ? "guide" : "phone";
    for (const phone of phones) phone.element.classList.toggle("shown", phone.chat.key === this.chosen);
  }

  phoneTab(phone) {
    const tab = this.tab(phone.chat.key, avatar(phone.person), phone.person);
    tab.dataset.role = phone.chat.role;
    if (phone.unread) tab.append(make("span", { class: "count" }, String(phone.unread)));
    return tab;
  }

  tab(key, symbol, words) {
    const chosen = key === this.chosen;
    return make("button", { type: "button", class: "tab", role: "tab", "aria-selected": String(chosen), tabindex: chosen ? "0" : "-1", onclick: () => this.choose(key) }, symbol, words);
  }

  choose(key) {
    this.chosen = key;
    this.draw();
    const phone = this.phones().find((one) => one.chat.key === key);
    phone?.take();
    phone?.log.scrollToEnd();
    this.element.querySelector("[aria-selected=true]")?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...this.element.children];
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.click();
    this.element.querySelector("[aria-selected=true]").focus();
  }
}
