// The report and the presentation: what they say of a map, that they follow it, how they leave the screen (paper, Markdown), and
// a presentation given by keyboard, by finger and by an observer.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { eventually } from '../harness/eventually.mjs'
import { inMap, readSample } from '../harness/samples.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const flat = await readSample('renting-a-flat.current.json')

const toReport = async (page) => {
  await page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: 'Report' }).click()
  return page.getByRole('article', { name: 'Report' })
}

/** How many sheets the browser makes of the page, on a paper. */
const sheets = async (page, format) => (await page.pdf({ format, printBackground: true })).toString('latin1').match(/\/Type \/Page\b/g).length

test('the report says what matters, follows an edit by somebody else, and leads back to the map', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, flat)
  const [ana, bo] = await Promise.all(['Ana', 'Bo'].map((name) => person(t, browser(), { server, name })))
  const [, other] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  const { page } = ana
  const report = await toReport(page)

  await report.getByRole('heading', { level: 1, name: flat.title }).waitFor()
  const glance = report.getByRole('region', { name: 'At a glance' })
  assert.deepEqual((await glance.innerText()).split('\n').filter((line) => line.trim() !== ''), [
    'Worst moment',
    'Waiting for an answer',
    '−2, Awful, Mira',
    'First opportunity',
    'Shrink photos in the browser and say at once what is wrong with a file',
    'Planned, Nadia Okafor, due 11 December 2026',
    'Evidence',
    '53 %',
    '41 of 78 cards rest on evidence',
  ])
  const curve = report.getByRole('table', { name: 'How it feels, stage by stage' })
  await curve.getByRole('row', { name: 'Waiting for an answer −2, Awful −1.5, Awful' }).waitFor()
  const first = report.getByRole('table').last().getByRole('row').nth(1)
  assert.match(await first.innerText(), /^1\s.*Shrink photos[\s\S]*Nadia Okafor[\s\S]*Planned[\s\S]*7/)

  await other.edit('Shrink photos in the browser')
  await other.page.keyboard.press('End')
  await other.page.keyboard.type(', in two languages')
  await other.page.keyboard.press('Enter')
  await first.getByText('in two languages').waitFor()
  await glance.getByText('in two languages').waitFor()

  await first.getByRole('button', { name: /Shrink photos/ }).click()
  await eventually('the card has the focus', async () => {
    return /in two languages/.test(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''))
  })
})

test('the report leaves as Markdown and as two sheets of paper without the page around it', async (t) => {
  const { page } = await inMap(t, browser(), flat)
  const report = await toReport(page)
  await report.waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download Markdown' }).click()])
  assert.equal(download.suggestedFilename(), 'renting-a-flat-in-a-new-city.report.md')
  const markdown = await readFile(await download.path(), 'utf8')
  assert.match(markdown, /^# Renting a flat in a new city\n/)
  assert.match(markdown, /\| 1 \| Shrink photos in the browser .*Nadia Okafor/)
  assert.match(markdown, /53 %: 41 of 78 cards rest on evidence\./)

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await page.getByText('The report is on the clipboard').first().waitFor()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), markdown)
  await page.getByRole('button', { name: 'Dismiss' }).click()

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  for (const around of [page.getByRole('banner'), page.getByRole('toolbar', { name: 'Report' }), page.getByText('Skip to content'), page.getByRole('navigation')]) {
    assert.equal(await around.isVisible(), false, `${around} is printed`)
  }
  assert.ok(await report.isVisible())
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light')
  await page.emulateMedia({ media: null, colorScheme: null })
  assert.deepEqual([await sheets(page, 'A4'), await sheets(page, 'A3')], [2, 2])
  await findsNothing(page, 'the report', '.report-screen')
})

test('an empty map has a report that says what to fill in', async (t) => {
  const { page } = await inMap(t, browser(), { format: 'cairn.map/1', title: 'Fresh', kind: 'current-state', stages: [{ id: 's1', title: 'Search' }] })
  await page.getByRole('link', { name: 'Report' }).click()
  await page.getByRole('heading', { level: 1, name: 'Nothing to report yet' }).waitFor()
  await page.getByRole('listitem').filter({ hasText: 'Stages: what they go through, in their words (there)' }).waitFor()
  await findsNothing(page, 'a report of an empty map', '.report-screen')
  await page.getByRole('link', { name: 'Go to the map' }).click()
  await page.getByRole('columnheader', { name: /Search/ }).waitFor()
})

