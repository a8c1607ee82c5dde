// The facilitator's panel on the real server: an agenda made, run and changed by two who facilitate, and seen by nobody else.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join } from '../../conformance/harness/maps.mjs'
import { RawClient, readWorkshop, workshopFrame } from '../../conformance/harness/raw.mjs'
import { becomes, eventually } from '../harness/eventually.mjs'
import { isSomewhere, standing, tabTo } from '../harness/keys.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const panel = (page) => page.getByRole('complementary', { name: 'Facilitate' })
const button = (page, name) => panel(page).getByRole('button', { name })
const titles = (page) => panel(page).locator('.f-step__name').evaluateAll((all) => all.map((one) => one.lastChild.textContent))
const timer = (page) => panel(page).getByRole('timer')
const face = (page) => timer(page).innerText()
const saved = (page) => page.locator('[data-save-state="saved"]').waitFor()
/** As the panel shows so many milliseconds. */
const faceOf = (left) => {
  const seconds = Math.ceil(left / 1000)
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

/** The workshop as the server tells a newcomer. */
async function told(server, { id, invites }) {
  const { token } = await join(server.http, invites.observer, 'Obi')
  const client = await RawClient.connect(server, id, token)
  client.send(workshopFrame({ hello: {} }))
  const isShared = (frame) => readWorkshop(frame)?.shared !== undefined
  const { shared } = readWorkshop(await client.frame('the shared view comes', isShared))
  await client.end()
  return shared
}

async function workshop(t, names, more = {}) {
  const server = await serverFor(t)
  const made = await importMap(server)
  const people = await Promise.all(names.map((name) => person(t, browser(), { server, name, ...more })))
  return { server, made, people }
}

test('TIME-6 an agenda is made from a template and run by keyboard alone; a second facilitator and a restarted server agree', async (t) => {
  const { server, made, people } = await workshop(t, ['Ana', 'Bo', 'Cy'])
  const [ana, bo, cy] = people
  for (const user of people) user.tolerate(SERVER_AWAY, /ERR_FAILED/, /\b(401|502|503)\b/)
  await comeIn(ana, made, 'facilitator')
  await comeIn(bo, made, 'facilitator')
  await comeIn(cy, made)
  const { page } = ana
  const { keyboard } = page

  await page.getByRole('gridcell').first().focus()
  await keyboard.press('f')
  await becomes('the key leads into the panel', () => standing(page), 'Choose a template')
  await keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Agenda templates' })
  await dialog.waitFor()
  await tabTo(page, dialog.getByRole('radio', { name: /^Layer by layer/ }))
  await keyboard.press('ArrowRight')
  await dialog.getByRole('region', { name: 'Stage by stage' }).waitFor()
  await tabTo(page, dialog.getByRole('button', { name: 'Use this agenda' }))
  await keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await isSomewhere(page, 'after a template was taken')
  const agenda = ['Whose journey, and what for', 'Search', 'Apply', 'Move in', 'The whole journey', 'What happens next']
  await becomes('the agenda is made of this map’s stages', () => titles(page), agenda)

  await bo.page.getByRole('button', { name: 'Facilitate' }).click()
  await becomes('Bo sees the same', () => titles(bo.page), agenda)

  // A step is moved, and the focus goes along.
  await tabTo(page, button(page, /Move in/).first())
  await keyboard.press('Alt+ArrowUp')
  await becomes('Bo sees it moved', () => titles(bo.page), [...agenda.slice(0, 2), 'Move in', 'Apply', ...agenda.slice(4)])
  await eventually('the focus is on the step', async () => /Move in/.test(await standing(page)))
  await keyboard.press('Alt+ArrowDown')
  await becomes('and back', () => titles(bo.page), agenda)

  await tabTo(page, button(page, 'Start for everyone'), 'Shift+Tab')
  await keyboard.press('Enter')
  for (const user of [ana, bo]) await panel(user.page).getByText('Step 1 of 6').waitFor()
  await isSomewhere(page, 'after the start')
  await tabTo(page, button(page, 'Pause for all'))
  await keyboard.press('Enter')
  await button(bo.page, 'Resume for all').waitFor()
  const paused = (await told(server, made)).current.clock.paused.left
  for (const user of [ana, bo]) assert.equal(await face(user.page), faceOf(paused))
  await tabTo(page, button(page, /^\+5 min/))
  await keyboard.press('Enter')
  for (const user of [ana, bo]) await becomes('five minutes more', () => face(user.page), faceOf(paused + 300_000))
  await button(bo.page, 'Resume for all').click()
  await button(page, 'Pause for all').waitFor()

  const before = (await told(server, made)).current.clock.runs.until
  await server.kill()
  for (const user of people) await user.page.locator('[data-save-state="offline"]').waitFor()
  await server.start()
  for (const user of people) await saved(user.page)
  const { current } = await told(server, made)
  assert.equal(current.clock.runs.until, before, 'the server kept the deadline')
  for (const user of [ana, bo]) {
    assert.equal(await timer(user.page).getAttribute('data-until'), String(before))
    // What is counted down is that deadline, read off the server's clock: two views of it bracket what is on screen.
    await eventually('the time left is the server’s', async () => {
      const [earlier, shown, later] = [await told(server, made), await face(user.page), await told(server, made)]
      const [most, least] = [earlier, later].map(({ now }) => faceOf(before - now))
      if (shown <= most && shown >= least) return true
      throw new Error(`${shown} is not between ${least} and ${most}`)
    })
  }

  await tabTo(page, button(page, 'Next: Search'), 'Shift+Tab')
  await keyboard.press('Enter')
  for (const user of [ana, bo]) await panel(user.page).getByRole('heading', { name: 'Search' }).waitFor()
  assert.deepEqual((await told(server, made)).current.ready, [])

  assert.equal(await cy.page.getByRole('button', { name: 'Facilitate' }).count(), 0, 'a participant has no button')
  await cy.page.getByRole('gridcell').first().focus()
  await cy.page.keyboard.press('f')
  await cy.page.keyboard.press('Control+k')
  await cy.page.getByRole('combobox').fill('facilitate')
  await cy.page.getByText('Nothing is called so').waitFor()
  assert.equal(await panel(cy.page).count(), 0, 'nor a key')
})

test('steps are dragged by mouse and by finger, and dropped where the line is', async (t) => {
  const { server, made, people } = await workshop(t, ['Ana'], { hasTouch: true })
  const [ana] = people
  const { page } = ana
  await comeIn(ana, made, 'facilitator')
  await page.getByRole('button', { name: 'Facilitate' }).click()
  await button(page, 'Choose a template').click()
  await page.getByRole('dialog').getByText('Stage by stage', { exact: true }).click()
  await page.getByRole('button', { name: 'Use this agenda' }).click()
  const order = ['Whose journey, and what for', 'Search', 'Apply', 'Move in', 'The whole journey', 'What happens next']
  await becomes('there is an agenda', () => titles(page), order)
  const row = (title) => panel(page).locator('.f-step', { hasText: title })
  const middle = async (locator) => {
    const { x, y, width, height } = await locator.boundingBox()
    return { x: x + width / 2, y: y + height / 2 }
  }
  const drag = async (title, onto, past) => {
    const [from, to] = [await middle(row(title).locator('[data-grip]')), await middle(row(onto))]
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x, from.y + 12, { steps: 2 })
    await page.mouse.move(from.x, to.y + past, { steps: 6 })
    await panel(page).locator('[data-drop]').waitFor()
  }
  await drag('Move in', 'Search', -8)
  await page.mouse.up()
  const moved = ['Whose journey, and what for', 'Move in', 'Search', 'Apply', 'The whole journey', 'What happens next']
  await becomes('it stands before the other', () => titles(page), moved)
  await becomes('for everyone', async () => (await told(server, made)).agenda.map(({ title }) => title), moved)

  await drag('Search', 'What happens next', 8)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  assert.deepEqual(await titles(page), moved, 'Esc puts it back')

  const cdp = await page.context().newCDPSession(page)
  const touch = (type, point) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: point === undefined ? [] : [point] })
  const [from, to] = [await middle(row('Apply').locator('[data-grip]')), await middle(row('Move in'))]
  await touch('touchStart', from)
  for (let part = 1; part <= 8; part += 1) await touch('touchMove', { x: from.x, y: from.y + ((to.y - 8 - from.y) * part) / 8 })
  await touch('touchEnd')
  await becomes('a finger moves it, too', () => titles(page), [moved[0], 'Apply', 'Move in', 'Search', ...moved.slice(4)])
})

