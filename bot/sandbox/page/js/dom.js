// Building elements. Text always goes in as text: nothing that people write is ever read as markup.

// `make("button", { class: "pill", type: "button", onclick }, "text", child)`.
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  plus: "M12 5v14M5 12h14",
  moon: "M20 14.500A8 8 0 0 1 9.500 4 8 8 0 1 0 20 14.500z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  send: "M4.500 12L20 4.500 15.500 20l-3.500-6.500zM12 13.500L20 4.500",
  check: "M5 12.500l4.500 4.500L19 7.500",
  checks: "M2 12.500l4.500 4.500L16 7.500M11.500 16l1 1L22 7.500",
  attach: "M20 11.500l-8 8a5 5 0 0 1-7-7l8.500-8.500a3.400 3.400 0 0 1 4.800 4.800l-8.500 8.500a1.700 1.700 0 0 1-2.400-2.400l7.600-7.600",
  menu: "M5 7h14M5 12h14M5 17h9",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9.500l6 6 6-6",
  reply: "M10 6l-6 6 6 6M4 12h10a6 6 0 0 1 6 6v1",
  edit: "M4 20l1-4.500L16 4.500l3.500 3.500L8.500 19z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  trash: "M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13",
  block: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M6.500 6.500l11 11",
  hide: "M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6M4 4l16 16",
  again: "M19 12a7 7 0 1 1-2-5M19.500 3.500V8H15",
  photo: "M4 5.500h16v13H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 4.500M15.500 9.500v.01",
  voice: "M12 4a2.500 2.500 0 0 0-2.500 2.500v5a2.500 2.500 0 0 0 5 0v-5A2.500 2.500 0 0 0 12 4M6.500 11.500a5.500 5.500 0 0 0 11 0M12 17v3",
  video: "M4 6.500h11v11H4zM15 11l5-3v8l-5-3",
  sticker: "M12 4a8 8 0 1 0 8 8c-5 0-8-3-8-8M12 4l8 8",
  document: "M7 3.500h7l4 4V20.500H7zM14 3.500v4h4",
  audio: "M9 18V6l10-2v12M9 18a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0M19 16a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0",
  location: "M12 21s-6.500-5.700-6.500-11a6.500 6.500 0 0 1 13 0c0 5.300-6.500 11-6.500 11M12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  contact: "M12 4.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M5 20c.6-4 3.400-6 7-6s6.400 2 7 6",
  poll: "M6 20V11M12 20V4M18 20v-6",
  guide: "M5 5h6a2 2 0 0 1 2 2v13a2 2 0 0 0-2-2H5zM19 5h-4a2 2 0 0 0-2 2v13a2 2 0 0 1 2-2h4z",
  link: "M8 16L16 8M9.500 8H16v6.500",
  play: "M8 5.500v13l11-6.500z",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("stroke-width", name === "more" ? "3" : "1.8");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name] ?? ICONS.document);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, attributes = {}) {
  return make(
    "button",
    { type: "button", ...attributes, class: `icon-button ${attributes.class ?? ""}`.trim(), "aria-label": label, title: label },
    icon(name),
  );
}

export function avatar(name) {
  return make("span", { class: "avatar", "aria-hidden": "true" }, [...name.trim()][0]?.toUpperCase() ?? "?");
}
