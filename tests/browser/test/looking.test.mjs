// How one person looks at a map, and nobody else: filters, overlays, search, zoom, and the map on paper.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { becomes, eventually } from '../harness/eventually.mjs'
import { inMap } from '../harness/samples.mjs'
import { anaAndBo, chromiumForAll, importMap, comeIn, person, serverFor, SMALL_MAP } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** Two personas, sources, days: something to filter, to rest on and to have grown old. */
const MAP = {
  ...SMALL_MAP,
  title: 'Looked at',
  review: { everyDays: 90, lastReviewed: '2026-10-01' },
  personas: [
    { id: 'p1', name: 'Mira', primary: true },
    { id: 'p2', name: 'Tom' },
  ],
  lanes: [...SMALL_MAP.lanes, { id: 'l4', kind: 'pain', title: 'Pains' }, { id: 'l5', kind: 'note', title: 'Attic', hidden: true }],
  cards: [
    { id: 'c1', lane: 'l2', stage: 's1', text: 'Compares listings', createdAt: '2026-02-01T09:00:00Z' },
    { id: 'c2', lane: 'l3', stage: 's1', text: 'Hopeful', score: 1, persona: 'p1', sources: [{ kind: 'interview', title: 'Call with Mira' }] },
    { id: 'c3', lane: 'l3', stage: 's2', text: 'Lost in forms', score: -1, persona: 'p1' },
    { id: 'c4', lane: 'l3', stage: 's3', text: 'Relieved', score: 1.5, persona: 'p2' },
    { id: 'c5', lane: 'l4', stage: 's2', text: 'Formulaire à dix pages', confidence: 'evidence', createdAt: '2026-11-02T09:00:00Z' },
    { id: 'c6', lane: 'l1', stage: 's3', text: 'Caretaker', channel: 'in person' },
    { id: 'c7', lane: 'l5', stage: 's3', text: 'Forms of 1998' },
  ],
  comments: [{ id: 'm1', card: 'c6', author: 'Jo', at: '2026-08-20T09:00:00Z', text: 'Has the old forms' }],
}

const toolbar = (map) => map.page.getByRole('toolbar', { name: 'Map' })
const sign = (map) => map.page.getByRole('region', { name: 'What you see of the map' })
const lanes = (map) => map.grid.getByRole('rowheader').evaluateAll((heads) => heads.map((head) => head.querySelector('.m-head__title').textContent))
const standing = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName)

/** Presses an arrow key in the toolbar until the button is the one. */
async function alongTo(page, name) {
  for (let step = 0; step < 14 && !(await page.evaluate(() => document.activeElement?.textContent)).includes(name); step += 1) {
    await page.keyboard.press('ArrowRight')
  }
}

test('two people filter one map each in their own way, by keyboard; an address and a reload keep it', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, MAP)
  const [ana, bo] = await Promise.all(['Ana', 'Bo'].map((name) => person(t, browser(), { server, name })))
  const [a, b] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  const { page } = a

  // The toolbar is one Tab stop; the arrows go along it.
  await toolbar(a).getByRole('button', { name: 'Card' }).focus()
  await alongTo(page, 'Filter')
  await page.keyboard.press('Enter')
  const choices = page.getByRole('dialog', { name: 'Filter' })
  await choices.waitFor()
  await choices.getByRole('checkbox', { name: /^Experience/ }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Escape')
  await becomes('only the lanes of the layer are there', () => lanes(a), ['Feelings', 'Pains'])
  await sign(a).getByText('Showing Experience (2 of 4 lanes)').waitFor()
  assert.match(page.url(), /\?layers=experience$/)

  await toolbar(b).getByRole('button', { name: 'Filter' }).click()
  await b.page.getByRole('checkbox', { name: 'Tom' }).click({ force: true })
  await b.page.keyboard.press('Escape')
  await sign(b).getByText('Showing Tom', { exact: true }).waitFor()
  assert.deepEqual(await lanes(b), ['Touchpoints', 'Actions', 'Feelings', 'Pains'], 'a filter of Ana’s is nothing to Bo')
  const aside = () => b.grid.locator('.m-seen--aside').evaluateAll((cards) => cards.map((card) => card.dataset.card))
  assert.deepEqual(await aside(), ['c2', 'c3'])
  assert.equal(await b.grid.locator('.m-curve .m-curve__line').count(), 1, 'the curve is Tom’s alone')
  assert.equal(await b.grid.locator('.m-band .m-dot').count(), 1)
  assert.equal(await a.grid.locator('.m-seen--aside').count(), 0)
  assert.equal(await a.grid.locator('.m-curve .m-curve__line').count(), 2)

  // Bo's pointer is shown where it is on the map, and not at all over what Ana does not see.
  const pointed = async () => {
    const tip = await a.page.locator('.m-cursor').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, top }) => [left, top]))
    return a.page.evaluate((tips) => tips.map(([x, y]) => document.elementFromPoint(x, y)?.closest('.m-cell')?.dataset.lane), tip)
  }
  await b.cell('Feelings', 1).hover()
  await becomes('Bo points into the feelings', pointed, ['l3'])
  await b.cell('Touchpoints', 1).hover()
  await becomes('Bo points at what Ana has filtered away', pointed, [])

  await page.reload()
  await a.ready()
  await becomes('a reload keeps the filter', () => lanes(a), ['Feelings', 'Pains'])
  const shared = new URL(page.url())
  await bo.open(shared.pathname + shared.search)
  await b.ready()
  await becomes('a link shows what its sender saw', () => lanes(b), ['Feelings', 'Pains'])

  // What one makes must not vanish from under one's hands.
  await toolbar(a).getByRole('button', { name: 'Lane', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Notes' }).click()
  await page.getByRole('textbox', { name: 'Name of the lane' }).waitFor()
  await page.keyboard.press('Enter')
  assert.equal((await lanes(a)).length, 5)
  await becomes('the sign goes with the filter', () => sign(a).count(), 0)
  assert.equal(new URL(page.url()).search, '')
  await b.page.getByRole('button', { name: 'Clear' }).click()
  await becomes('Bo sees the whole map', async () => (await lanes(b)).length, 5)
})

