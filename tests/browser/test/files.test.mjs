// Maps as files: a table brought in with its columns said and a look before, and the map taken away again in every format.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { findsNothing } from '../harness/axe.mjs'
import { MapPage } from '../harness/map.mjs'
import { chromiumForAll, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const TABLE = 'Phase;What happens;Topic;How bad\nSearch;"Compares; on two portals";Actions;\n;The same flat three times;Pains;3\nApply;Nobody answers;Pains;bad\n'

const BEGINNINGS = {
  PDF: ['pdf', '%PDF-'],
  PNG: ['png', '\x89PNG'],
  SVG: ['svg', '<svg '],
  Markdown: ['md', '# Renting a flat'],
  Excel: ['xlsx', 'PK'],
  CSV: ['csv', '\xef\xbb\xbf"Stage no."'],
  JSON: ['cairn.json', '{'],
}

test('a table becomes a map once its columns are said, and the map every kind of file, by keyboard alone', async (t) => {
  const server = await serverFor(t)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const { page } = ana
  await ana.open('/')
  const give = async (text) => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'import a file' }).press('Enter')
    await (await choosing).setFiles({ name: 'renting-a-flat.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    return page.getByRole('dialog', { name: 'Import “renting-a-flat.csv”' })
  }
  // What cannot be read is named by row and column, and nothing is made of the rest.
  let dialog = await give(TABLE)
  assert.equal(await dialog.getByRole('textbox', { name: 'Title' }).inputValue(), 'Renting a flat')
  await dialog.getByText('One row a card').click()
  await dialog.getByRole('alert').getByText(/no column is the card/).waitFor()
  await dialog.getByRole('combobox', { name: 'What “What happens” becomes' }).selectOption('Card')
  await dialog.getByText('2 stages, 2 lanes, 3 cards').waitFor()
  await dialog.getByRole('combobox', { name: 'What “How bad” becomes' }).selectOption('Severity')
  await dialog.getByRole('alert').getByText(/Row 4, column “How bad”:/).waitFor()
  assert.ok(await dialog.getByRole('button', { name: 'Import' }).isDisabled())
  await findsNothing(page, 'an import that cannot be made', '[role="dialog"]')
  assert.deepEqual((await request(server.http, '/api/maps')).maps, [])
  await page.keyboard.press('Escape')

  dialog = await give(TABLE.replace(';bad', ';5'))
  await dialog.getByText('One row a card').click()
  await dialog.getByRole('combobox', { name: 'What “What happens” becomes' }).selectOption('Card')
  await dialog.getByRole('combobox', { name: 'What “How bad” becomes' }).selectOption('Severity')
  await dialog.getByText('2 stages, 2 lanes, 3 cards').waitFor()
  await findsNothing(page, 'an import that can be made', '[role="dialog"]')
  // Lines between the rows go through, however much a column says.
  const ends = await dialog.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => [...new Set([...row.children].map((cell) => Math.round(cell.getBoundingClientRect().bottom)))]),
  )
  assert.equal(ends.length, 4)
  for (const [place, end] of ends.entries()) assert.equal(end.length, 1, `cells of row ${place} end at ${end}`)
  await dialog.getByRole('button', { name: 'Import' }).press('Enter')
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ana')
  await page.getByRole('button', { name: 'Join' }).press('Enter')
  await (await new MapPage(page).ready()).saved()
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const { stages, cards } = await request(server.http, `/api/maps/${id}`)
  assert.deepEqual(stages.map(({ title }) => title), ['Search', 'Apply'])
  assert.deepEqual(
    cards.map(({ text, severity }) => [text, severity]),
    [
      ['Compares; on two portals', undefined],
      ['The same flat three times', 3],
      ['Nobody answers', 5],
    ],
  )

  for (const [name, [ending, begins]] of Object.entries(BEGINNINGS)) {
    await page.getByRole('button', { name: 'More', exact: true }).press('Enter')
    await page.getByRole('menuitem', { name: 'Export…' }).press('Enter')
    const chosen = page.getByRole('radio', { name: new RegExp(`^${name}`) })
    await chosen.focus()
    await page.keyboard.press('Space')
    if (name === 'PDF') await findsNothing(page, 'the dialog for an export', '[role="dialog"]')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export', exact: true }).press('Enter')
    const download = await downloading
    assert.equal(download.suggestedFilename(), `renting-a-flat.${ending}`)
    const file = await readFile(await download.path())
    assert.equal(file.subarray(0, begins.length).toString('latin1'), begins, name)
    await page.getByRole('dialog', { name: 'Export' }).waitFor({ state: 'detached' })
  }
})
