// Opens every page of a folder as a reader does: with a keyboard, in the dark, on a telephone,
// on paper. Prints one line for each check, and how many passed.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const folder = process.argv[2];
const shots = process.env.PROBATIVE_SHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
let passed = 0;
let failed = 0;

function check(what, ok, detail = '') {
  if (ok) passed += 1;
  else failed += 1;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}${ok || !detail ? '' : `\n     ${detail}`}`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});

async function open(name, options = {}) {
  // The page's own policy would keep axe out; it is checked apart, with the policy in force.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const address = pathToFileURL(join(folder, name)).href;
  const outside = [];
  const complaints = [];
  page.on('request', (request) => { if (request.url() !== address) outside.push(request.url()); });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const started = Date.now();
  await page.goto(address, { waitUntil: 'load' });
  return { page, context, outside, complaints, took: Date.now() - started };
}

// Tab until the focus is on what is wanted; how many tabs it took, or -1.
async function tabTo(page, wanted, most = 400) {
  for (let tabs = 1; tabs <= most; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((selector) => document.activeElement.matches(selector), wanted)) return tabs;
  }
  return -1;
}

async function byKeyboard(name) {
  const { page, context, outside, complaints, took } = await open(name, { reducedMotion: 'reduce' });
  check(`${name}: opens within three seconds (${took} ms)`, took < 3000);

  await page.keyboard.press('Tab');
  check(`${name}: the first stop skips to the judgements`,
    await page.evaluate(() => document.activeElement.matches('.skip')
      && document.activeElement.getBoundingClientRect().left >= 0));

  const tabs = await tabTo(page, '.card a.big');
  check(`${name}: the strength is reached by keyboard (${tabs} stops)`, tabs > 0);
  await page.keyboard.press('Enter');
  check(`${name}: the strength leads to the rows it comes from`,
    await page.evaluate(() => location.hash === '#j0-rows'
      && document.querySelector(location.hash).getBoundingClientRect().top < innerHeight));

  check(`${name}: from there to the first row`, await tabTo(page, '.rows tbody th a', 5) > 0);
  const item = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('Enter');
  check(`${name}: the row leads to the item ${item}`, await page.evaluate((id) => {
    const row = document.querySelector(location.hash);
    return row.matches('#items tr') && row.querySelector('th').textContent === id;
  }, item));

  check(`${name}: from there to its source`, await tabTo(page, '#items a[href^="#s"]', 5) > 0);
  const source = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('Enter');
  check(`${name}: the item leads to the source ${source}`, await page.evaluate((id) => {
    const row = document.querySelector(location.hash);
    return row.matches('#sources tr') && row.querySelector('th').textContent.startsWith(id);
  }, source));

  await page.evaluate(() => { document.querySelector('#j0 summary').focus(); });
  await page.keyboard.press('Enter');
  check(`${name}: a formula opens by keyboard`,
    await page.evaluate(() => document.querySelector('#j0 details').open
      && document.querySelector('#j0 .tree').getBoundingClientRect().height > 0));

  check(`${name}: no request leaves the page`, outside.length === 0, outside.join(' '));
  check(`${name}: the policy and the browser have nothing to say`, complaints.length === 0, complaints.join(' | '));
  await context.close();
}

async function accessible(name) {
  const ways = [
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['print', { colorScheme: 'light' }],
    ['narrow', { colorScheme: 'light', viewport: { width: 320, height: 640 } }],
  ];
  for (const [way, options] of ways) {
    const { page, context } = await open(name, { ...options, bypassCSP: true });
    if (way === 'print') await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run({
      // Rows of a table are of one make: a hundred of each speak for two thousand.
      exclude: [['tbody tr:nth-child(n + 101)']],
    }, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }));
    check(`${name}: axe finds nothing (${way})`, violations.length === 0, violations
      .map((one) => `${one.id}: ${one.help} ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? '')).join(' ')}`)
      .join('\n     '));
    await context.close();
  }
}

async function fits(name) {
  for (const width of [320, 768, 1280]) {
    const { page, context } = await open(name, { viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`${name}: nothing runs off a page of ${width} px`, wide <= width, `${wide} px`);
    // A text of a drawing that is as wide as its column stays within that column.
    const cut = await page.evaluate(() => [...document.querySelectorAll('.p-fluid text')]
      .filter((text) => {
        const [inner, outer] = [text, text.ownerSVGElement].map((one) => one.getBoundingClientRect());
        return inner.width > 0 && (inner.left < outer.left - 2 || inner.right > outer.right + 2);
      }).map((text) => text.textContent));
    check(`${name}: no text of a drawing is cut off at ${width} px`, cut.length === 0, cut.slice(0, 5).join(' | '));
    if (shots) {
      await page.screenshot({ path: join(shots, `${name.replace('.html', '')}-${width}.png`) });
    }
    await context.close();
  }
}

const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  // Choices of layout, not of validity.
  rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off' },
});

for (const name of names) {
  const report = await validator.validateFile(join(folder, name));
  const messages = report.results.flatMap((one) => one.messages);
  check(`${name}: is valid HTML`, report.valid, messages.slice(0, 5)
    .map((one) => `${one.line}:${one.column} ${one.ruleId}: ${one.message}`).join('\n     '));
  if (name !== 'change.html') await byKeyboard(name);
  await accessible(name);
  await fits(name);
}

await browser.close();
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && names.length === 5 ? 0 : 1);