test('assumptions are hatched and counted; an edit makes an old card young', async (t) => {
  const { server, id, page, map } = await inMap(t, browser(), MAP)
  await toolbar(map).getByRole('button', { name: 'View' }).click()
  await page.getByRole('menuitemradio', { name: 'Assumptions and evidence' }).click()
  await map.grid.getByRole('listitem', { name: /: Compares listings; assumption$/ }).waitFor()
  await map.grid.getByRole('listitem', { name: /: Hopeful; .*; 1 source; evidence$/ }).waitFor()
  await map.grid.getByRole('listitem', { name: /: Formulaire à dix pages; evidence$/ }).waitFor()
  const shares = await sign(map).innerText()
  for (const share of [/Evidence\s+29 %/, /Assumptions\s+71 %/, /Experience\s+50 %/, /Interactions\s+0 %/]) assert.match(shares, share)
  const hatch = await map.card('Compares listings').evaluate((card) => getComputedStyle(card).backgroundImage)
  assert.match(hatch, /repeating-linear-gradient/, 'told by a pattern, not by colour alone')

  await toolbar(map).getByRole('button', { name: 'View' }).click()
  await page.getByRole('menuitemradio', { name: /^Age/ }).click()
  const ageOf = (text) => map.card(text).evaluate((card) => [...card.classList].find((name) => name.startsWith('m-seen--age-')))
  assert.equal(await ageOf('Compares listings'), 'm-seen--age-long')
  assert.equal(await ageOf('Caretaker'), 'm-seen--age-before', 'a comment is a touch, too')
  assert.equal(await ageOf('Formulaire'), 'm-seen--age-since')
  assert.equal(await ageOf('Hopeful'), 'm-seen--age-unknown')
  await sign(map).getByText('Nor in the 90 days before it').waitFor()
  await map.edit('Compares listings')
  await page.keyboard.type(' at night')
  await page.keyboard.press('Enter')
  await becomes('the card is young', () => ageOf('Compares listings at night'), 'm-seen--age-since')
  await map.saved()
  const { cards } = await request(server.http, `/api/maps/${id}`)
  const today = await page.evaluate(() => new Date().toISOString().slice(0, 10))
  assert.deepEqual(cards.map((card) => card.lastTouched).filter(Boolean), [today], 'one card says the day')
  await sign(map).getByRole('button', { name: 'Overlay off' }).click()
  await becomes('the legend goes with it', () => sign(map).count(), 0)
})

