// Opens pages that `treadlight report` wrote and looks at them as a reader would: phone and desktop, light and dark, by
// keyboard, on paper, and with axe-core's eyes.
//
//     node report_page.mjs CHROMIUM NAME=report.html…
//
// Prints a line for whatever is wrong (page, width, mode, element) and ends with 1; with 0 where nothing is.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [360, 390, 500, 768, 1280];
const MODES = ['light', 'dark'];
const HEIGHT = 844;
/** A letter smaller than this cannot be read on a phone, in CSS pixels. */
const SMALLEST_TEXT = 9.5;
/** A chart has at least so many shapes. */
const FEWEST_SHAPES = 5;
const MOST_SHEETS = 2;
const PATIENCE_MS = 60_000;

/** Whatever the page says on the console or asks of the network, as it happens. */
function listen(page, address, wrong) {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong(`script error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== address) wrong(`asks for ${request.url()}`);
  });
}

/** Sideways overflow, and who reaches furthest. Runs in the page. */
function overflow() {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (element) => element.closest('[data-scrolls], .wide');
  const right = (element) => element.getBoundingClientRect().right;
  const outside = [...document.querySelectorAll('body *')].filter((e) => !scrolls(e) && right(e) > root.clientWidth + 0.5);
  const names = outside.slice(0, 3).map((e) => `<${e.localName} class="${e.getAttribute('class') ?? ''}">`);
  return [`overflows sideways: ${root.scrollWidth} > ${root.clientWidth} px; ${names.join(' ') || 'unknown element'}`];
}

/** Columns of tables and letters of charts that are cut off. Runs in the page. */
function cutOff() {
  const wrong = [];
  for (const table of document.querySelectorAll('.wide')) {
    if (table.scrollWidth > table.clientWidth + 1) wrong.push(`“${table.getAttribute('aria-label')}”: a column is cut off: ${table.scrollWidth} > ${table.clientWidth} px`);
  }
  for (const svg of document.querySelectorAll('figure svg[role=img]')) {
    if (!svg.checkVisibility()) continue;
    const name = svg.closest('figure').querySelector('h2')?.textContent;
    const box = svg.getBoundingClientRect();
    for (const text of svg.querySelectorAll('text')) {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      if (left < box.left - 1 || right > box.right + 1 || top < box.top - 2 || bottom > box.bottom + 2) wrong.push(`“${name}”: “${text.textContent}” is cut off`);
    }
  }
  return wrong;
}

/** Charts that a reader cannot see or read. Runs in the page. */
function unseenCharts({ smallestText, fewestShapes }) {
  const wrong = [];
  for (const figure of document.querySelectorAll('figure')) {
    const name = figure.querySelector('h2')?.textContent ?? 'a chart without heading';
    const charts = [...figure.querySelectorAll('svg[role=img]')].filter((svg) => svg.checkVisibility());
    if (charts.length !== 1) wrong.push(`“${name}”: ${charts.length} drawings are visible, not one`);
    for (const svg of charts) {
      const box = svg.getBoundingClientRect();
      if (box.width < 250 || box.height < 40) wrong.push(`“${name}”: only ${box.width} × ${box.height} px`);
      const drawn = [...svg.querySelectorAll('rect,circle,path,polygon,polyline,line,text')];
      const filled = drawn.filter((shape) => shape.getBoundingClientRect().width > 0);
      if (filled.length < fewestShapes) wrong.push(`“${name}”: only ${filled.length} shapes are drawn`);
      const pixels = box.width / svg.viewBox.baseVal.width;
      const small = [...svg.querySelectorAll('text')].find((text) => parseFloat(getComputedStyle(text).fontSize) * pixels < smallestText);
      if (small) wrong.push(`“${name}”: “${small.textContent}” is smaller than ${smallestText} px`);
      if (!svg.getAttribute('aria-labelledby')) wrong.push(`“${name}”: no text alternative`);
    }
  }
  return wrong;
}

/** What has the focus: its kind, whether it is open, whether the focus can be seen. Runs in the page. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const details = element.localName === 'summary' ? element.parentElement : null;
  if (details) details.dataset.reached = '';
  const seen = getComputedStyle(element).outlineStyle !== 'none';
  return { name: `<${element.localName}> “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 50)}”`, seen, closed: details && !details.open };
}

/** Tabs through the page; opens every `<details>` with Enter. */
async function openByKeyboard(page, wrong) {
  const limit = 50 + (await page.evaluate(() => document.querySelectorAll('a,summary,[tabindex]').length)) * 2;
  for (let pressed = 0; pressed < limit; pressed += 1) {
    await page.keyboard.press('Tab');
    const element = await page.evaluate(focused);
    if (!element) break;
    if (!element.seen) wrong(`${element.name} has the focus, and nothing shows it`);
    if (element.closed) await page.keyboard.press('Enter');
  }
  const shut = await page.evaluate(() => {
    const stays = (details) => details.checkVisibility() && !(details.open && 'reached' in details.dataset);
    return [...document.querySelectorAll('details')].filter(stays).map((details) => details.querySelector('summary')?.textContent);
  });
  for (const summary of shut) wrong(`<details> “${summary}” does not open by keyboard`);
}

/** The hover script: a value under the pointer and by arrow keys, gone with Escape. */
async function readValues(page, wrong) {
  const charts = await page.locator('figure[data-tips] svg[data-at]').all();
  const tip = page.locator('.tip');
  if (charts.length > 0 && (await tip.count()) === 0) return wrong('the hover script did not run');
  for (const chart of charts) {
    if (!(await chart.isVisible())) continue;
    const name = await chart.evaluate((svg) => svg.closest('figure').querySelector('h2').textContent);
    await chart.scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
    const { places, texts, box } = await chart.evaluate((svg) => {
      const places = svg.dataset.at.split(' ').map(Number);
      const { x, y, width } = svg.viewBox.baseVal;
      const rect = svg.getBoundingClientRect();
      const scale = rect.width / width;
      return { places: [(places[0] - x) * scale, (places[1] - y) * scale], texts: svg.closest('figure').dataset.tips.split('|'), box: { x: rect.x, y: rect.y } };
    });
    await page.mouse.move(box.x + places[0], box.y + places[1]);
    const hovered = await tip.textContent();
    if (!texts.includes(hovered)) wrong(`“${name}”: pointing at a mark says “${hovered}”`);
    await page.mouse.move(0, 0);
    await chart.focus();
    await page.keyboard.press('End');
    const last = await tip.textContent();
    if (last !== texts.at(-1)) wrong(`“${name}”: the End key says “${last}”, not “${texts.at(-1)}”`);
    if (texts.length > 1) {
      await page.keyboard.press('ArrowLeft');
      const before = await tip.textContent();
      if (before !== texts.at(-2)) wrong(`“${name}”: the left arrow says “${before}”, not “${texts.at(-2)}”`);
    }
    const { left, right } = await tip.evaluate((element) => element.getBoundingClientRect());
    if (left < 0 || right > page.viewportSize().width) wrong(`“${name}”: a value is cut off at the page's edge`);
    await page.keyboard.press('Escape');
    if (await tip.textContent()) wrong(`“${name}”: Escape does not take the value away`);
  }
}

