// Several cards at once, the clipboard, the palette, and two people at one text: what makes the grid as quick as a spreadsheet.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { becomes } from '../harness/eventually.mjs'
import { allEqual } from '../harness/map.mjs'
import { inMap } from '../harness/samples.mjs'
import { anaAndBo, chromiumForAll, SMALL_MAP } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const MAP = {
  ...SMALL_MAP,
  cards: ['One', 'Two', 'Three', 'Four'].map((text, at) => ({ id: `c${at + 1}`, lane: 'l2', stage: 's1', text })),
}

const texts = (cells, cell) => (cells[cell] ?? []).map(([, text]) => text)
const selected = (map) => map.grid.getByRole('listitem', { name: /, selected: / })
const bar = (page) => page.getByRole('toolbar', { name: 'Selected cards' })
/** Whether a screen reader has just been told so. */
const isSaid = (page, words) => page.getByRole('status').filter({ hasText: words }).waitFor()

test('cards are selected with the mouse, dragged together, and deleted with one undo', async (t) => {
  const { server, id, page, map } = await inMap(t, browser(), MAP)
  await map.card('One').click()
  await map.card('Three').click({ modifiers: ['Shift'] })
  assert.equal(await selected(map).count(), 3)
  await map.card('Two').click({ modifiers: ['ControlOrMeta'] })
  await bar(page).getByText('2 cards selected').waitFor()

  const box = await map.card('One').boundingBox()
  const to = await map.cell('Touchpoints', 1).boundingBox()
  await page.mouse.move(box.x + 20, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(to.x + 60, to.y + 30, { steps: 6 })
  await page.mouse.up()
  await map.cell('Touchpoints', 1).getByRole('listitem', { name: /: Three/ }).waitFor()
  await map.saved()
  let { cells } = await allEqual(server, id, [map])
  assert.deepEqual([texts(cells, 'l1/s2'), texts(cells, 'l2/s1')], [['One', 'Three'], ['Two', 'Four']])

  // A frame drawn from an empty place takes what it touches; Esc lets go.
  const last = await map.cell('Touchpoints', 0).boundingBox()
  const end = await map.card('Three').boundingBox()
  await page.mouse.move(last.x + 20, last.y + last.height - 6)
  await page.mouse.down()
  await page.mouse.move(end.x + 40, last.y + 20, { steps: 5 })
  await page.mouse.up()
  await becomes('the frame selected the two', () => selected(map).count(), 2)
  await page.keyboard.press('Delete')
  await becomes('they are gone', () => map.grid.getByRole('listitem').count(), 2)
  await page.keyboard.press('Control+z')
  await map.card('Three').waitFor()
  await map.saved()
  ;({ cells } = await allEqual(server, id, [map]))
  assert.deepEqual(texts(cells, 'l1/s2'), ['One', 'Three'])
})

test('cards are selected by keys, moved with their order kept, duplicated, copied as a block, and pasted from a spreadsheet', async (t) => {
  const { server, id, ana, page, map } = await inMap(t, browser(), MAP)
  const { keyboard } = page
  await ana.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const now = async () => {
    await map.saved()
    return (await allEqual(server, id, [map])).cells
  }
  await map.card('One').focus()
  await keyboard.press('Shift+ArrowDown')
  await isSaid(page, '2 cards selected')
  await keyboard.press('Alt+ArrowRight')
  assert.deepEqual(texts(await now(), 'l2/s2'), ['One', 'Two'])
  await keyboard.press('Control+z')
  assert.deepEqual(texts(await now(), 'l2/s1'), ['One', 'Two', 'Three', 'Four'], 'one undo for all')
  await keyboard.press('Alt+ArrowDown')
  assert.deepEqual(texts(await now(), 'l2/s1'), ['Three', 'One', 'Two', 'Four'])
  await keyboard.press('Control+d')
  assert.deepEqual(texts(await now(), 'l2/s1'), ['Three', 'One', 'Two', 'One', 'Two', 'Four'])
  await keyboard.press('Delete')
  assert.deepEqual(texts(await now(), 'l2/s1'), ['Three', 'One', 'Two', 'Four'])

  // Ctrl+A takes the cell; the copy is a column for a spreadsheet and comes back with all its fields.
  await keyboard.press('Control+a')
  await keyboard.press('Control+c')
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'Three\nOne\nTwo\nFour')
  await map.cell('Touchpoints', 2).focus()
  await keyboard.press('Control+v')
  assert.deepEqual(texts(await now(), 'l1/s3'), ['Three', 'One', 'Two', 'Four'])
  await keyboard.press('Control+x')
  assert.equal((await now())['l1/s3'], undefined)

  await page.evaluate(() => navigator.clipboard.writeText('Web\tPhone\r\n"Chat,\nat night"\t\r\n'))
  await map.cell('Touchpoints', 0).focus()
  await keyboard.press('Control+v')
  const cells = await now()
  assert.deepEqual([texts(cells, 'l1/s1'), texts(cells, 'l1/s2')], [['Web', 'Chat,\nat night'], ['Phone']])
  await keyboard.press('Control+z')
  assert.equal((await now())['l1/s1'], undefined, 'a paste is one step')

  // Five hundred and one rows: asked first.
  await page.evaluate(() => navigator.clipboard.writeText(Array.from({ length: 501 }, (_, at) => `Row ${at}`).join('\n')))
  await map.cell('Touchpoints', 0).focus()
  await keyboard.press('Control+v')
  await page.getByRole('alertdialog', { name: 'Paste 501 cards?' }).getByRole('button', { name: 'Cancel' }).click()
  assert.equal((await now())['l1/s1'], undefined)
})