test('words are found in place, from the keyboard, and Esc leads back', async (t) => {
  const { page, map } = await inMap(t, browser(), MAP)
  const { keyboard } = page
  const field = page.getByRole('searchbox', { name: 'Find' })
  const counted = () => page.locator('.m-find__count').innerText()
  const here = () => map.grid.locator('[data-found-now]').evaluateAll((places) => places.map((place) => place.dataset.card ?? place.dataset.id))
  await map.card('Compares listings').focus()
  await keyboard.press('/')
  await field.waitFor()
  await keyboard.type('form')
  await becomes('the first after where one was is shown', here, ['c3'])
  assert.equal(await counted(), '2 of 3, 1 more in lanes not shown')
  assert.deepEqual(await map.grid.locator('.m-seen--found').evaluateAll((cards) => cards.map((card) => card.dataset.card).sort()), ['c3', 'c5', 'c6'])
  await becomes('the words are marked', () => page.evaluate(() => [...CSS.highlights.get('m-found-now')].map(String)), ['form'])
  await keyboard.press('Enter')
  await becomes('accents make no difference', here, ['c5'])
  await becomes('what is marked is what is written', () => page.evaluate(() => [...CSS.highlights.get('m-found-now')].map(String)), ['Form'])
  await page.getByRole('status').filter({ hasText: '3 of 3: pain “Formulaire à dix pages”, Pains, Apply' }).waitFor()
  await keyboard.press('Enter')
  await becomes('the end leads to the beginning, here to a comment', here, ['c6'])
  await keyboard.press('Shift+Enter')
  await becomes('and back', here, ['c5'])
  await keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
  assert.match(await standing(page), /: Compares listings/, 'Esc leads back to where one was')
  assert.equal(await map.grid.locator('.m-seen--aside').count(), 0)

  await keyboard.press('Control+f')
  await field.waitFor()
  await keyboard.type('apply')
  await becomes('a stage is found', here, ['s2'])
  await field.fill('nowhere')
  await becomes('nothing is said', counted, 'Nothing found')
  await field.fill('relieved')
  await becomes('a card is found', here, ['c4'])
  // Tab goes from the search into the map, to what was found.
  for (let step = 0; step < 6 && !/: Relieved/.test((await standing(page)) ?? ''); step += 1) await keyboard.press('Tab')
  assert.match(await standing(page), /: Relieved/)
})

test('the map is shown larger and smaller; dragging, pointers and the curve stay right', async (t) => {
  const { a, b } = await anaAndBo(t, browser())
  const { page } = a
  for (let step = 0; step < 3; step += 1) await toolbar(a).getByRole('button', { name: 'Smaller' }).click()
  await toolbar(a).getByRole('button', { name: '67 %' }).waitFor()
  const box = (element) => element.evaluate((one) => one.getBoundingClientRect().toJSON())

  // The first stage's point lies on the curve's height for +1, the headers stay on top.
  const band = await box(a.cell('Feelings', 0).locator('.m-band'))
  const dot = await box(a.cell('Feelings', 0).locator('.m-dot'))
  const drawn = await box(a.grid.locator('.m-curve__drawing'))
  assert.ok(Math.abs(band.top - drawn.top) < 1.5 && Math.abs(band.height - drawn.height) < 1.5, 'the curve lies behind its points')
  assert.ok(Math.abs((dot.top + dot.bottom) / 2 - (band.top + band.height * ((await dotShare(a)) / 100))) < 1.5, 'a point is at its score')

  // Ctrl and the wheel zoom on what is under the pointer.
  const cell = a.cell('Actions', 1)
  const before = await box(cell)
  const [x, y] = [before.x + before.width / 2, before.y + before.height / 2]
  await page.mouse.move(x, y)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -60)
  await page.keyboard.up('Control')
  await becomes('the wheel made it larger', () => page.locator('.m-sheet').evaluate((sheet) => Number(sheet.dataset.zoom) > 0.8), true)
  assert.equal(await page.evaluate(([at, down]) => document.elementFromPoint(at, down).closest('[data-stage]')?.dataset.stage, [x, y]), 's2', 'the same cell is under the pointer')

  // Bo, at full size, sees Ana's pointer over the same stage and lane.
  await b.page.locator('.m-cursor').waitFor()
  await eventually('the pointer is over the same place', async () => {
    const [tip, its] = [await box(b.page.locator('.m-cursor')), await box(b.cell('Actions', 1))]
    if (Math.abs(tip.left - (its.left + its.right) / 2) < 20 && Math.abs(tip.top - (its.top + its.bottom) / 2) < 20) return true
    throw new Error(JSON.stringify({ tip, its }))
  })

  const card = await box(a.card('Compares listings'))
  const target = await box(a.cell('Actions', 2))
  await page.mouse.move(card.x + 12, card.y + 10)
  await page.mouse.down()
  await page.mouse.move(target.x + 40, target.y + 30, { steps: 6 })
  const flying = page.locator('.m-dragged')
  await flying.waitFor()
  await eventually('the copy is under the pointer, as large as the card', async () => {
    const copy = await box(flying)
    const off = Math.hypot(copy.x - (target.x + 40 - 12), copy.y - (target.y + 30 - 10))
    if (off < 8 && Math.abs(copy.width - card.width) < 6) return true
    throw new Error(JSON.stringify({ copy, card, target }))
  })
  await page.mouse.up()
  await a.cell('Actions', 2).getByRole('listitem', { name: /: Compares listings/ }).waitFor()

  await toolbar(a).getByRole('button', { name: 'View' }).click()
  await page.getByRole('menuitem', { name: 'Fit the whole map' }).click()
  const fitted = () => page.locator('.m-scroller').evaluate((one) => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth)
  await becomes('all of it is in sight', fitted, true)
  const zoom = await page.locator('.m-sheet').getAttribute('data-zoom')
  await page.reload()
  await a.ready()
  assert.equal(await page.locator('.m-sheet').getAttribute('data-zoom'), zoom, 'a reload keeps it')
  assert.equal(await b.page.locator('.m-sheet').getAttribute('data-zoom'), '1', 'and it is nobody else’s')
})