/** What axe-core finds, all its rules. */
async function violations(page, wrong) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations));
  for (const violation of found) {
    const [first] = violation.nodes;
    const rest = violation.nodes.length > 1 ? ` (and ${violation.nodes.length - 1} more)` : '';
    wrong(`axe ${violation.id}: ${violation.help}: ${first.target.join(' ')}${rest}`);
  }
}

async function look(browser, { name, address }, width, mode, wrong) {
  const context = await browser.newContext({ viewport: { width, height: HEIGHT }, colorScheme: mode, offline: true });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  listen(page, address, wrong);
  await page.goto(address);
  for (const line of await page.evaluate(overflow)) wrong(line);
  for (const line of await page.evaluate(cutOff)) wrong(line);
  for (const line of await page.evaluate(unseenCharts, { smallestText: SMALLEST_TEXT, fewestShapes: FEWEST_SHAPES })) wrong(line);
  await openByKeyboard(page, wrong);
  await readValues(page, wrong);
  for (const line of await page.evaluate(overflow)) wrong(`with everything open: ${line}`);
  await violations(page, wrong);
  await context.close();
}

/** A4 sheets that the page takes. */
async function print(browser, { address }, wrong) {
  const page = await browser.newPage();
  await page.goto(address);
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: false })).toString('latin1');
  const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  if (sheets < 1 || sheets > MOST_SHEETS) wrong(`prints on ${sheets} sheets, not on 1 to ${MOST_SHEETS}`);
  await page.close();
}

async function main([executablePath, ...named]) {
  const pages = named.map((argument) => {
    const [name, path] = argument.split('=');
    return { name, address: pathToFileURL(resolve(path)).href };
  });
  let count = 0;
  const told = (where) => (what) => {
    count += 1;
    console.error(`${where}: ${what}`);
  };
  const browser = await chromium.launch({ executablePath });
  try {
    for (const page of pages) {
      for (const width of WIDTHS) {
        for (const mode of MODES) {
          const wrong = told(`${page.name}, ${width} px, ${mode}`);
          await look(browser, page, width, mode, wrong).catch((error) => wrong(error.message));
        }
      }
      await print(browser, page, told(`${page.name}, print`));
      console.log(`looked at ${page.name}: ${WIDTHS.join(", ")} px, ${MODES.join(' and ')}, print`);
    }
  } finally {
    await browser.close();
  }
  return count;
}

const count = await main(process.argv.slice(2));
if (count > 0) {
  console.error(`browser test: ${count} found wrong`);
  process.exit(1);
}