test('the panel stays open over the screens and a reload, beside one other at most where there is little room, and goes with the role', async (t) => {
  const { made, people, server } = await workshop(t, ['Ana', 'Bo'])
  const [ana, bo] = people
  const { page } = ana
  const map = await comeIn(ana, made, 'facilitator')
  await comeIn(bo, made, 'facilitator')
  await page.getByRole('button', { name: 'Facilitate' }).click()
  await panel(page).waitFor()
  const screens = page.getByRole('navigation', { name: 'Screens of this map' })
  for (const name of ['Opportunities', 'Report', 'Map']) {
    await screens.getByRole('link', { name }).click()
    await panel(page).getByText('No agenda yet').waitFor()
  }
  await page.reload()
  await map.ready()
  await panel(page).getByText('No agenda yet').waitFor()

  // There is room for both.
  const details = page.getByRole('complementary', { name: 'Card details' })
  await map.card('Compares listings').focus()
  await page.keyboard.press('Space')
  await details.waitFor()
  assert.equal(await panel(page).count(), 1)
  // And here there is not: the one that was asked for last.
  await page.setViewportSize({ width: 1100, height: 800 })
  await panel(page).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Facilitate' }).click()
  await panel(page).waitFor()
  assert.equal(await details.count(), 0)
  await map.card('Compares listings').focus()
  await page.keyboard.press('Space')
  await details.waitFor()
  assert.equal(await panel(page).count(), 0)
  await page.keyboard.press('Escape')
  await panel(page).waitFor()

  // On a phone it covers the map, which cannot be reached under it.
  await page.setViewportSize({ width: 390, height: 844 })
  assert.equal(await page.locator('#main').evaluate((main) => main.inert), true)
  await page.setViewportSize({ width: 1440, height: 900 })
  assert.equal(await page.locator('#main').evaluate((main) => main.inert), false)

  const { people: all } = await told(server, made)
  const participant = all.find(({ name }) => name === 'Ana').id
  await button(page, 'Close the panel').focus()
  await fetch(`${server.http}/api/maps/${made.id}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ command: { setRole: { participant, role: 'participant' } } }),
  })
  await panel(page).waitFor({ state: 'detached' })
  assert.equal(await page.getByRole('button', { name: 'Facilitate' }).count(), 0)
  await page.getByRole('status').getByText(/^You are a participant now\. Others facilitate from here on/).waitFor({ state: 'attached' })
  await isSomewhere(page, 'after the panel is gone')
})
