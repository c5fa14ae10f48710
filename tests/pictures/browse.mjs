// Opens pages (JSON on standard input: a list of visits) in Chromium and prints a line of JSON for
// each: what is marked, whether it is in view, what was asked of the network, and what axe finds.
//
//     node browse.mjs < visits.json

import { readFileSync } from "node:fs";
import { json } from "node:stream/consumers";
import { chromium } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--disable-background-networking", "--disable-component-update", "--disable-gpu",
  "--disable-quic", "--disable-sync", "--no-first-run",
];
const AXE = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** What stands on a page, as a reader sees it. */
function look() {
  const marks = [...document.querySelectorAll("mark")];
  const [line] = marks.length ? marks[0].getClientRects() : [];
  const place = line && [line.left + line.width / 2, line.top + line.height / 2];
  const top = place && document.elementFromPoint(...place);
  const paragraph = marks.length && marks.at(-1).parentElement;
  const { color, backgroundColor } = getComputedStyle(document.body);
  return {
    title: document.title,
    heading: document.querySelector("h1")?.textContent,
    marked: marks.map((mark) => mark.textContent).join(" "),
    inView: Boolean(top && marks.includes(top.closest("mark"))),
    heard: paragraph ? (paragraph.querySelector("mark ~ a.time")?.href ?? null) : null,
    notes: [...document.querySelectorAll(".note")].map((note) => note.textContent),
    noteInView: [...document.querySelectorAll(".note")].some((note) => {
      const { top, bottom } = note.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }),
    wider: document.documentElement.scrollWidth - innerWidth,
    contentsInView: (() => {
      const box = document.querySelector(".contents")?.getBoundingClientRect();
      return box ? box.top >= 0 && box.top < innerHeight && box.left >= 0 : null;
    })(),
    colors: [color, backgroundColor],
  };
}

async function visit(context, { name, address, axe, keys, print }) {
  const tab = await context.newPage();
  const said = [], asked = [];
  tab.on("console", (message) => said.push(message.text()));
  tab.on("pageerror", (error) => said.push(String(error)));
  tab.on("request", (request) => asked.push(request.url()));
  const response = await tab.goto(address);
  for (const key of keys ?? []) await tab.keyboard.press(key);
  if (print) await tab.emulateMedia({ media: "print" });
  const seen = await tab.evaluate(look);
  const focused = await tab.evaluate(() => document.activeElement?.textContent);
  const shown = await tab.evaluate(() => document.body.innerText);
  let violations = [], rules = 0;
  if (axe) {
    await tab.evaluate(AXE);
    const found = await tab.evaluate(() => globalThis.axe.run());
    rules = found.passes.length;
    violations = found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
  }
  const cookies = (await context.cookies()).length;
  await tab.close();
  const status = response.status();
  console.log(JSON.stringify({ name, status, said, asked, cookies, violations, rules, focused, shown, ...seen }));
}

/** The one context of a look: colours, and how wide the window is. */
async function contextOf(browser, contexts, { dark, width }) {
  const look = `${dark} ${width}`;
  contexts[look] ??= await browser.newContext({
    colorScheme: dark ? "dark" : "light",
    viewport: { width, height: 800 },
  });
  return contexts[look];
}

const visits = await json(process.stdin);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
try {
  const contexts = {};
  for (const one of visits) await visit(await contextOf(browser, contexts, one), one);
} finally {
  await browser.close();
}