test('the palette finds acts and places by typing and gives the focus back; a finger selects by a long press', async (t) => {
  const { server, id, page, map } = await inMap(t, browser(), MAP)
  const { keyboard } = page
  const palette = page.getByRole('dialog', { name: 'Find anything' })
  await map.card('Two').focus()
  await keyboard.press('Control+k')
  await palette.waitFor()
  await keyboard.type('dupli')
  await palette.getByRole('option', { name: /^Duplicate/ }).first().waitFor()
  await keyboard.press('Enter')
  await palette.waitFor({ state: 'detached' })
  await becomes('the card is there twice', () => map.card('Two').count(), 2)
  await keyboard.press('Control+k')
  await palette.waitFor()
  await keyboard.type('four')
  await palette.getByRole('option', { name: /Four/ }).waitFor()
  await keyboard.press('Enter')
  await becomes('the focus is on the card', () => page.evaluate(() => document.activeElement.dataset.card), 'c4')
  await keyboard.press('Control+k')
  await palette.waitFor()
  await keyboard.type('add lane pains')
  await keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Name of the lane' }).waitFor()
  await keyboard.press('Enter')
  await map.lane('Pains').waitFor()
  await keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keys' })
  await sheet.getByText('Ctrl K').waitFor()
  await keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })

  // A finger that rests on a card selects it, a tap adds another, and the bar has what keys would do.
  const touch = await page.context().newCDPSession(page)
  const press = async (locator) => {
    const { x, y } = await locator.boundingBox()
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 30, y: y + 12 }] })
  }
  const lift = () => touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await press(map.card('One'))
  await page.locator('.m-dragged').waitFor()
  await lift()
  await bar(page).getByText('1 card selected').waitFor()
  await press(map.card('Three'))
  await lift()
  await bar(page).getByText('2 cards selected').waitFor()
  await bar(page).getByRole('button', { name: 'Move to' }).click()
  await page.getByRole('menuitem', { name: 'Move in' }).click()
  await map.cell('Actions', 2).getByRole('listitem', { name: /: Three/ }).waitFor()
  await map.saved()
  assert.equal((await request(server.http, `/api/maps/${id}`)).lanes.length, 4)
})

