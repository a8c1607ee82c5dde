// The opportunities of a map: ranked, rated and sorted in the list, placed in the matrix, taken away as CSV.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { join, request } from '../../conformance/harness/maps.mjs'
import { becomes } from '../harness/eventually.mjs'
import { inMap } from '../harness/samples.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const opportunity = (id, text, fields) => ({ id, lane: 'opp', stage: 's1', text, ...fields })
const MAP = {
  format: 'cairn.map/1',
  title: 'Ranked map',
  kind: 'current-state',
  stages: [
    { id: 's1', title: 'Search' },
    { id: 's2', title: 'Apply' },
  ],
  lanes: [
    { id: 'pain', kind: 'pain', title: 'Pains' },
    { id: 'opp', kind: 'opportunity', title: 'Opportunities' },
  ],
  cards: [
    { id: 'p1', lane: 'pain', stage: 's1', text: 'Nobody answers', severity: 4 },
    { id: 'p2', lane: 'pain', stage: 's1', text: 'Forms twice', severity: 3 },
    opportunity('small', 'Small thing', { impact: 1, value: 1, effort: 1, status: 'idea', addresses: ['p1', 'p2'] }),
    opportunity('big', 'Big thing', { impact: 5, value: 4, effort: 3, status: 'doing', owner: 'Jo', due: '2020-01-31' }),
    opportunity('twin', 'Twin of the small', { impact: 2, value: 2, effort: 2, addresses: ['p2'] }),
    opportunity('open', '=HYPERLINK("http://evil.example","x")', { effort: 2 }),
    opportunity('over', 'All done', { impact: 5, value: 5, effort: 1, status: 'done' }),
  ],
  comments: [],
}

const go = async (page) => {
  await page.getByRole('link', { name: 'Opportunities' }).click()
  await page.getByRole('grid', { name: 'Opportunities' }).waitFor()
}
const cell = (page, id, column) => page.locator(`[data-row="${id}"][data-stop="${column}"]`)
const order = (page) => page.locator('[data-opportunity]').evaluateAll((rows) => rows.map((row) => row.dataset.opportunity))
const rank = (page, id) => cell(page, id, 'rank').innerText()
const token = (page, id) => page.locator(`.o-token[data-opportunity="${id}"]`)
const spot = (page, impact, effort) => page.getByRole('gridcell', { name: new RegExp(`^impact ${impact}, effort ${effort}`) })
const place = (page, id) => token(page, id).evaluate((found) => found.closest('[data-cell]')?.dataset.cell ?? 'tray')
const middle = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox()
  return { x: x + width / 2, y: y + height / 2 }
}
async function drag(page, from, to) {
  const [start, end] = [await middle(from), await middle(to)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(end.x, end.y, { steps: 6 })
  await page.mouse.up()
}
const standsOn = (page) =>
  page.evaluate(() => {
    const { row, stop, opportunity: id, cell: at } = document.activeElement.dataset
    return id ?? at ?? `${row} ${stop}`
  })

async function storedCard({ server, id, map }, card) {
  await map.saved()
  return (await request(server.http, `/api/maps/${id}`)).cards.find((one) => one.id === card)
}

test('the list is ranked, rated and written by keyboard alone, stays still under the hand, and is undone', async (t) => {
  const at = await inMap(t, browser(), MAP)
  const { page } = at
  const { keyboard } = page
  await go(page)
  assert.deepEqual(await order(page), ['big', 'small', 'twin', 'open', 'over'])
  assert.deepEqual(await Promise.all(['big', 'small', 'twin', 'open', 'over'].map((id) => rank(page, id))), ['1', '2=', '2=', '–', '–'])
  await cell(page, 'big', 'due').getByText('Overdue').waitFor()

  // One number a cell, as in a spreadsheet; the row stays where it is while one is at it.
  await cell(page, 'small', 'impact').focus()
  await keyboard.press('5')
  await keyboard.press('ArrowRight')
  await keyboard.press('5')
  assert.equal(await standsOn(page), 'small value')
  await becomes('its rank has changed', () => rank(page, 'small'), '1')
  assert.deepEqual(await order(page), ['big', 'small', 'twin', 'open', 'over'])
  await page.getByText('The order has changed').waitFor()
  await page.getByRole('button', { name: 'Sort again' }).press('Enter')
  assert.deepEqual((await order(page)).slice(0, 3), ['small', 'big', 'twin'])

  // Once the missing ratings are there and the hand is gone, it takes its place.
  await cell(page, 'open', 'impact').focus()
  for (const key of ['4', 'ArrowRight', '4']) await keyboard.press(key)
  await page.getByRole('button', { name: 'How is this ranked?' }).focus()
  await becomes('it is ranked', () => order(page), ['small', 'open', 'big', 'twin', 'over'])

  // Words, an owner, a status; Esc takes words back.
  await cell(page, 'twin', 'text').focus()
  await keyboard.press('Enter')
  await keyboard.type(', reworded')
  await keyboard.press('Enter')
  assert.equal(await standsOn(page), 'twin text')
  await keyboard.press('F2')
  await keyboard.type(' not this')
  await keyboard.press('Escape')
  await cell(page, 'twin', 'owner').focus()
  await keyboard.press('Enter')
  await keyboard.type('Ana Ruiz')
  await keyboard.press('Enter')
  await keyboard.press('ArrowLeft')
  await keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name: 'Planned' }).press('Enter')
  await cell(page, 'twin', 'status').getByText('Planned').waitFor()
  assert.equal(await standsOn(page), 'twin status')
  const twin = await storedCard(at, 'twin')
  assert.deepEqual([twin.text, twin.owner, twin.status], ['Twin of the small, reworded', 'Ana Ruiz', 'planned'])

  // Delete empties a cell; each step of it comes back.
  await keyboard.press('ArrowRight')
  await keyboard.press('Delete')
  await cell(page, 'twin', 'owner').getByText('Nobody').waitFor()
  await keyboard.press('Control+z')
  await cell(page, 'twin', 'owner').getByText('Ana Ruiz').waitFor()
  await cell(page, 'twin', 'rank').focus()
  await keyboard.press('Delete')
  await cell(page, 'twin', 'rank').waitFor({ state: 'detached' })
  assert.match(await standsOn(page), / rank$/)
  await keyboard.press('Control+z')
  await cell(page, 'twin', 'rank').waitFor()

  // Sorted otherwise, from the headings; what has no value comes last.
  await cell(page, '', 'addresses').focus()
  await keyboard.press('Enter')
  await becomes('sorted by pain severity', () => order(page), ['small', 'twin', 'big', 'open', 'over'])

  // Space shows the map's own details; closing them leads back. From there to the card on the map.
  await cell(page, 'small', 'text').focus()
  await keyboard.press('Space')
  await page.getByRole('complementary', { name: 'Card details' }).waitFor()
  await keyboard.press('Escape')
  assert.equal(await standsOn(page), 'small text')
  await page.getByRole('button', { name: 'More about “Small thing”' }).click()
  await page.getByRole('menuitem', { name: 'Show on map' }).click()
  await at.map.card('Small thing').waitFor()
  await becomes('the card has the focus', () => page.evaluate(() => document.activeElement.dataset.card), 'small')
})

