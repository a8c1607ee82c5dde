// Everything without a mouse: from the empty home to a map with cards in it. No test here moves or clicks a pointer.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { eventually } from '../harness/eventually.mjs'
import { standing, tabTo } from '../harness/keys.mjs'
import { allEqual, MapPage } from '../harness/map.mjs'
import { inMap } from '../harness/samples.mjs'
import { chromiumForAll, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

test('a map is made from home, and filled, with the keyboard alone', async (t) => {
  const server = await serverFor(t)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const { page } = ana
  const { keyboard } = page
  await ana.open('/')
  const make = page.getByRole('button', { name: 'New map' })
  await make.waitFor()
  await tabTo(page, make)
  await keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New map' })
  await dialog.waitFor()
  await tabTo(page, dialog.getByRole('textbox', { name: 'Title' }))
  await keyboard.type('Made by keys')
  await tabTo(page, dialog.getByRole('textbox', { name: 'Whose journey is it?' }))
  await keyboard.type('Mira')
  await tabTo(page, dialog.getByRole('button', { name: 'Create map' }))
  await keyboard.press('Enter')
  const name = page.getByRole('textbox', { name: 'Your name' })
  await name.waitFor()
  await tabTo(page, name)
  await keyboard.type('Ana')
  await keyboard.press('Enter')
  const map = await new MapPage(page).ready()

  // The first cell is where Tab goes in; the grid is one stop.
  const cell = map.grid.getByRole('row').nth(1).getByRole('gridcell').first()
  await tabTo(page, cell)
  await keyboard.press('n')
  await map.typing.waitFor()
  await keyboard.type('First card')
  await keyboard.press('Enter')
  await keyboard.type('Second card')
  await keyboard.press('Enter')
  await keyboard.press('Escape')
  assert.match(await standing(page), /: Second card/, 'Esc leaves one on the last card')

  await keyboard.press('Alt+ArrowUp')
  assert.match(await standing(page), /: Second card/, 'the focus goes with the card')
  await keyboard.press('Alt+ArrowRight')
  await map.grid.getByRole('row').nth(1).getByRole('gridcell').nth(1).getByRole('listitem', { name: /: Second card/ }).waitFor()
  assert.match(await standing(page), /: Second card/)

  await keyboard.press('Enter')
  await map.typing.waitFor()
  await keyboard.type(', reworded')
  await keyboard.press('Enter')
  await map.card('Second card, reworded').waitFor()

  await keyboard.press('Delete')
  await map.card('Second card, reworded').waitFor({ state: 'detached' })
  await keyboard.press('Control+z')
  await map.card('Second card, reworded').waitFor()

  // From the card up to its stage.
  for (let step = 0; step < 12 && !/^Stage 2: /.test(await standing(page)); step += 1) await keyboard.press('ArrowUp')
  assert.match(await standing(page), /^Stage 2: /)
  await keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Name of the stage' }).waitFor()
  await keyboard.type('Renamed by keys')
  await keyboard.press('Enter')
  await map.stage('Renamed by keys').waitFor()
  assert.match(await standing(page), /^Stage 2: Renamed by keys/)
  await keyboard.press('Alt+ArrowLeft')
  await map.grid.getByRole('columnheader', { name: 'Stage 1: Renamed by keys' }).waitFor()

  // The header's menu opens and closes by keys, and gives the focus back.
  await keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Rename' }).waitFor()
  await keyboard.press('Escape')
  await page.getByRole('menuitem', { name: 'Rename' }).waitFor({ state: 'detached' })
  assert.match(await standing(page), /^Stage 1: Renamed by keys/)

  await map.saved()
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const { stages } = await allEqual(server, id, [map])
  assert.equal(stages[0].title, 'Renamed by keys')
  const document = await request(server.http, `/api/maps/${id}`)
  assert.equal(document.title, 'Made by keys')
  assert.equal(document.personas[0].name, 'Mira')
})

test('the details panel opens by Space, takes the focus, and Esc goes back to the card', async (t) => {
  const { server, id, page, map } = await inMap(t, browser())
  await map.card('Hopeful').focus()
  await page.keyboard.press('Space')
  const panel = page.getByRole('complementary', { name: 'Card details' })
  await panel.waitFor()
  await eventually('the panel has the focus', () => panel.evaluate((element) => element.contains(document.activeElement)))
  const feeling = panel.getByRole('slider', { name: 'Feeling' })
  await tabTo(page, feeling)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  assert.match(await standing(page), /: Hopeful; \+1\.5/)
  // + and − do the same on the card itself.
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await map.grid.getByRole('listitem', { name: /: Hopeful; \+0\.5/ }).waitFor()
  await map.saved()
  const { cards } = await request(server.http, `/api/maps/${id}`)
  assert.equal(cards.find(({ id }) => id === 'c2').score, 0.5)
})
