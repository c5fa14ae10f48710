// What stands around blocks in Slack: a message in a channel, a modal, the Home tab.

import { createElement as h } from "react";
import { Blocks } from "./blocks.mjs";

const TIME = "9:00 AM";

/** A scene with its surface around it. */
export function Picture({ scene, app, names }) {
  const Surface = { modal: Modal, home: Home }[scene.view?.type] ?? Channel;
  const width = scene.phone ? " phone" : "";
  return h("main", { className: Surface.name.toLowerCase() + width },
    h(Surface, { scene, app, names }));
}

/** What somebody typed, and the message that answers it. */
function Channel({ scene, app, names }) {
  const person = Object.entries(names).find(([id]) => id.startsWith("U"))[1];
  return [
    scene.typed && (scene.typed.startsWith("/")
      ? h(Composer, { key: "typed", words: scene.typed })
      : h(Post, { key: "typed", name: person, icon: h(Initial, { name: person }) },
          h(Mentioning, { words: scene.typed }))),
    scene.private && h("div", { key: "private", className: "private" }, h("span", { className: "eye" }),
      "Only visible to you"),
    h(Post, { key: "answer", name: app.bot, badge: "APP", icon: h(Icon) },
      h(Blocks, { blocks: scene.blocks, names })),
  ];
}

function Modal({ scene: { view }, names }) {
  return [
    h("header", { key: "header" }, h(Icon), h("h1", null, view.title.text),
      h("span", { className: "cross" })),
    h("section", { key: "body" }, h(Blocks, { blocks: view.blocks, names })),
    h("footer", { key: "footer" },
      h("span", { className: "button" }, view.close?.text ?? "Close"),
      view.submit && h("span", { className: "button primary" }, view.submit.text)),
  ];
}

function Home({ scene: { view }, app, names }) {
  return [
    h("header", { key: "header" }, h(Icon), h("h1", null, app.name)),
    h("nav", { key: "tabs" }, h("b", null, "Home"), h("span", null, "Messages"),
      h("span", null, "About")),
    h("section", { key: "body" }, h(Blocks, { blocks: view.blocks, names })),
  ];
}

function Post({ name, badge, icon, children }) {
  return h("article", null, icon, h("div", { className: "said" },
    h("div", { className: "by" }, h("b", null, name),
      badge && h("span", { className: "badge" }, badge), h("time", null, TIME)),
    children));
}

/** The field that a message is typed into. */
function Composer({ words }) {
  return h("div", { className: "composer" }, words, h("span", { className: "send" }));
}

function Mentioning({ words }) {
  return h("p", null, words.split(/(@\w+)/).map((part, place) =>
    part.startsWith("@") ? h("span", { key: place, className: "mention" }, part) : part));
}

function Initial({ name }) {
  return h("span", { className: "icon initial" }, name[0]);
}

/** The app's: a quotation mark on the waves of a voice. */
function Icon() {
  const bars = [6, 12, 18, 10, 22, 14, 8].map((height, place) =>
    h("rect", { key: place, x: 6 + place * 3.7, y: 18 - height / 2, width: 1.9, height, rx: 0.95 }));
  return h("svg", { className: "icon", viewBox: "0 0 36 36" },
    h("rect", { width: 36, height: 36, rx: 8, fill: "#4a154b" }), h("g", { fill: "#f4ede4" }, bars));
}