test('two people: what one rates the other sees at once, and nothing moves under the other’s hand', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, MAP)
  const [ana, bo] = await Promise.all(['Ana', 'Bo'].map((name) => person(t, browser(), { server, name })))
  const [a, b] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  await Promise.all([go(a.page), go(b.page)])
  await cell(a.page, 'big', 'owner').focus()
  await cell(a.page, 'big', 'text').getByText('Ana', { exact: true }).waitFor({ state: 'detached' })
  await cell(b.page, 'big', 'text').getByText('Ana', { exact: true }).waitFor()
  await cell(b.page, 'twin', 'impact').focus()
  for (const key of ['5', 'ArrowRight', '5', 'ArrowRight', '1']) await b.page.keyboard.press(key)
  await becomes('Ana sees the rank', () => rank(a.page, 'twin'), '1')
  assert.deepEqual(await order(a.page), ['big', 'small', 'twin', 'open', 'over'])
  assert.equal(await standsOn(a.page), 'big owner')
  await a.page.getByRole('button', { name: 'Filter' }).focus()
  await becomes('the list is sorted once Ana has left it', () => order(a.page), ['twin', 'big', 'small', 'open', 'over'])
  // Deleted under one's hand: the next row has the focus.
  await cell(a.page, 'twin', 'due').focus()
  await cell(b.page, 'twin', 'text').focus()
  await b.page.keyboard.press('Delete')
  await becomes('Ana stands on the next row', () => standsOn(a.page), 'big due')
})

test('by status: dragged and moved by key from group to group', async (t) => {
  const at = await inMap(t, browser(), MAP)
  const { page } = at
  await go(page)
  await page.getByRole('radio', { name: 'By status' }).click()
  await drag(page, cell(page, 'small', 'rank'), page.getByRole('rowgroup', { name: 'Planned' }))
  const group = (id) => cell(page, id, 'text').evaluate((found) => found.closest('[role=rowgroup]').getAttribute('aria-label'))
  await becomes('dropped where it was let go', () => group('small'), 'Planned')
  await cell(page, 'small', 'text').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await becomes('moved on by key', () => group('small'), 'Doing')
  assert.equal(await standsOn(page), 'small text')
  assert.equal((await storedCard(at, 'small')).status, 'doing')
  await page.keyboard.press('Control+z')
  await becomes('and taken back', () => group('small'), 'Planned')
})

