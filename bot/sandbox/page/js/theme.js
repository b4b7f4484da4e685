// Light or dark: as the system says, until the button says otherwise.

import { icon } from "./dom.js";
import { t } from "./texts.js";

const system = matchMedia("(prefers-color-scheme: dark)");

export function startTheme(button) {
  const draw = () => {
    const dark = (localStorage.getItem("theme") ?? (system.matches ? "dark" : "light")) === "dark";
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    const label = t(dark ? "theme.light" : "theme.dark");
    button.replaceChildren(icon(dark ? "sun" : "moon"));
    button.setAttribute("aria-label", label);
    button.title = label;
  };
  button.addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme === "dark";
    localStorage.setItem("theme", dark ? "light" : "dark");
    draw();
  });
  system.addEventListener("change", draw);
  draw();
  return draw;
}