test('two people at the ends of one text, one through an input method: both see the same, and no caret jumps', async (t) => {
  const { server, map, a, b } = await anaAndBo(t, browser())
  await Promise.all([a.edit('Compares listings'), b.edit('Compares listings')])
  await b.page.keyboard.press('Home')
  const caret = (page) => page.page.evaluate(() => {
    const { value, selectionStart } = document.activeElement
    return `${value.slice(0, selectionStart)}|${value.slice(selectionStart)}`
  })
  // Ana composes at the end, letter by letter, while Bo types at the start.
  const ime = await a.page.context().newCDPSession(a.page)
  const composed = ['に', 'にほ', 'にほん']
  for (const text of composed) {
    await ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await b.page.keyboard.type('x')
  }
  await becomes('Bo’s letters wait for the composition', () => caret(a), 'Compares listingsにほん|')
  await ime.send('Input.insertText', { text: '日本👩‍🚀' })
  await becomes('both texts are whole', () => Promise.all([caret(a), caret(b)]), [
    'xxxCompares listings日本👩‍🚀|',
    'xxx|Compares listings日本👩‍🚀',
  ])
  // Each sees the other's caret in the text they type in.
  await a.page.locator('.m-caret--over', { hasText: 'Bo' }).waitFor()
  await b.page.locator('.m-caret--over', { hasText: 'Ana' }).waitFor()
  // Bo deletes right before Ana's words; the pair of an emoji is never cut.
  await b.page.keyboard.press('Delete')
  await a.page.keyboard.press('Backspace')
  await becomes('still equal', () => Promise.all([caret(a), caret(b)]), ['xxxompares listings日本|', 'xxx|ompares listings日本'])
  await Promise.all([a.page.keyboard.press('Enter'), b.page.keyboard.press('Enter')])

  // In a stage's name and in the panel, too.
  await b.stage('Apply').focus()
  await b.page.keyboard.press('F2')
  await a.stage('Apply').locator('.m-caret', { hasText: 'Bo' }).waitFor()
  await b.page.keyboard.press('Escape')
  for (const one of [a, b]) {
    await one.card('Hopeful').focus()
    await one.page.keyboard.press('Space')
    await one.page.getByRole('textbox', { name: 'In their words' }).click()
  }
  await b.page.keyboard.type('At last')
  await a.page.locator('aside .m-caret', { hasText: 'Bo' }).waitFor()
  await becomes('the words are there', () => a.page.getByRole('textbox', { name: 'In their words' }).inputValue(), 'At last')
  await Promise.all([a.saved(), b.saved()])
  const { cells } = await allEqual(server, map, [a, b])
  assert.deepEqual(texts(cells, 'l2/s1'), ['xxxompares listings日本'])
})

test('what others do moves nothing under one’s hands: typing stays where it is, a drag goes on, a lost card says so', async (t) => {
  const { server, map, a, b } = await anaAndBo(t, browser())
  const { page } = a
  await page.setViewportSize({ width: 1440, height: 520 })
  await a.edit('Lost in forms')
  const top = () => page.evaluate(() => Math.round(document.activeElement.getBoundingClientRect().top))
  const before = await top()
  for (const text of ['Above', 'Above, too']) await b.addCard('Touchpoints', 1, text)
  await a.card('Above, too').waitFor()
  await a.page.keyboard.type(', again')
  assert.ok(Math.abs((await top()) - before) <= 1, `the text moved from ${before} to ${await top()}`)
  await a.page.keyboard.press('Enter')
  await a.card('Lost in forms, again').waitFor()

  // Bo deletes the stage Ana's drag is over: it goes on, and lands in what is there now.
  const hold = async () => {
    // Far from the edges, where a drag scrolls; and still: what others do may have moved it.
    await a.card('Hopeful').evaluate((card) => card.scrollIntoView({ block: 'center' }))
    await a.card('Hopeful').hover({ position: { x: 20, y: 10 } })
    const box = await a.card('Hopeful').boundingBox()
    await page.mouse.down()
    const over = await a.cell('Feelings', 1).boundingBox()
    await page.mouse.move(over.x + over.width / 2, box.y + 10, { steps: 4 })
    await page.locator('.m-drop').waitFor()
  }
  await hold()
  // She lets go in the very moment it is gone, before the next frame is drawn.
  await a.cell('Feelings', 1).evaluate((cell) => {
    const { x, y, width, height } = cell.getBoundingClientRect()
    const release = { bubbles: true, pointerId: 1, clientX: x + width / 2, clientY: y + height / 2 }
    const seen = new MutationObserver(() => {
      if (cell.isConnected) return
      seen.disconnect()
      document.body.dispatchEvent(new PointerEvent('pointerup', release))
    })
    seen.observe(document.body, { childList: true, subtree: true })
  })
  await b.stage('Apply').focus()
  await b.page.keyboard.press('Delete')
  await a.stage('Apply').waitFor({ state: 'detached' })
  await a.cell('Feelings', 1).getByRole('listitem', { name: /Hopeful/ }).waitFor()
  await page.mouse.up()

  // Then the very card she holds.
  await hold()
  await b.card('Hopeful').focus()
  await b.page.keyboard.press('Delete')
  await page.getByText('Someone else deleted the card you were moving').first().waitFor()
  await page.mouse.up()
  await Promise.all([a.saved(), b.saved()])
  const { cells } = await allEqual(server, map, [a, b])
  assert.ok(!JSON.stringify(cells).includes('Hopeful'))
  assert.equal(await page.locator('.m-dragged, .m-lifted').count(), 0)
})