test('the matrix: dragged, carried by key, moved by Alt and arrows, put in from the tray; each one step of undo', async (t) => {
  const at = await inMap(t, browser(), MAP)
  const { page } = at
  const { keyboard } = page
  const rated = async (id) => {
    const { impact, effort } = await storedCard(at, id)
    return [impact, effort]
  }
  await go(page)
  await page.getByRole('radio', { name: 'Matrix' }).click()
  assert.equal(await place(page, 'open'), 'tray')
  await spot(page, 5, 1).getByText('Quick wins').waitFor()

  await drag(page, token(page, 'big'), spot(page, 4, 1))
  await becomes('dropped there', () => place(page, 'big'), '4 1')
  assert.deepEqual(await rated('big'), [4, 1])
  await keyboard.press('Control+z')
  await becomes('both ratings are back in one step', () => place(page, 'big'), '5 3')

  await token(page, 'big').focus()
  await keyboard.press('Alt+ArrowRight')
  await keyboard.press('Alt+ArrowDown')
  await becomes('moved by key', () => place(page, 'big'), '4 4')
  assert.equal(await standsOn(page), 'big')
  assert.deepEqual(await rated('big'), [4, 4])

  // From the tray: picked up, carried to the middle and on, put down.
  await token(page, 'open').focus()
  await keyboard.press('Enter')
  await page.getByText('Picked up: choose a cell').waitFor()
  for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'Enter']) await keyboard.press(key)
  await becomes('put down', () => place(page, 'open'), '4 2')
  assert.deepEqual(await rated('open'), [4, 2])
  assert.equal(await standsOn(page), 'open')

  // Esc puts back, by key and while dragging.
  await keyboard.press('Enter')
  await keyboard.press('ArrowLeft')
  await keyboard.press('Escape')
  assert.equal(await standsOn(page), 'open')
  const start = await middle(token(page, 'open'))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 200, start.y + 80, { steps: 3 })
  await keyboard.press('Escape')
  await page.mouse.up()
  assert.deepEqual(await rated('open'), [4, 2])

  // Several in one cell never lie on one another.
  for (const id of ['small', 'twin', 'over']) {
    await drag(page, token(page, id), spot(page, 4, 2))
    await becomes(`${id} is there, too`, () => place(page, id), '4 2')
  }
  const boxes = await page.locator('[data-cell="4 2"] .o-token').evaluateAll((found) => found.map((one) => one.getBoundingClientRect().toJSON()))
  assert.equal(boxes.length, 4)
  for (const [index, box] of boxes.slice(1).entries()) assert.ok(box.top >= boxes[index].bottom, JSON.stringify(boxes))
})

test('the CSV has the list as it is shown, no formula in it, and links that lead to the cards', async (t) => {
  const { page, map } = await inMap(t, browser(), MAP)
  await go(page)
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Dropped' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'No opportunity matches' }).waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Show all' }).last().click()
  await becomes('all are shown again', async () => (await order(page)).length, 5)
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'No status' }).click()
  await page.keyboard.press('Escape')
  await becomes('only those without a status are shown', () => order(page), ['twin', 'open'])
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export these as CSV' }).click()
  const file = await download
  assert.equal(file.suggestedFilename(), 'ranked-map.opportunities.csv')
  const text = await readFile(await file.path(), 'utf8')
  const link = (id) => `${new URL(page.url()).origin}/map/${new URL(page.url()).pathname.split('/')[2]}?card=${id}`
  assert.equal(
    text,
    '\uFEFF"Rank","Score","Votes","Voters","Rank by votes","Opportunity","Stage","Lane","Status","Impact","Value","Effort","Owner","Due","Addresses",' +
      '"Pain severity addressed","Expectation gaps addressed","Confidence","Sources","Link","Id"\r\n' +
      `2,2,,,,"Twin of the small","Search","Opportunities",,2,2,2,,,"Forms twice",3,,"Assumption",,"${link('twin')}","twin"\r\n` +
      `,,,,,"'=HYPERLINK(""http://evil.example"",""x"")","Search","Opportunities",,,,2,,,,,,"Assumption",,"${link('open')}","open"\r\n`,
  )
  await page.goto(link('twin'))
  await map.card('Twin of the small').waitFor()
  await becomes('the linked card has the focus', () => page.evaluate(() => document.activeElement.dataset.card), 'twin')
  assert.equal(new URL(page.url()).search, '')
})

