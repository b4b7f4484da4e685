// The page's sentences, in the chosen language. Nothing a person reads stands in the scripts.

const LANGUAGES = ["id", "en"];
let texts = {};

export let language = "id";

export async function useLanguage(wanted) {
  language = LANGUAGES.includes(wanted) ? wanted : "id";
  texts = await (await fetch(`/page/texts.${language}.json`)).json();
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  document.title = texts.title;
  translate(document);
}

export function firstLanguage() {
  return localStorage.getItem("language") ?? (navigator.language.startsWith("en") ? "en" : "id");
}

// `t("compose.replying", { name })`; a list or an object is given back as it is.
export function t(path, values = {}) {
  const found = path.split(".").reduce((part, key) => part?.[key], texts) ?? path;
  if (typeof found !== "string") return found;
  return found.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Fills the elements that name their text, under `root`.
export function translate(root) {
  for (const element of root.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = t(element.dataset.label);
  }
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = t(element.dataset.placeholder);
}
