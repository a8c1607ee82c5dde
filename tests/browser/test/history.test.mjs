// How a map came to be: played, stopped, gone through by keys and by the line of its time, filtered, and shared by a link; the map on screen is the
// server's map of that moment, from whichever side one comes.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Cairn } from '../../conformance/harness/binary.mjs'
import { request } from '../../conformance/harness/maps.mjs'
import { findsNothing } from '../harness/axe.mjs'
import { becomes, eventually } from '../harness/eventually.mjs'
import { holdWorkshop } from '../harness/history.mjs'
import { MapPage } from '../harness/map.mjs'
import { readSample } from '../harness/samples.mjs'
import { chromiumForAll, importMap, joinByLink, person } from '../harness/workshop.mjs'
import { SERVER_AWAY, User } from '../harness/users.mjs'

const browser = chromiumForAll()

/** One workshop for all tests, since most change nothing of it, and what the browsers of those who were in it keep. */
let past

async function hold() {
  const server = await Cairn.start()
  const made = await importMap(server, await readSample('renting-a-flat.current.json'))
  const users = await Promise.all(['Ana', 'Bo'].map((name) => User.open(browser(), { server, name })))
  const pages = [await joinByLink(users[0], made, 'facilitator'), await joinByLink(users[1], made)]
  const held = await holdWorkshop(server, made, pages)
  const kept = await Promise.all(users.map(({ context }) => context.storageState()))
  await Promise.all(users.map((user) => user.end()))
  return { server, made, kept, ...held }
}

after(async () => (await past)?.server.end())