test('the dots of a round show and sort once it is closed, and not before', async (t) => {
  const { server, id, page } = await inMap(t, browser(), MAP)
  const voters = []
  const invites = await request(server.http, `/api/maps/${id}/commands`, { method: 'POST', body: { command: { rotateInvite: { role: 'participant' } } } })
  for (const name of ['Bo', 'Cy']) voters.push(await join(server.http, invites.invite, name))
  const command = (body, token) => request(server.http, `/api/maps/${id}/commands`, { method: 'POST', body: { command: body }, token })
  const setup = { question: 'What first?', dots: 3, mostPerCard: 3, visibility: 'secret', anonymous: true }
  await command({ openRound: { setup } })
  await command({ vote: { round: 1, card: 'twin', dots: 3 } }, voters[0].token)
  await command({ vote: { round: 1, card: 'twin', dots: 2 } }, voters[1].token)
  await command({ vote: { round: 1, card: 'open', dots: 1 } }, voters[1].token)
  await go(page)
  await page.getByRole('button', { name: 'Sort: Score' }).click()
  assert.equal(await page.getByRole('menuitem', { name: 'Votes' }).count(), 0, 'nothing to sort by before the end')
  await page.keyboard.press('Escape')
  await command({ closeRound: { round: 1 } })
  await cell(page, 'twin', 'text').getByText('5 dots, rank 1').waitFor()
  await page.getByRole('button', { name: 'Sort: Score' }).click()
  await page.getByRole('menuitem', { name: 'Votes' }).click()
  await becomes('most votes first', async () => (await order(page)).slice(0, 2), ['twin', 'open'])
})

test('an observer reads, sorts and exports, and is offered nothing to edit with', async (t) => {
  const { page } = await inMap(t, browser(), MAP, 'observer')
  await go(page)
  await page.getByText('Observers cannot edit').waitFor()
  await cell(page, 'small', 'impact').focus()
  for (const key of ['5', 'Delete', 'Enter']) await page.keyboard.press(key)
  await page.getByRole('complementary', { name: 'Card details' }).waitFor()
  await page.keyboard.press('Escape')
  assert.match(await cell(page, 'small', 'impact').getAttribute('aria-label'), /1 of 5/)
  for (const name of ['Add', 'Undo']) assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0)
  await page.getByRole('button', { name: 'Export CSV' }).waitFor()
  await page.getByRole('radio', { name: 'Matrix' }).click()
  await drag(page, token(page, 'big'), spot(page, 1, 1))
  await token(page, 'big').focus()
  await page.keyboard.press('Alt+ArrowLeft')
  assert.equal(await place(page, 'big'), '5 3')
})

test('on a phone: rated by one tap, placed by tapping a card and a cell, added; and an empty map says how to begin', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, MAP)
  const ana = await person(t, browser(), { server, name: 'Ana', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  const map = await comeIn(ana, made)
  const { page } = ana
  await go(page)
  await cell(page, 'open', 'text').scrollIntoViewIfNeeded()
  const row = page.getByRole('row').filter({ has: cell(page, 'open', 'text') })
  await row.getByRole('group', { name: 'Impact for the customer' }).getByRole('button', { name: '3' }).tap()
  await becomes('rated', () => cell(page, 'open', 'impact').getAttribute('aria-label'), 'Impact: 3 of 5')
  await page.getByRole('radio', { name: 'Matrix' }).tap()
  await token(page, 'big').tap()
  await page.getByText('Picked up: choose a cell').waitFor()
  await spot(page, 4, 2).tap()
  await becomes('placed', () => place(page, 'big'), '4 2')
  await page.getByRole('radio', { name: 'List' }).tap()
  await page.getByRole('button', { name: 'Add', exact: true }).tap()
  await page.getByRole('textbox', { name: 'What could be better' }).fill('Tell people where they stand')
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).tap()
  await page.getByRole('rowheader', { name: /^Tell people where they stand/ }).waitFor()
  await map.saved()
  const { cards } = await request(server.http, `/api/maps/${made.id}`)
  const added = cards.find(({ text }) => text === 'Tell people where they stand')
  assert.deepEqual([added.lane, added.author], ['opp', 'Ana'])

  const bare = await importMap(server, { ...MAP, lanes: MAP.lanes.slice(0, 1), cards: MAP.cards.slice(0, 2) })
  await comeIn(ana, bare)
  await page.getByRole('link', { name: 'Opportunities' }).tap()
  await page.getByRole('button', { name: 'Add an opportunities lane' }).tap()
  await page.getByRole('heading', { name: 'No opportunities yet' }).waitFor()
})
