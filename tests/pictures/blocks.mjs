// Block Kit as React elements: slack-blocks-to-jsx draws what it draws well, the rest stands here.

import { Fragment, createElement as h } from "react";
// By its file: what the package names as its main one cannot be loaded before Node 20.19.
import { Message } from "slack-blocks-to-jsx/dist/index.mjs";

// The library draws what it does not know as nothing; here it is an error. Each was looked at.
const DRAWN = new Set([
  "actions", "context", "context_actions", "divider", "header", "input", "markdown", "rich_text",
  "section",
  "button", "checkboxes", "feedback_buttons", "overflow", "plain_text_input", "radio_buttons",
  "rich_text_list", "rich_text_preformatted", "rich_text_quote", "rich_text_section",
  "channel", "emoji", "link", "mrkdwn", "plain_text", "text", "user",
]);
// These show what is chosen only once a browser runs the library, so they are drawn here.
const CHOSEN = {
  channels_select: (element, names) => called(element.initial_channel, "#", names),
  conversations_select: (element, names) => called(element.initial_conversation, "#", names),
  static_select: (element) => element.initial_option?.text.text,
  timepicker: (element) => twelveHours(element.initial_time),
  users_select: (element, names) => called(element.initial_user, "@", names),
};

/** Blocks as they look in Slack; `names` maps the ids of people and channels to their names.
 *
 * Throws where a block holds something that would not be drawn, by its name.
 */
export function Blocks({ blocks, names }) {
  return blocks.map((block, place) =>
    h("div", { className: `block ${block.type}`, key: place }, draw(block, names)),
  );
}

function draw(block, names) {
  const unknown = types(block).find((type) => !DRAWN.has(type));
  if (block.type === "input" && block.element.type in CHOSEN) {
    return h(Field, { block }, h(Choice, { element: block.element, names }));
  }
  if (block.type === "actions" && block.elements.some(isMenu)) {
    return h("div", { className: "row" }, block.elements.map((element, place) => isMenu(element)
      ? h(Choice, { element, names, key: place })
      : h(Fragment, { key: place }, draw({ type: "actions", elements: [element] }, names))));
  }
  if (unknown) {
    throw new Error(`${unknown} in a block of type ${block.type}: nothing here draws that`);
  }
  if (block.type === "input") {
    return h(Field, { block }, h(Element, { element: block.element, names }));
  }
  return h(Library, { block, names });
}

const isMenu = (element) => element.type === "static_select";

/** One block by the library. */
function Library({ block, names }) {
  const known = Object.entries(names).map(([id, name]) => ({ id, name }));
  const data = { users: known, channels: known };
  return h(Message, { blocks: [inert(block)], data, name: "", logo: "", withoutWrapper: true });
}

/** A block whose plain text is read as it is, as in Slack; the library looks for markup in it.
 *
 * The words of a link are read so too: `12:34` would begin an emoji.
 */
function inert(part) {
  if (Array.isArray(part)) return part.map(inert);
  if (part === null || typeof part !== "object") return part;
  if (part.type === "plain_text") return { ...part, text: part.text.replace(MARKS, reference) };
  if (part.type === "mrkdwn") return { ...part, text: part.text.replace(LINKS, linked) };
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inert(value)]));
}

const MARKS = /[^\p{L}\p{N}\s]/gu;
const LINKS = /<(https?:[^<>|]+)\|([^<>|]+)>/g;
const linked = (_, url, words) => `<${url}|${words.replace(MARKS, reference)}>`;
const reference = (mark) => `&#${mark.codePointAt(0)};`;

/** The element of an input. */
function Element({ element, names }) {
  if (element.type === "plain_text_input") {
    const shown = element.initial_value || h("i", null, element.placeholder?.text);
    return h("div", { className: element.multiline ? "box tall" : "box" }, shown);
  }
  return h(Library, { block: { type: "actions", elements: [element] }, names });
}

function Choice({ element, names }) {
  const chosen = CHOSEN[element.type](element, names);
  const mark = h("span", { className: element.type === "timepicker" ? "clock" : "arrow" });
  return h("div", { className: "box choice" }, chosen ?? element.placeholder?.text, mark);
}

/** An input's label, what is filled in, and its hint. */
function Field({ block, children }) {
  const optional = block.optional && h("span", { className: "optional" }, " (optional)");
  const hint = block.hint && h("div", { className: "hint" }, block.hint.text);
  return h(Fragment, null, h("div", { className: "label" }, block.label.text, optional), children, hint);
}

/** Every `type` in a block, its own first. */
function types(part) {
  if (Array.isArray(part)) return part.flatMap(types);
  if (part === null || typeof part !== "object") return [];
  const own = typeof part.type === "string" ? [part.type] : [];
  return [...own, ...Object.values(part).flatMap(types)];
}

function called(id, mark, names) {
  return id && mark + (names[id] ?? id);
}

function twelveHours(time) {
  if (!time) return time;
  const [hours, minutes] = time.split(":").map(Number);
  return `${hours % 12 || 12}:${String(minutes).padStart(2, "0")} ${hours < 12 ? "AM" : "PM"}`;
}
