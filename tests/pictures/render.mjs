// Draws scenes (JSON on standard input, as `scenes.py` writes it) as PNG files in a folder, and
// prints a line of JSON for each: the picture's name and the words that stand on it.
//
//     node render.mjs FOLDER < scenes.json

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { chromium } from "playwright-core";
import { createElement as h } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Picture } from "./frames.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--disable-background-networking", "--disable-component-update", "--disable-gpu",
  "--disable-quic", "--disable-sync", "--no-first-run",
];
const SHARP = { deviceScaleFactor: 2, viewport: { width: 760, height: 600 } };
const FACES = [[400, "normal"], [400, "italic"], [700, "normal"], [900, "normal"]];

/** A page with its fonts and styles inside, so that nothing is fetched. */
function page(body) {
  const fonts = FACES.map(([weight, style]) => {
    const face = `node_modules/@fontsource/lato/files/lato-latin-${weight}-${style}.woff2`;
    const source = `url(data:font/woff2;base64,${read(face, "base64")})`;
    return `@font-face{font-family:Lato;font-weight:${weight};font-style:${style};src:${source}}`;
  });
  const styles = [...fonts, read("node_modules/slack-blocks-to-jsx/dist/style.css"), read("page.css")];
  return `<!doctype html><meta charset="utf-8"><style>${styles.join("\n")}</style>${body}`;
}

function read(path, encoding = "utf8") {
  return readFileSync(new URL(path, import.meta.url), encoding);
}

const MARGIN = 32; // pixels below what a picture of a page ends with

/** A page that the bot serves: a window of it, or all as far as the bottom of an element. */
async function photographPage(tab, name, { html, width, until, middle, height }, folder) {
  await tab.setViewportSize({ width, height: height || 600 });
  await tab.setContent(html);
  const path = join(folder, `${name}.png`);
  if (middle) {
    await tab.locator(middle).evaluate((element) => element.scrollIntoView({ block: "center" }));
    await tab.screenshot({ path });
  } else {
    await tab.evaluate(() => window.scrollTo(0, 0)); // the page before may have left it further down
    const box = await tab.locator(until).boundingBox();
    const clip = { x: 0, y: 0, width, height: Math.ceil(box.y + box.height) + MARGIN };
    await tab.screenshot({ path, clip, fullPage: true });
  }
  console.log(JSON.stringify({ picture: name, words: await tab.locator("main").innerText() }));
}

async function photograph(tab, name, body, folder) {
  await tab.setContent(page(body));
  await tab.evaluate(() => document.fonts.ready);
  const picture = tab.locator("main");
  await picture.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
  console.log(JSON.stringify({ picture: name, words: await picture.innerText() }));
}

const folder = process.argv[2];
const { app, names, scenes, pages = {} } = await json(process.stdin);
const bodies = Object.entries(scenes).map(([name, scene]) =>
  [name, renderToStaticMarkup(h(Picture, { scene, app, names }))]);

const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
try {
  const context = await browser.newContext({ ...SHARP, offline: true });
  const tab = await context.newPage();
  for (const [name, body] of bodies) await photograph(tab, name, body, folder);
  for (const [name, page] of Object.entries(pages)) await photographPage(tab, name, page, folder);
} finally {
  await browser.close();
}