test('presented by keyboard alone, stage by stage, announced; live; a reload keeps the slide; every slide is a sheet', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, flat)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const map = await comeIn(ana, made)
  const { page } = ana
  const titles = [flat.title, ...flat.stages.map(({ title }) => title), 'What to do first']
  const label = (at) => `Slide ${at + 1} of ${titles.length}: ${titles[at]}`
  const slide = (at) => page.getByRole('region', { name: label(at), exact: true })
  const announced = (words) => page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' })

  await page.getByRole('button', { name: 'Present', exact: true }).focus()
  await page.keyboard.press('Enter')
  await slide(0).waitFor()
  await announced('Arrow keys turn the slides, Escape leaves.')
  await eventually('it fills the screen', () => page.evaluate(() => document.fullscreenElement !== null))
  for (const [at, key] of ['ArrowRight', 'Space', 'PageDown', 'Enter', 'ArrowRight', 'ArrowRight', 'ArrowRight'].entries()) {
    await page.keyboard.press(key)
    await slide(at + 1).waitFor()
    await announced(label(at + 1))
    const { fits, size } = await page.evaluate(() => {
      const body = document.querySelector('.p-body')
      return { fits: body.scrollHeight <= body.clientHeight + 1, size: Number.parseFloat(getComputedStyle(body).fontSize) }
    })
    assert.ok(fits && size >= 18, `slide ${at + 2} fits at ${size} px`)
  }
  await slide(7).getByText('Shrink photos in the browser').waitFor()
  for (const [key, at] of [['Home', 0], ['End', 7], ['4', 4], ['PageUp', 3], ['ArrowRight', 4]]) {
    await page.keyboard.press(key)
    await slide(at).waitFor()
  }
  await slide(4).getByText('“Nine days. I said no to another flat on day six').waitFor()
  await slide(4).getByText('Moment of truth').waitFor()
  assert.match(page.url(), /\/present\?stage=waiting$/)
  assert.equal(await sheets(page, 'A4'), 8)

  await page.reload()
  await slide(4).waitFor()
  const bo = await person(t, browser(), { server, name: 'Bo' })
  const other = await comeIn(bo, made)
  await other.edit('Every call starts from zero')
  await other.page.keyboard.press('End')
  await other.page.keyboard.type(', again')
  await slide(4).getByText('Every call starts from zero, again').waitFor()

  await page.keyboard.press('Escape')
  await map.ready()
  assert.equal(await page.evaluate(() => document.fullscreenElement), null)
})

test('an observer presents with a finger, by the buttons and by swiping', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, flat)
  const ana = await person(t, browser(), { server, name: 'Ana', viewport: { width: 390, height: 844 }, hasTouch: true })
  const map = await comeIn(ana, made, 'observer')
  const { page } = ana
  await page.getByRole('button', { name: 'More' }).tap()
  await page.getByRole('menuitem', { name: 'Present' }).tap()
  const slide = (at) => page.getByRole('region', { name: new RegExp(`^Slide ${at} of 8`) })
  await slide(1).waitFor()
  await page.getByRole('button', { name: 'Next slide' }).tap()
  await slide(2).waitFor()
  await swipe(page, 300, 60)
  await slide(3).waitFor()
  await swipe(page, 60, 300)
  await slide(2).waitFor()
  // On a phone a stage is longer than the screen: it scrolls down, within reach of the keyboard, and never sideways.
  const body = await page.evaluate(() => {
    const box = document.querySelector('.p-body')
    box.scrollTo(1000, 1000)
    return { down: box.scrollTop > 0, sideways: box.scrollLeft, reach: box.tabIndex }
  })
  assert.deepEqual(body, { down: true, sideways: 0, reach: 0 })
  await page.getByRole('button', { name: 'Previous slide' }).tap()
  await slide(1).waitFor()
  await page.getByRole('button', { name: 'Leave the presentation' }).tap()
  await map.ready()
})

/** A finger that goes sideways across the slide. */
async function swipe(page, from, to) {
  const cdp = await page.context().newCDPSession(page)
  const touch = (type, x) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: 300 }] })
  await touch('touchStart', from)
  await touch('touchMove', (from + to) / 2)
  await touch('touchMove', to)
  await touch('touchEnd')
  await cdp.detach()
}
