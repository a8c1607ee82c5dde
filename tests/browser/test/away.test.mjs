// People whose network or server goes away in the middle of typing: the page says so, keeps the words, and brings them home by itself.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../harness/eventually.mjs'
import { allEqual, MapPage, stored } from '../harness/map.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { anaAndBo, chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const texts = ({ cells }) => Object.values(cells).flat().map(([, text]) => text)

test('offline: changes wait, are counted and kept, merge on return, and only then is anything called saved', async (t) => {
  const { server, map, ana, a, b } = await anaAndBo(t, browser())
  ana.tolerate(SERVER_AWAY)
  await a.saved()
  const said = await a.followSaveWords()

  await ana.context.setOffline(true)
  await a.says('Offline')
  await a.addCard('Actions', 1, 'Written in a tunnel')
  await a.edit('Compares listings')
  await a.page.keyboard.type(' by train')
  await a.page.keyboard.press('Enter')
  await a.says(/^Offline: \d+ changes waiting/)
  // Meanwhile somebody else works on the same card and beside the new one.
  await b.edit('Compares listings')
  await b.page.keyboard.press('Home')
  await b.page.keyboard.type('Slowly: ')
  await b.page.keyboard.press('Enter')
  await b.addCard('Actions', 1, 'Written at a desk')
  await b.saved()
  assert.ok(!texts(await stored(server, map)).includes('Written in a tunnel'))

  const before = said.length
  await ana.context.setOffline(false)
  await a.saved()
  // Asked after the page called it saved: the server must have it.
  const there = texts(await stored(server, map))
  assert.ok(there.includes('Written in a tunnel'), `saved, says the page; the server has ${there.join(' | ')}`)
  const offline = said.findIndex((words) => words.startsWith('Offline'))
  assert.ok(!said.slice(offline, before).includes('Saved'), `it said saved while offline: ${said.join(' · ')}`)

  const { cells } = await allEqual(server, map, [a, b])
  assert.deepEqual(cells['l2/s1'].map(([, text]) => text), ['Slowly: Compares listings by train'])
  assert.deepEqual(cells['l2/s2'].map(([, text]) => text).sort(), ['Written at a desk', 'Written in a tunnel'])
})

test('a reload while the server cannot be reached keeps what was written, and it arrives later', async (t) => {
  const { server, map, ana, a, b } = await anaAndBo(t, browser())
  ana.tolerate(SERVER_AWAY)
  await a.saved()
  await ana.context.setOffline(true)
  await ana.keepFiles()
  await a.says('Offline')
  await a.addCard('Touchpoints', 2, 'Only in this browser')
  await a.waits()

  await a.page.reload()
  await a.ready()
  await a.card('Only in this browser').waitFor()
  await a.waits()
  assert.ok(!texts(await stored(server, map)).includes('Only in this browser'))

  await ana.context.setOffline(false)
  await a.saved()
  assert.ok(texts(await stored(server, map)).includes('Only in this browser'))
  await b.card('Only in this browser').waitFor()
  await allEqual(server, map, [a, b])
})

test('a page closed while offline gives its changes to the next visit', async (t) => {
  const { server, map, ana, a, b } = await anaAndBo(t, browser())
  ana.tolerate(SERVER_AWAY)
  await a.saved()
  await ana.context.setOffline(true)
  await a.says('Offline')
  await a.addCard('Touchpoints', 0, 'The lid was closed on this')
  await a.waits()
  await a.page.close()

  await ana.context.setOffline(false)
  ana.page = await ana.newTab()
  await ana.open(`/map/${map}`)
  const again = await new MapPage(ana.page).ready()
  await again.saved()
  assert.ok(texts(await stored(server, map)).includes('The lid was closed on this'))
  await allEqual(server, map, [again, b])
})

test('the server is killed in the middle of typing and started again: both come back by themselves, nothing typed is lost', async (t) => {
  const { server, map, ana, bo, a, b } = await anaAndBo(t, browser())
  for (const user of [ana, bo]) user.tolerate(SERVER_AWAY, /\b50\d\b/)
  await a.edit('Compares listings')
  await b.cell('Actions', 1).focus()
  await b.page.keyboard.press('n')
  await b.typing.waitFor()
  const words = 'the quick brown fox jumps over the lazy dog'
  for (let at = 0; at < words.length; at += 1) {
    if (at === 12) await server.kill()
    await Promise.all([a.page.keyboard.press(words[at]), b.page.keyboard.press(words[at])])
    if (at === 24) await Promise.all([a.says('Offline'), b.says('Offline')])
    if (at === 30) await server.start()
  }
  for (const page of [a, b]) {
    await page.page.keyboard.press('Enter')
    await page.page.keyboard.press('Escape')
  }
  await Promise.all([a.saved(), b.saved()])
  const { cells } = await allEqual(server, map, [a, b])
  assert.deepEqual(cells['l2/s1'].map(([, text]) => text), [`Compares listings${words}`])
  assert.deepEqual(cells['l2/s2'].map(([, text]) => text), [words])
})

test('two tabs of one browser share edits, offline too, and both tell the truth about what is saved', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  ana.tolerate(SERVER_AWAY)
  const one = await comeIn(ana, made)
  const page = await ana.newTab()
  await page.goto(`${server.http}/map/${made.id}`)
  const two = await new MapPage(page).ready()

  await one.page.bringToFront()
  await one.addCard('Actions', 2, 'From the first tab')
  await two.card('From the first tab').waitFor()
  await Promise.all([one.saved(), two.saved()])
  assert.ok(texts(await stored(server, made.id)).includes('From the first tab'))

  await ana.context.setOffline(true)
  await Promise.all([one.says('Offline'), two.says('Offline')])
  await two.page.bringToFront()
  await two.addCard('Touchpoints', 0, 'From the second tab')
  await one.card('From the second tab').waitFor()
  await Promise.all([one.says(/^Offline: \d+ changes? waiting/), two.says(/^Offline: \d+ changes? waiting/)])
  assert.ok(!texts(await stored(server, made.id)).includes('From the second tab'))

  await ana.context.setOffline(false)
  await Promise.all([one.saved(), two.saved()])
  assert.ok(texts(await stored(server, made.id)).includes('From the second tab'))
  await allEqual(server, made.id, [one, two])
  // One person, however many tabs.
  await eventually('one person is here', () => one.page.getByRole('button', { name: /^1 person here/ }).isVisible())
})