/** Ana has led a workshop; she looks back at it, on a page that shows nothing yet. `cameBack` brings Bo, who was in it, too. */
async function lookedBackAt(t) {
  past ??= hold()
  const { server, kept, ...rest } = await past
  const again = (name, at) => person(t, browser(), { server, name, storageState: kept[at] })
  const ana = await again('Ana', 0)
  return { ...rest, server, ana, cameBack: () => again('Bo', 1), page: ana.page }
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

/** Whether time passes on the page: where it is played, each picture has a time of its own. */
const passes = (page) =>
  page.getByRole('slider', { name: 'Moment' }).evaluate(async (slider) => {
    const before = slider.value
    for (let picture = 0; picture < 20; picture += 1) await new Promise(requestAnimationFrame)
    return slider.value !== before
  })

/** The ids of what `list` has after a record that is not as it was before it. */
async function changedIn(server, made, token, list, seq) {
  const [before, after] = await Promise.all(
    [seq - 1, seq].map(async (at) => (await request(server.http, `/api/maps/${made.id}?at=${at}`, { token }))[list]),
  )
  const was = new Set(before.map((one) => JSON.stringify(one)))
  return after.filter((one) => !was.has(JSON.stringify(one)))
}

const keys = async (page, ...pressed) => {
  for (const key of pressed) await page.keyboard.press(key)
}

test('hist_7 hist_8 a workshop is played, gone through and shared, and every moment is what it was', async (t) => {
  const { server, made, ana, page, last, lead } = await lookedBackAt(t)
  const exact = () => isExact(server, made, lead.token, page)
  await ana.open(`/map/${made.id}`)
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

test('hist_8 a replay is paused by key and by mouse, and goes by moments and speeds both ways', async (t) => {
  const { server, made, ana, cameBack, page, last, lead } = await lookedBackAt(t)
  await ana.open(`/map/${made.id}/history`)
  const slider = page.getByRole('slider', { name: 'Moment' })
  const [play, pause] = ['Play', 'Pause'].map((name) => page.getByRole('button', { name, exact: true }))
  await page.getByRole('button', { name: /^Vote closed/ }).waitFor()
  const stands = async () => {
    await play.waitFor()
    assert.equal(await passes(page), false, 'it stands')
    assert.ok((await shownAt(page)) < last, 'and not for want of more')
    await isExact(server, made, lead.token, page)
  }

  await page.keyboard.press('Space')
  await eventually('time passes', () => passes(page))
  await page.keyboard.press('Space')
  await stands()
  await slider.focus()
  await page.keyboard.press('Home')
  await play.click()
  await eventually('time passes', () => passes(page))
  await pause.click()
  await stands()

  await page.getByRole('button', { name: /^Vote opened/ }).click()
  const current = page.locator('.h-moment[aria-current=true]')
  await current.getByText('Vote opened').waitFor()
  await page.keyboard.press(']')
  await current.getByText('Vote closed').waitFor()
  await page.keyboard.press('[')
  await current.getByText('Vote opened').waitFor()
  await keys(page, '>', '>')
  await page.getByRole('button', { name: 'Speed: 5 times' }).waitFor()
  await page.keyboard.press('<')
  await page.getByRole('button', { name: 'Speed: 2 times' }).waitFor()

  // What is copied leads somebody else to the same moment.
  await ana.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Link to this moment' }).click()
  await page.getByText('Link to this moment copied').first().waitFor()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const bo = await cameBack()
  await bo.page.goto(link)
  await bo.page.getByRole('slider', { name: 'Moment' }).waitFor()
  assert.equal(await shownAt(bo.page), await shownAt(page))
  await bo.page.getByText('In the vote').first().waitFor()
})

test('the keys of the line go so many seconds, and the clock of a step is as it stood then', async (t) => {
  const { server, made, ana, page, lead } = await lookedBackAt(t)
  const { moments, sessions } = await request(server.http, `/api/maps/${made.id}/history`, { token: lead.token })
  await ana.open(`/map/${made.id}/history`)
  const slider = page.getByRole('slider', { name: 'Moment' })
  await page.getByRole('button', { name: /^Vote closed/ }).waitFor()
  // As far as there is anything to go to.
  const end = sessions[0].ended - sessions[0].began
  const [step, long] = [Math.min(5000, end), Math.min(60_000, end)]
  await slider.focus()
  const ways = [
    ['Home', 0],
    ['ArrowRight', step],
    ['ArrowLeft', 0],
    ['ArrowUp', step],
    ['ArrowDown', 0],
    ['PageUp', long],
    ['ArrowLeft', Math.max(long - 5000, 0)],
    ['PageDown', 0],
  ]
  for (const [key, place] of ways) {
    await page.keyboard.press(key)
    await becomes(`${key} goes to ${place}`, () => slider.inputValue(), String(place))
    await isExact(server, made, lead.token, page)
  }

  const then = page.getByRole('region', { name: 'The workshop at this moment' })
  const began = moments.filter(({ kind }) => kind === 'stepBegan')
  const brainstorm = moments.find(({ kind }) => kind === 'brainstormBegan')
  for (const [moment, place, title, minutes, since] of [
    [/^Step\s*Warm up/, 1, 'Warm up', 5, 0],
    [/^Step\s*What gets in the way/, 2, 'What gets in the way?', 10, 0],
    [/^Brainstorm began/, 2, 'What gets in the way?', 10, brainstorm.at - began[1].at],
  ]) {
    await page.getByRole('button', { name: moment }).click()
    await then.getByText(`Step ${place} of 3`).waitFor()
    await then.getByText(title, { exact: true }).waitFor()
    const seconds = minutes * 60 - Math.floor(since / 1000)
    await becomes(
      'the clock is as it stood',
      () => then.getByRole('timer').innerText(),
      [seconds / 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':'),
    )
  }
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
  const { ana, page, made } = await lookedBackAt(t)
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
  const { page, made, ana } = await lookedBackAt(t)
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

// The last one: it adds to what the others look at.
test('hist_8 a filter goes to the changes in a lane, also in one that is made later', async (t) => {
  const { server, made, ana, page, lead } = await lookedBackAt(t)
  await ana.open(`/map/${made.id}`)
  const map = await new MapPage(page).ready()
  await map.does('Add a lane of figures')
  await page.getByRole('textbox', { name: 'Name of the lane' }).waitFor()
  await page.keyboard.type('Days lost')
  await page.keyboard.press('Enter')
  await map.lane('Days lost').waitFor()
  await map.saved()
  await ana.open(`/map/${made.id}/history`)
  await page.getByRole('slider', { name: 'Moment' }).waitFor()
  const first = await shownAt(page)
  const only = async (lane) => {
    await page.getByRole('button', { name: /^Filter/ }).click()
    await page.getByRole('button', { name: 'Show everything' }).waitFor()
    for (const one of await page.getByRole('dialog').getByRole('checkbox', { checked: true }).all()) await one.uncheck({ force: true })
    await page.getByRole('checkbox', { name: lane }).check({ force: true })
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Filter: 1 choice' }).waitFor()
  }
  const next = async (from) => {
    await page.keyboard.press('.')
    return eventually('the next change', async () => {
      const seq = await shownAt(page)
      return seq > from && seq
    })
  }

  await only('Touchpoints')
  const touched = await changedIn(server, made, lead.token, 'cards', await next(first))
  assert.deepEqual(
    touched.map(({ lane }) => lane),
    ['touch'],
  )
  await page.getByRole('slider', { name: 'Moment' }).focus()
  await page.keyboard.press('Home')
  await becomes('back at the beginning', () => shownAt(page), first)
  assert.equal(await page.locator('.h-map').getByText('Days lost').count(), 0, 'the lane is not there yet')
  await only('Days lost')
  const lanes = await changedIn(server, made, lead.token, 'lanes', await next(first))
  assert.deepEqual(
    lanes.map(({ kind }) => kind),
    ['metric'],
  )
})