const dotShare = (map) => map.cell('Feelings', 0).locator('.m-dot').evaluate((dot) => Number.parseFloat(dot.style.top))

test('the whole map goes on paper, light, without anything that only a screen needs', async (t) => {
  const { page, map } = await inMap(t, browser(), {
    ...MAP,
    kind: 'service-blueprint',
    lanes: [...MAP.lanes, { id: 'l6', kind: 'frontstage', title: 'Frontstage' }, { id: 'l7', kind: 'backstage', title: 'Backstage' }],
    cards: [...MAP.cards, ...Array.from({ length: 60 }, (_, at) => ({ id: `b${at}`, lane: 'l7', stage: `s${(at % 3) + 1}`, text: `Step ${at}` }))],
  })
  await page.emulateMedia({ colorScheme: 'dark' })
  // As the browser does it, but for its dialog.
  await page.evaluate(() => {
    window.print = () => window.dispatchEvent(new Event('beforeprint'))
  })
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Print…' }).click()
  await page.locator('.m-print').waitFor({ state: 'attached' })
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
  const paper = page.locator('.m-print')
  for (const text of ['Looked at', 'Service blueprint', 'Mira; Tom', 'Compares listings', 'Relieved', 'Step 59', 'Line of interaction', 'Line of visibility']) {
    assert.ok((await paper.innerText()).includes(text), `“${text}” is on paper`)
  }
  assert.ok(!(await paper.innerText()).includes('Forms of 1998'), 'a hidden lane is not')
  assert.equal(await paper.locator('.m-print__band .m-curve__line').count(), 2, 'the curve is drawn')
  assert.deepEqual(await page.evaluate(() => ['.map-bar', '.m-toolbar', '.m-scroller'].filter((part) => document.querySelector(part)?.checkVisibility())), [])
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.m-print')).color), 'rgb(38, 34, 28)', 'dark ink on white')
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await paper.waitFor({ state: 'detached' })
  await page.emulateMedia({ media: null })

  // The stages come again on every sheet.
  const pdf = async (format) => (await page.pdf({ format, landscape: true })).toString('latin1')
  const sheets = (file) => (file.match(/\/Type \/Page\b(?!s)/g) ?? []).length
  const [a4, a3] = [sheets(await pdf('A4')), sheets(await pdf('A3'))]
  assert.ok(a4 > 1 && a3 >= 1 && a3 < a4, `A4 takes ${a4} sheets, A3 ${a3}`)
  await map.grid.waitFor()
})

test('no button of the toolbar is cut, down to 360 px', async (t) => {
  const { page, map } = await inMap(t, browser(), MAP)
  for (const width of [1440, 1060, 1046, 1000, 900, 860, 720, 480, 390, 360]) {
    await page.setViewportSize({ width, height: 780 })
    const cut = await toolbar(map).evaluate((bar) => {
      const edge = bar.getBoundingClientRect()
      return [...bar.querySelectorAll('button')]
        .filter((button) => button.checkVisibility())
        .filter((button) => {
          const box = button.getBoundingClientRect()
          return box.right > edge.right + 0.5 || box.width < 24 || box.height < 24 || button.scrollWidth > button.clientWidth + 1
        })
        .map((button) => button.textContent || button.ariaLabel)
    })
    assert.deepEqual(cut, [], `${width} px`)
  }
})
