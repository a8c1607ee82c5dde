// A map of 640 cards, of which only those near the view are drawn whole: whatever one does there is as on a small one.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../harness/eventually.mjs'
import { grown } from '../harness/grown.mjs'
import { allEqual, stored } from '../harness/map.mjs'
import { inMap } from '../harness/samples.mjs'
import { anaAndBo, chromiumForAll } from '../harness/workshop.mjs'

const browser = chromiumForAll()
const CARDS = 640

const whole = (page) => page.locator('[data-card]:not(.m-card--far)')
const wholeCard = (page, id) => page.locator(`[data-card="${id}"]:not(.m-card--far)`)

/** Where a card is on screen, or null while it is nowhere or out of the scroller. */
const inView = (page, id) =>
  page.evaluate((card) => {
    const view = document.querySelector('.m-scroller').getBoundingClientRect()
    const box = document.querySelector(`[data-card="${card}"]`)?.getBoundingClientRect()
    return box && box.bottom > view.top && box.top < view.bottom ? { x: box.x, y: box.y, width: box.width, height: box.height } : null
  }, id)

const scrollTo = (page, top) =>
  page.evaluate((to) => {
    document.querySelector('.m-scroller').scrollTop = to
  }, top)

/** The element one stands on, if it can be seen. */
const standing = (page) =>
  page.evaluate(() => {
    const view = document.querySelector('.m-scroller').getBoundingClientRect()
    const element = document.activeElement
    const box = element.getBoundingClientRect()
    const seen = box.bottom > view.top && box.top < view.bottom && box.right > view.left && box.left < view.right
    return seen ? { role: element.role, card: element.dataset.card, far: element.matches('.m-card--far'), lane: element.dataset.lane, stage: element.dataset.stage } : null
  })

test('a large map is drawn where one looks, and worked on everywhere', async (t) => {
  const document = await grown(CARDS)
  const { server, id, map, page } = await inMap(t, browser(), document)
  const { cells, lanes, stages } = await stored(server, id)
  const [firstLane, lastLane] = [lanes.at(0), lanes.at(-1)]
  const lastStage = stages.at(-1)
  const [lastCard] = cells[`${lastLane.id}/${lastStage.id}`].at(-1)
  const [firstCard] = cells[`${firstLane.id}/${stages[0].id}`][0]

  // Everything is in the grid, with its words and its count; few of it is drawn.
  const count = await whole(page).count()
  assert.ok(count > 20 && count < CARDS / 2, `${count} of ${CARDS} cards are drawn whole`)
  await allEqual(server, id, [map])
  assert.equal(await map.grid.getAttribute('aria-rowcount'), String(lanes.length + 1))
  const lastCell = map.cell(lastLane.title, stages.length - 1)
  assert.match(await lastCell.innerText(), new RegExp(`^${cells[`${lastLane.id}/${lastStage.id}`].length} cards`))

  // To the end.
  await scrollTo(page, 1e6)
  await wholeCard(page, lastCard).waitFor()
  assert.notEqual(await inView(page, lastCard), null, 'the last card is at the end')
  await eventually('the first card is let go', async () => (await wholeCard(page, firstCard).count()) === 0)

  // By keyboard: to both corners, into the last cell, up and down its cards.
  await map.cell(firstLane.title, 0).focus()
  await page.keyboard.press('Control+End')
  const corner = await standing(page)
  assert.deepEqual([corner.role, corner.lane, corner.stage], ['gridcell', lastLane.id, lastStage.id])
  await page.keyboard.press('Enter')
  assert.equal((await standing(page)).card, cells[`${lastLane.id}/${lastStage.id}`][0][0])
  await page.keyboard.press('ArrowUp')
  assert.equal((await standing(page)).far, false)
  await page.keyboard.press('Control+Home')
  assert.equal((await standing(page)).role, 'columnheader')

  // What one stands on stays, however far one scrolls; typing brings one back to it.
  await page.locator(`[data-card="${firstCard}"]`).focus()
  await scrollTo(page, 1e6)
  await wholeCard(page, lastCard).waitFor()
  assert.equal(await page.evaluate(() => document.activeElement.dataset.card), firstCard)
  await page.keyboard.press('Enter')
  await map.typing.waitFor()
  await page.keyboard.press('End')
  await page.keyboard.type(', and on')
  assert.notEqual(await inView(page, firstCard), null, 'one sees what one types')
  await page.keyboard.press('Enter')

  // Dragged to a lane that is out of sight: the map scrolls under it.
  await scrollTo(page, 0)
  const next = lanes[1]
  const nextCell = map.cell(next.title, 0)
  const from = await page.locator(`[data-card="${firstCard}"]`).boundingBox()
  const view = await page.locator('.m-scroller').boundingBox()
  const bottom = view.y + view.height
  const x = from.x + from.width / 2
  assert.ok((await nextCell.boundingBox()).y > bottom, 'the second lane is out of sight')
  await page.mouse.move(x, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(x, bottom - 4, { steps: 6 })
  await eventually('the second lane comes up', async () => (await nextCell.boundingBox()).y < bottom - 160)
  await page.mouse.move(x, bottom - 100, { steps: 3 })
  await page.locator('.m-drop').waitFor()
  await page.mouse.up()
  await eventually('the card is in the second lane', async () => {
    const now = await stored(server, id)
    return now.cells[`${next.id}/${stages[0].id}`].some(([card]) => card === firstCard)
  })
  await map.saved()
  await allEqual(server, id, [map])

  // On paper there is no out of sight.
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  assert.equal(await page.locator('.m-print .m-card').count(), Object.values((await stored(server, id)).cells).flat().length)
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  assert.equal(await page.locator('.m-print').count(), 0)
  assert.ok((await whole(page).count()) < CARDS / 2, 'nothing was drawn in the grid for it')
})

test('what others do above one’s view moves nothing in it', async (t) => {
  const { server, map: id, a, b } = await anaAndBo(t, browser(), await grown(CARDS))
  const { page } = a
  const { cells, lanes, stages } = await stored(server, id)
  // Bo works in the first lane, Ana looks at the one in the middle.
  const middle = lanes[Math.floor(lanes.length / 2)]
  const [seen] = cells[`${middle.id}/${stages[0].id}`][3]
  await page.locator(`[data-card="${seen}"]`).scrollIntoViewIfNeeded()
  await wholeCard(page, seen).waitFor()
  const before = await eventually('the view is at rest', async () => {
    const one = await inView(page, seen)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    const other = await inView(page, seen)
    return one !== null && one.y === other?.y ? one : false
  })
  const long = 'This takes many lines of room above what Ana looks at. '.repeat(4).trim()
  await b.addCard(lanes[0].title, 0, long)
  await b.saved()
  await a.grid.locator('[data-card]').filter({ hasText: long }).waitFor({ state: 'attached' })
  // A scroll position is a whole number of pixels; a card's height need not be.
  const moved = Math.abs((await inView(page, seen)).y - before.y)
  assert.ok(moved < 1, `it moved by ${moved} pixels`)
})
