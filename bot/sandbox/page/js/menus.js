// Small menus that open beside a button, closed by Escape, by a choice, or by a click elsewhere.

import { make } from "./dom.js";

const MARGIN = 8;

// `fill` returns the menu's children; each button closes the menu when it is pressed.
export function openMenu(button, fill, label) {
  const menu = make("div", { class: "menu", popover: "auto", role: "menu", "aria-label": label });
  menu.append(...fill(() => menu.hidePopover()));
  for (const entry of menu.querySelectorAll("button")) {
    entry.setAttribute("role", "menuitem");
    entry.addEventListener("click", () => menu.hidePopover());
  }
  document.body.append(menu);
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    button.setAttribute("aria-expanded", "false");
    menu.remove();
  });
  menu.addEventListener("keydown", (event) => move(menu, event));
  menu.showPopover();
  button.setAttribute("aria-expanded", "true");
  place(menu, button);
  menu.querySelector("button")?.focus({ focusVisible: false });
  return menu;
}

function place(menu, button) {
  const anchor = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = anchor.bottom + 6 + size.height < innerHeight - MARGIN;
  const top = below ? anchor.bottom + 6 : anchor.top - size.height - 6;
  const left = anchor.left + size.width < innerWidth - MARGIN ? anchor.left : anchor.right - size.width;
  menu.style.top = `${Math.max(MARGIN, top)}px`;
  menu.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - size.width - MARGIN))}px`;
}

function move(menu, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const entries = [...menu.querySelectorAll("button")];
  const next = (entries.indexOf(document.activeElement) + step + entries.length) % entries.length;
  entries[next]?.focus();
}
