// How a map came to be: played, stopped, gone through by keys and by the line of its time, filtered, and shared by a link; the map on screen is the
// server's map of that moment, from whichever side one comes.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { findsNothing } from '../harness/axe.mjs'
import { eventually } from '../harness/eventually.mjs'
import { holdWorkshop } from '../harness/history.mjs'
import { readSample } from '../harness/samples.mjs'
import { chromiumForAll, importMap, joinByLink, person, serverFor } from '../harness/workshop.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'

const browser = chromiumForAll()

/** Ana and Bo have been in a workshop; Ana looks back at it. */
async function lookedBackAt(t, role) {
  const server = await serverFor(t)
  const made = await importMap(server, await readSample('renting-a-flat.current.json'))
  const [ana, bo] = await Promise.all(['Ana', 'Bo'].map((name) => person(t, browser(), { server, name })))
  const pages = [await joinByLink(ana, made, role), await joinByLink(bo, made)]
  const held = await holdWorkshop(server, made, pages)
  return { server, made, ana, page: ana.page, ...held }
}

/** Which record is shown, as the slider says it. */
async function shownAt(page) {
  const words = await page.getByRole('slider', { name: 'Moment' }).getAttribute('aria-valuetext')
  return Number(/record (\d+) of/.exec(words)[1])
}

/** The cards on screen and on the server at that record, as sorted texts by place. */
async function isExact(server, made, token, page) {
  const seq = await shownAt(page)
  const { cards } = await request(server.http, `/api/maps/${made.id}?at=${seq}`, { token })
  const wanted = cards.map(({ id, text }) => `${id} ${text}`).sort()
  await eventually(`the screen shows record ${seq}`, async () => {
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('.h-map [data-card]')].map((card) => `${card.dataset.card} ${card.querySelector('.m-card__text').textContent}`).sort(),
    )
    assert.deepEqual(shown, wanted)
    return true
  })
  return seq
}

const keys = async (page, ...pressed) => {
  for (const key of pressed) await page.keyboard.press(key)
}

test('hist_7 hist_8 a workshop is played, gone through and shared, and every moment is what it was', async (t) => {
  const { server, made, ana, page, last, lead } = await lookedBackAt(t, 'facilitator')
  const exact = () => isExact(server, made, lead.token, page)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'History' }).click()
  const slider = page.getByRole('slider', { name: 'Moment' })
  await slider.waitFor()
  assert.ok((await exact()) < 10, 'it begins at the beginning')

  // Played to its end, silence skipped.
  await page.keyboard.press('Space')
  for (let faster = 0; faster < 6; faster += 1) await page.keyboard.press('>')
  await page.getByRole('button', { name: 'Speed: 100 times' }).waitFor()
  await eventually('it has played to the end', async () => (await shownAt(page)) === last)
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await exact()

  // Record by record, back and on again.
  await keys(page, ',', ',', ',')
  await eventually('three changes back', async () => (await shownAt(page)) < last)
  const back = await exact()
  await page.keyboard.press('.')
  await eventually('one change on', async () => (await shownAt(page)) > back)
  await exact()

  // By moments: the vote is open and nobody sees a total; then its result is on the cards.
  await page.getByRole('button', { name: /^Vote opened/ }).click()
  await page.getByText('In the vote').first().waitFor()
  assert.equal(await page.locator('.v-result').count(), 0)
  await exact()
  await page.keyboard.press(']')
  await page.locator('.h-map [data-card="o-profile"] .v-result').getByText('4 dots').waitFor()

  // The room's cards come with the reveal, as nobody's own.
  await page.getByRole('button', { name: /^Cards revealed/ }).click()
  await page.getByRole('listitem', { name: /Fax my papers.*changed by: The room/ }).waitFor()
  await page.getByRole('region', { name: 'The workshop at this moment' }).getByText('What gets in the way?').waitFor()
  await exact()

  // By the line: to its ends by keys, and somewhere by the mouse.
  await slider.focus()
  await page.keyboard.press('End')
  await eventually('the end', async () => (await shownAt(page)) === last)
  const { x, y, width, height } = await slider.boundingBox()
  await page.mouse.click(x + width * 0.6, y + height / 2)
  await eventually('a place before the end', async () => (await shownAt(page)) < last)
  const seq = await exact()
  await page.waitForURL((url) => url.searchParams.get('at') === String(seq))

  // Who did what; Emil was there and was not heard.
  await page.getByRole('tab', { name: 'Who did what' }).click()
  await page.getByRole('region', { name: 'Not heard' }).getByText('Emil Sørensen').waitFor()

  // A filter goes from one change of Bo's to the next.
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('checkbox', { name: 'Bo' }).check({ force: true })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await slider.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('.')
  await page.locator('.h-map .m-visitor').getByText('Bo').first().waitFor()
  await exact()

  // The link shows the same moment to whoever opens it; a moment that never was is said to be none.
  const there = await shownAt(page)
  await ana.open(`/map/${made.id}/history?at=${there}`)
  await slider.waitFor()
  assert.equal(await exact(), there)
  await ana.open(`/map/${made.id}/history?at=${last + 1000}`)
  await page.getByRole('heading', { name: 'There is no such moment' }).waitFor()
  await page.getByRole('button', { name: 'Play from the beginning' }).click()
  await slider.waitFor()
})

test('without a connection what is here is played on', async (t) => {
  const { ana, page, made } = await lookedBackAt(t)
  ana.tolerate(SERVER_AWAY)
  await ana.open(`/map/${made.id}/history`)
  await page.getByRole('slider', { name: 'Moment' }).waitFor()
  await ana.context.setOffline(true)
  await page.keyboard.press('End')
  await page.getByRole('button', { name: /^Cards revealed/ }).click()
  await page.getByRole('listitem', { name: /Fax my papers/ }).waitFor()
  await ana.context.setOffline(false)
})

test('hist_8 what could not be loaded of the rest is asked for again', async (t) => {
  const { ana, page, made } = await lookedBackAt(t, 'facilitator')
  ana.tolerate(/ERR_FAILED/)
  await page.route(/\/api\/maps\/[^/]+\/history$/, (route) => route.abort())
  await ana.open(`/map/${made.id}/history`)
  const lost = page.getByRole('alert').filter({ hasText: 'Its moments and who did what' })
  await lost.waitFor()
  await page.unroute(/\/api\/maps\/[^/]+\/history$/)
  await lost.getByRole('button', { name: 'Try again' }).press('Enter')
  await page.getByRole('button', { name: /^Vote closed/ }).waitFor()
  await lost.waitFor({ state: 'detached' })
})

test('axe: the replay, its moments, who did what, the filter', async (t) => {
  const { page, made, ana } = await lookedBackAt(t, 'facilitator')
  await ana.open(`/map/${made.id}/history`)
  await page.getByRole('slider', { name: 'Moment' }).waitFor()
  await page.getByRole('button', { name: /^Vote closed/ }).click()
  await page.locator('.v-result').first().waitFor()
  await findsNothing(page, 'the replay', '.h-page')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('tab', { name: 'Who did what' }).click()
  await page.getByRole('region', { name: 'Not heard' }).waitFor()
  await findsNothing(page, 'who did what', '.h-beside')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('checkbox', { name: 'Bo' }).waitFor()
  await findsNothing(page, 'the filter', '[role=dialog]')
})
