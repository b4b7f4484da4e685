// The guide beside the phones: what to try, ticked off as one goes, and what to break.

import { send } from "./api.js";
import { make } from "./dom.js";
import { t } from "./texts.js";

const EVERY_SEND = "sendMessage";
const FAULTS = {
  tooMany: { kind: "429", method: EVERY_SEND, times: 3, retry_after: 3 },
  down: { kind: "502", method: EVERY_SEND, times: 3 },
  cut: { kind: "drop-after", method: EVERY_SEND, times: 1 },
  slow: { kind: "slow", method: EVERY_SEND, times: 5, delay: 2 },
};

export class Guide {
  // `phoneOf(role)` finds the first phone of a role; `goTo(phone)` shows it.
  constructor(element, phoneOf, goTo) {
    this.element = element;
    this.phoneOf = phoneOf;
    this.goTo = goTo;
    this.ticked = new Set(JSON.parse(localStorage.getItem("ticked") ?? "[]"));
    this.limits = false;
    this.waiting = 0;
  }

  draw() {
    const parts = t("guide.parts").flatMap((part, number) => this.part(part, number));
    const head = [make("h2", {}, t("guide.title")), make("p", { class: "intro" }, t("guide.intro"))];
    this.element.replaceChildren(make("div", { class: "guide-card" }, ...head, ...parts, this.trouble()));
    this.showWaiting(this.waiting);
  }

  part(part, number) {
    const heading = make("h3", { "data-role": part.role }, part.title ?? t(`roles.${part.role}`));
    const steps = part.steps.map((step, place) => this.step(step, `${number}.${place}`, part.role));
    return [heading, make("ol", {}, ...steps)];
  }

  step(step, id, role) {
    const box = make("input", { type: "checkbox", id: `step-${id}` });
    box.checked = this.ticked.has(id);
    box.addEventListener("change", () => this.tick(id, box.checked));
    const item = make("li", { class: "step", "data-role": role }, box, make("label", { for: `step-${id}` }, step.text));
    if (step.try) {
      const fill = () => this.fill(role, step.try);
      item.append(make("button", { type: "button", class: "try", onclick: fill }, t("guide.try", { text: step.try })));
    }
    return item;
  }

  tick(id, on) {
    if (on) this.ticked.add(id);
    else this.ticked.delete(id);
    localStorage.setItem("ticked", JSON.stringify([...this.ticked]));
  }

  fill(role, text) {
    const phone = this.phoneOf(role);
    if (!phone) return;
    this.goTo(phone);
    phone.composer.fill(text);
  }

  trouble() {
    const faults = Object.entries(FAULTS).map(([name, fault]) => choice(t(`trouble.${name}`), () => send("faults", fault)));
    const limits = choice(t("trouble.limits"), () => this.switchLimits(limits));
    limits.setAttribute("aria-pressed", String(this.limits));
    const block = choice(t("trouble.block"), () => this.block(block));
    const clear = choice(t("trouble.clear"), () => this.clear(limits));
    this.left = make("p", { class: "waiting", role: "status" });
    return make("section", { class: "trouble" }, make("h3", {}, t("trouble.title")), make("p", {}, t("trouble.intro")),
      make("div", { class: "faults" }, ...faults, limits, block, clear), this.left);
  }

  async switchLimits(button, on = !this.limits) {
    this.limits = on;
    await send("limits", { on }, "PUT");
    button.setAttribute("aria-pressed", String(on));
  }

  async block(button) {
    const phone = this.phoneOf("student");
    if (!phone) return;
    const blocked = phone.chat.blocked;
    await phone.act(blocked ? "unblock" : "block");
    button.textContent = t(blocked ? "trouble.block" : "trouble.unblock");
  }

  async clear(limits) {
    await send("faults", {}, "DELETE");
    await this.switchLimits(limits, false);
  }

  showWaiting(count) {
    this.waiting = count;
    this.left.textContent = count ? t("trouble.waiting", { count }) : "";
  }
}

function choice(words, act) {
  return make("button", { type: "button", onclick: act }, words);
}
