// Two people in two browsers on one map: both see the other, both edit at once, neither loses a letter.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allEqual } from '../harness/map.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { anaAndBo, chromiumForAll } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** How often each letter is in a text. */
function letters(text) {
  const counts = {}
  for (const letter of text) counts[letter] = (counts[letter] ?? 0) + 1
  return counts
}

test('a link, a name, one click: in, and each sees where the other is', async (t) => {
  const { bo, a, b } = await anaAndBo(t, browser())
  for (const page of [a, b]) await page.page.getByRole('button', { name: /^2 people here/ }).waitFor()
  await a.page.getByRole('button', { name: /^2 people here/ }).click()
  const people = a.page.getByRole('dialog', { name: 'People in this map' })
  await people.getByText('Bo', { exact: true }).waitFor()
  await a.page.keyboard.press('Escape')

  await a.card('Compares listings').focus()
  await b.grid.getByRole('listitem', { name: /: Compares listings.*; here: Ana/ }).waitFor()
  await b.cell('Touchpoints', 1).focus()
  await a.cell('Touchpoints', 1).getByText('Bo', { exact: true }).waitFor()

  await bo.context.close()
  await a.page.getByRole('button', { name: /^1 person here/ }).waitFor()
  await a.cell('Touchpoints', 1).getByText('Bo', { exact: true }).waitFor({ state: 'detached' })
})

for (const place of ['Home', 'End']) {
  test(`two type in the same card at once, one at its end, one at its ${place}: both end equal, and every letter is there`, async (t) => {
    const { server, map, a, b } = await anaAndBo(t, browser())
    await Promise.all([a.edit('Compares listings'), b.edit('Compares listings')])
    const fromAna = 'abcdefghijklmnopqrstuvwxyz0123456789'
    const fromBo = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ!"%&/()=?+'
    await a.page.keyboard.press(place)
    for (let at = 0; at < fromAna.length; at += 1) {
      await Promise.all([a.page.keyboard.type(fromAna[at]), b.page.keyboard.type(fromBo[at])])
    }
    await Promise.all([a.page.keyboard.press('Enter'), b.page.keyboard.press('Enter')])
    await Promise.all([a.saved(), b.saved()])
    const { cells } = await allEqual(server, map, [a, b])
    const [[, text]] = cells['l2/s1']
    assert.deepEqual(letters(text), letters(`Compares listings${fromAna}${fromBo}`), text)
    // What one person types stays in the order in which they typed it.
    assert.equal([...text].filter((letter) => fromBo.includes(letter) && letter !== 'C').join(''), fromBo.replace('C', ''), text)
  })
}

test('two move the same card to different cells at once: it is in one place, the same for both', async (t) => {
  const { server, map, a, b } = await anaAndBo(t, browser())
  const move = async (keys) => {
    await Promise.all([a.card('Compares listings').focus(), b.card('Compares listings').focus()])
    await Promise.all([a.page.keyboard.press(keys[0]), b.page.keyboard.press(keys[1])])
  }
  const placeOf = (cells) => Object.keys(cells).filter((cell) => cells[cell].some(([id]) => id === 'c1'))
  await move(['Alt+ArrowRight', 'Alt+ArrowUp'])
  await Promise.all([a.saved(), b.saved()])
  const [first, ...more] = placeOf((await allEqual(server, map, [a, b])).cells)
  assert.deepEqual(more, [])
  assert.notEqual(first, 'l2/s1', 'nobody moved it')
})

test('two move the same card while neither hears of the other: it is in one place, the same for both', async (t) => {
  const { server, map, ana, bo, a, b } = await anaAndBo(t, browser())
  for (const user of [ana, bo]) {
    user.tolerate(SERVER_AWAY)
    await user.context.setOffline(true)
  }
  await Promise.all([a.says('Offline'), b.says('Offline')])
  await Promise.all([a.card('Compares listings').focus(), b.card('Compares listings').focus()])
  await Promise.all([a.page.keyboard.press('Alt+ArrowRight'), b.page.keyboard.press('Alt+ArrowUp')])
  await a.cell('Actions', 1).getByRole('listitem', { name: /Compares listings/ }).waitFor()
  await b.cell('Touchpoints', 0).getByRole('listitem', { name: /Compares listings/ }).waitFor()
  for (const user of [ana, bo]) await user.context.setOffline(false)
  await Promise.all([a.saved(), b.saved()])
  const { cells } = await allEqual(server, map, [a, b])
  const places = Object.keys(cells).filter((cell) => cells[cell].some(([id]) => id === 'c1'))
  assert.ok(['["l2/s2"]', '["l1/s1"]', '["l1/s2"]'].includes(JSON.stringify(places)), `it is in ${places}`)
})
