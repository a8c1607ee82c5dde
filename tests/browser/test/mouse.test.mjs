// The map by pointer: dragging cards, stages and the curve; lanes and stages from their menus, and taken back.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { eventually } from '../harness/eventually.mjs'
import { allEqual } from '../harness/map.mjs'
import { inMap } from '../harness/samples.mjs'
import { chromiumForAll } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const anaAlone = (t) => inMap(t, browser())

const middle = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox()
  return { x: x + width / 2, y: y + height / 2 }
}

/** Presses on one thing, goes to a point in a few steps, and lets go there. */
async function drag(page, from, to) {
  const start = await middle(from)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 6 })
  await page.mouse.up()
}

const titles = (list) => list.map(({ title }) => title)

test('a card dragged to another cell is there, for everybody', async (t) => {
  const { server, id, page, map } = await anaAlone(t)
  await drag(page, map.card('Compares listings'), await middle(map.cell('Touchpoints', 2)))
  await map.cell('Touchpoints', 2).getByRole('listitem', { name: /Compares listings/ }).waitFor()
  await map.saved()
  const { cells } = await allEqual(server, id, [map])
  assert.deepEqual(cells['l1/s3'], [['c1', 'Compares listings']])

  // Esc while dragging puts it back.
  const card = await middle(map.card('Compares listings'))
  const away = await middle(map.cell('Actions', 0))
  await page.mouse.move(card.x, card.y)
  await page.mouse.down()
  await page.mouse.move(away.x, away.y, { steps: 4 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await map.saved()
  assert.deepEqual((await allEqual(server, id, [map])).cells['l1/s3'], [['c1', 'Compares listings']])
})

test('a card is added by a click, and by a double click on an empty place', async (t) => {
  const { server, id, page, map } = await anaAlone(t)
  const cell = map.cell('Touchpoints', 0)
  await cell.hover()
  await cell.getByText(/^\+ Add/).click()
  await page.keyboard.type('Clicked')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await map.cell('Touchpoints', 1).dblclick()
  await page.keyboard.type('Double-clicked')
  // A click elsewhere keeps what was typed.
  await map.stage('Search').getByText('Search').click()
  await map.saved()
  const { cells } = await allEqual(server, id, [map])
  assert.deepEqual([cells['l1/s1'], cells['l1/s2']].map(([[, text]]) => text), ['Clicked', 'Double-clicked'])
})

test('lanes: added, hidden and shown, deleted with their cards and brought back', async (t) => {
  const { server, id, page, map } = await anaAlone(t)
  await page.getByRole('toolbar', { name: 'Map' }).getByRole('button', { name: 'Lane', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Pain', exact: false }).first().click()
  await page.getByRole('textbox', { name: 'Name of the lane' }).waitFor()
  await page.keyboard.type('Where it hurts')
  await page.keyboard.press('Enter')
  await map.lane('Where it hurts').waitFor()

  const menu = async (lane, item) => {
    await map.lane(lane).hover()
    await map.lane(lane).getByRole('button', { name: `Lane “${lane}”` }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await menu('Actions', 'Hide')
  await map.lane('Actions').waitFor({ state: 'detached' })
  await map.saved()
  assert.equal((await request(server.http, `/api/maps/${id}`)).lanes.find((lane) => lane.id === 'l2').hidden, true)
  await page.getByRole('button', { name: '1 hidden lane' }).click()
  await page.getByRole('menuitem', { name: 'Show Actions' }).click()
  await map.card('Compares listings').waitFor()

  await menu('Feelings', 'Delete lane')
  await map.lane('Feelings').waitFor({ state: 'detached' })
  await eventually('the lane and its cards are gone from the server', async () => {
    const { lanes, cards } = await request(server.http, `/api/maps/${id}`)
    return !lanes.some((lane) => lane.id === 'l3') && !cards.some((card) => card.lane === 'l3')
  })
  await page.getByText(/^Deleted “Feelings”/).first().waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await map.card('Lost in forms').waitFor()
  await map.saved()
  const { lanes, cells } = await allEqual(server, id, [map])
  assert.ok(titles(lanes).includes('Feelings'))
  assert.deepEqual(cells['l3/s2'], [['c3', 'Lost in forms']])
})

test('stages: reordered by menu and by dragging, added, deleted and brought back', async (t) => {
  const { server, id, page, map } = await anaAlone(t)
  const menu = async (stage, item) => {
    await map.stage(stage).hover()
    await map.stage(stage).getByRole('button', { name: `Stage “${stage}”` }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  const order = async () => {
    await map.saved()
    return titles((await allEqual(server, id, [map])).stages)
  }
  await menu('Apply', 'Move left')
  await map.grid.getByRole('columnheader', { name: 'Stage 1: Apply' }).waitFor()
  assert.deepEqual(await order(), ['Apply', 'Search', 'Move in'])

  const last = await map.stage('Move in').boundingBox()
  await drag(page, map.stage('Apply').getByText('Apply'), { x: last.x + last.width - 8, y: last.y + last.height / 2 })
  await map.grid.getByRole('columnheader', { name: 'Stage 3: Apply' }).waitFor()
  assert.deepEqual(await order(), ['Search', 'Move in', 'Apply'])

  await page.getByRole('button', { name: 'Add stage' }).click()
  await page.getByRole('textbox', { name: 'Name of the stage' }).waitFor()
  await page.keyboard.type('Leave')
  await page.keyboard.press('Enter')
  await map.stage('Leave').waitFor()
  assert.deepEqual(await order(), ['Search', 'Move in', 'Apply', 'Leave'])

  await menu('Search', 'Delete stage')
  await map.stage('Search').waitFor({ state: 'detached' })
  assert.deepEqual(await order(), ['Move in', 'Apply', 'Leave'])
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await map.card('Compares listings').waitFor()
  assert.deepEqual(await order(), ['Search', 'Move in', 'Apply', 'Leave'])
})

test('a feeling dragged down takes the curve with it', async (t) => {
  const { server, id, page, map } = await anaAlone(t)
  const curve = () => map.grid.locator('svg path[d*="C"]').first().getAttribute('d')
  const before = await curve()
  const dot = map.cell('Feelings', 0).getByTitle(/^Hopeful \(/)
  const { x, y } = await middle(dot)
  const band = await dot.locator('..').boundingBox()
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, band.y + band.height - 1, { steps: 5 })
  await page.mouse.up()
  await map.grid.getByRole('listitem', { name: /: Hopeful; −2/ }).waitFor()
  assert.notEqual(await curve(), before, 'the curve did not move')
  await map.saved()
  assert.equal((await request(server.http, `/api/maps/${id}`)).cards.find((card) => card.id === 'c2').score, -2)
})
