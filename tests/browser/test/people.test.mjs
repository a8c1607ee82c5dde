// People among each other: roles, hand over, removal, invites and their QR code, hands, the parking lot, the facilitator's call, following.

import assert from 'node:assert/strict'
import { test } from 'node:test'
// Reads a QR code off pixels, as a phone would: pure, no dependencies.
import jsQR from 'jsqr'
import { request } from '../../conformance/harness/maps.mjs'
import { becomes, eventually } from '../harness/eventually.mjs'
import { readSample } from '../harness/samples.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** A map taller than the screen, with these people in it: names, with the role they come by and what is special about their browser. */
async function workshop(t, people) {
  const server = await serverFor(t)
  const made = await importMap(server, await readSample('renting-a-flat.current.json'))
  const there = []
  for (const [name, role = 'participant', options = {}] of people) {
    const user = await person(t, browser(), { server, name, ...options })
    const sockets = []
    user.page.on('websocket', (socket) => sockets.push(socket))
    there.push({ user, page: user.page, sockets, map: await comeIn(user, made, role) })
  }
  return { server, made, there }
}

const faces = (page) => page.getByRole('button', { name: /here.*Show everyone/ })
const roster = (page) => page.getByRole('dialog', { name: 'People in this map' })
const message = (page, words) => page.getByRole('region', { name: 'Messages' }).getByText(words)

/** Opens the menu of one person, as a facilitator. */
async function optionsFor(page, who) {
  if (!(await roster(page).isVisible())) await faces(page).click()
  await roster(page).getByRole('button', { name: `Options for ${who}` }).click()
  return page.getByRole('menu')
}

/** What the roster says of everyone, line by line. */
const lines = (page) => roster(page).getByRole('listitem').evaluateAll((rows) => rows.map((row) => row.querySelector('.people__name').innerText.replace(/\n/g, ', ')))

test('ROLE-3 facilitation is handed over: the other first, then oneself, and both are told', async (t) => {
  const { there: [ana, bo] } = await workshop(t, [['Ana', 'facilitator'], ['Bo']])
  await (await optionsFor(ana.page, 'yourself')).getByRole('menuitemradio', { name: 'Participant' }).waitFor()
  for (const role of ['Participant', 'Observer']) {
    assert.equal(await ana.page.getByRole('menuitemradio', { name: role }).getAttribute('aria-disabled'), 'true', `the only facilitator could become ${role}`)
  }
  await ana.page.keyboard.press('Escape')
  await (await optionsFor(ana.page, 'Bo')).getByRole('menuitem', { name: /^Hand over/ }).click()
  const dialog = ana.page.getByRole('dialog', { name: 'Hand over facilitation to Bo?' })
  await dialog.getByText('Bo becomes a facilitator first').waitFor()
  await dialog.getByRole('button', { name: 'Hand over' }).click()
  await message(ana.page, 'You are a participant').waitFor()
  await message(bo.page, 'You are a facilitator now').waitFor()
  await faces(bo.page).click()
  await becomes('Bo sees who is what', () => lines(bo.page), ['Bo (you), Facilitator', 'Ana, Participant'])
  await roster(bo.page).getByRole('button', { name: 'Options for Ana' }).waitFor()
  await faces(ana.page).click()
  await roster(ana.page).getByRole('button', { name: 'Follow Bo' }).waitFor()
  assert.equal(await roster(ana.page).getByRole('button', { name: /^Options/ }).count(), 0, 'Ana still facilitates')
})

test('a second facilitator is made at any time, and then the first may step back', async (t) => {
  const { there: [ana, bo] } = await workshop(t, [['Ana', 'facilitator'], ['Bo']])
  await (await optionsFor(ana.page, 'Bo')).getByRole('menuitemradio', { name: 'Facilitator' }).click()
  await message(ana.page, 'Bo facilitates now').waitFor()
  await message(bo.page, 'You are a facilitator now').waitFor()
  await (await optionsFor(ana.page, 'yourself')).getByRole('menuitemradio', { name: 'Observer' }).click()
  await message(ana.page, 'You are an observer now').waitFor()
  await ana.page.getByText('You are watching.').waitFor()
  await (await optionsFor(bo.page, 'Ana')).getByRole('menuitemradio', { name: 'Participant' }).click()
  await message(ana.page, 'You can take part now').waitFor()
})

test('ROLE-6 who is removed is out at once, on every way back; a link made anew keeps them out', async (t) => {
  const { server, made, there: [ana, bo] } = await workshop(t, [['Ana', 'facilitator'], ['Bo']])
  bo.user.tolerate(/\b401\b/)
  const [{ name: cookie, value: token }] = await bo.user.context.cookies()
  assert.notEqual(token, '', cookie)
  await request(server.http, `/api/maps/${made.id}/me`, { token })

  await (await optionsFor(ana.page, 'Bo')).getByRole('menuitem', { name: /^Remove/ }).click()
  const asked = ana.page.getByRole('alertdialog', { name: 'Remove Bo?' })
  await asked.getByText('So do the dots they placed').waitFor()
  await asked.getByText('participants', { exact: true }).click()
  await asked.getByRole('button', { name: 'Remove', exact: true }).click()
  await message(ana.page, 'Bo was removed').waitFor()

  await bo.page.getByRole('heading', { name: 'You are no longer in this map' }).waitFor()
  await eventually('every socket of Bo has ended', () => bo.sockets.length > 0 && bo.sockets.every((socket) => socket.isClosed()))
  await assert.rejects(request(server.http, `/api/maps/${made.id}/me`, { token }), /: 401/)
  await assert.rejects(request(server.http, '/api/join', { method: 'POST', body: { invite: made.invites.participant, name: 'Bo' } }), /: 40[134]/)
  const invite = await ana.page.evaluate((map) => JSON.parse(localStorage.getItem(`cairn.invites.${map}`)).participant, made.id)
  assert.notEqual(invite, made.invites.participant)
  const cy = await person(t, browser(), { server, name: 'Cy' })
  await comeIn(cy, { id: made.id, invites: { participant: invite } })
  await faces(ana.page).click()
  await becomes('Bo is not in the roster', () => lines(ana.page), ['Ana (you), Facilitator', 'Cy, Participant'])
})

test('an invite is shown as a QR code that leads in, until the link is replaced', async (t) => {
  const { server, made, there: [ana, bo] } = await workshop(t, [['Ana', 'facilitator'], ['Bo']])
  await ana.page.getByRole('button', { name: 'Share' }).click()
  const row = ana.page.getByRole('region', { name: 'Participants' })
  // She came by another link: none for participants is in this browser.
  await row.getByRole('button', { name: 'Make a link…' }).click()
  await row.getByText('The participant who is in stays in.').waitFor()
  await row.getByRole('button', { name: 'Make a new link' }).click()
  await row.getByRole('button', { name: 'Show QR code for participants' }).click()
  const large = ana.page.getByRole('dialog', { name: /^Join “/ })
  const code = large.getByRole('img', { name: /^QR code/ })
  await code.waitFor()
  const link = await decoded(ana.page, await code.screenshot())
  assert.match(link, new RegExp(`^${server.http}/join/${made.id}#[\\w-]{43}$`))
  assert.ok(!link.endsWith(made.invites.participant), 'the old link is shown')
  assert.equal(await large.locator('.qr__link').innerText(), link)

  await ana.page.keyboard.press('Escape')
  await large.waitFor({ state: 'detached' })
  assert.equal(await row.getByRole('textbox').inputValue(), link)
  const cy = await person(t, browser(), { server, name: 'Cy' })
  await comeIn(cy, { id: made.id, invites: { participant: link.split('#')[1] } })

  await row.getByRole('button', { name: 'Replace the link…' }).click()
  await row.getByText('The 2 participants who are in stay in.').waitFor()
  await row.getByRole('button', { name: 'Make a new link' }).click()
  await eventually('another link is there', async () => (await row.getByRole('textbox').inputValue()) !== link)
  const dee = await person(t, browser(), { server, name: 'Dee' })
  dee.tolerate(/\/api\/join: .*\b40[134]\b/)
  await dee.page.goto(link)
  await dee.page.getByRole('textbox', { name: 'Your name' }).fill('Dee')
  await dee.page.getByRole('button', { name: 'Join' }).click()
  await dee.page.getByRole('alert').getByText('This invite no longer works').waitFor()
  // Whoever is in has not noticed.
  await bo.map.addCard('Touchpoints', 0, 'Still here')
  await bo.map.saved()
  const requests = [ana, bo, { user: cy }, { user: dee }].flatMap(({ user }) => user.requests)
  assert.ok(!requests.some((url) => url.replace(/#.*/, '').includes(link.split('#')[1])), 'the token went over the wire in an address')
})

test('a link that another facilitator replaced is shown to nobody any more', async (t) => {
  const { there: [ana, bo] } = await workshop(t, [['Ana', 'facilitator'], ['Bo', 'facilitator']])
  ana.user.tolerate(/\/api\/invite: .*\b403\b/)
  const row = ({ page }) => page.getByRole('region', { name: 'Participants' })
  for (const who of [ana, bo]) {
    await who.page.getByRole('button', { name: 'Share' }).click()
    await row(who).getByRole('button', { name: 'Make a link…' }).click()
    await row(who).getByRole('button', { name: 'Make a new link' }).click()
    await row(who).getByRole('textbox').waitFor()
    await who.page.getByRole('dialog', { name: 'Invite people' }).getByRole('button', { name: 'Close' }).click()
  }
  for (const [who, holds] of [[bo, 1], [ana, 0]]) {
    await who.page.getByRole('button', { name: 'Share' }).click()
    await row(who).getByRole('button', { name: holds === 1 ? 'Replace the link…' : 'Make a link…' }).waitFor()
    await becomes(`${who.user.name} holds ${holds} links`, () => row(who).getByRole('textbox').count(), holds)
  }
})

/** The text of a QR code in the middle of a picture. */
async function decoded(page, png) {
  const side = 400
  const data = await page.evaluate(
    async ([source, side]) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: side, height: side })
      const context = canvas.getContext('2d')
      const part = Math.min(image.width, image.height)
      context.drawImage(image, (image.width - part) / 2, (image.height - part) / 2, part, part, 0, 0, side, side)
      return [...context.getImageData(0, 0, side, side).data]
    },
    [`data:image/png;base64,${png.toString('base64')}`, side],
  )
  return jsQR(Uint8ClampedArray.from(data), side, side)?.data
}

test('FLOOR-1 hands are raised and seen by all, in their order, and lowered by facilitators', async (t) => {
  const { there: [ana, bo, cy] } = await workshop(t, [['Ana', 'facilitator'], ['Bo'], ['Cy']])
  await faces(cy.page).click()
  const hand = (page) => roster(page).getByRole('button', { name: 'Raise hand' })
  assert.equal(await hand(cy.page).getAttribute('aria-pressed'), 'false')
  await hand(cy.page).click()
  await becomes('Cy’s hand is up', () => hand(cy.page).getAttribute('aria-pressed'), 'true')
  await bo.map.does('Raise your hand')
  await ana.page.getByRole('button', { name: /3 people here, 2 hands up/ }).click()
  await becomes('hands come first', () => lines(ana.page), ['Cy, Participant', 'Bo, Participant', 'Ana (you), Facilitator'])
  await roster(ana.page).getByRole('button', { name: 'Lower the hand of Cy' }).click()
  await becomes('Cy’s hand is down', () => hand(cy.page).getAttribute('aria-pressed'), 'false')
  await becomes('Bo is left', () => lines(ana.page), ['Bo, Participant', 'Ana (you), Facilitator', 'Cy, Participant'])
})

test('FLOOR-2 things are parked, taken out by their author, and made cards by a facilitator', async (t) => {
  const { there: [ana, bo, cy] } = await workshop(t, [['Ana', 'facilitator'], ['Bo'], ['Cy']])
  const lot = ({ page }) => page.getByRole('dialog', { name: 'Parking lot' })
  const park = async (who, words) => {
    await lot(who).getByRole('textbox', { name: 'Park something' }).fill(words)
    await who.page.keyboard.press('Enter')
    await lot(who).getByText(words).waitFor()
  }
  await ana.map.cell('Touchpoints', 1).focus()
  for (const who of [ana, bo, cy]) await who.map.does('Open the parking lot')
  await park(bo, 'Who pays?')
  await park(bo, 'Ask the bank')
  await lot(cy).getByText('Ask the bank').waitFor()
  assert.equal(await lot(cy).getByRole('button', { name: /^(Take out|Make)/ }).count(), 0, 'Cy may take out what Bo parked')
  await lot(bo).getByRole('button', { name: 'Take out “Who pays?”' }).click()
  await lot(cy).getByText('Who pays?').waitFor({ state: 'detached' })
  await lot(ana).getByRole('button', { name: /^Make “Ask the bank” a card in Touchpoints/ }).click()
  await lot(cy).getByText('Nothing is parked').waitFor()
  await cy.page.keyboard.press('Escape')
  await cy.map.cell('Touchpoints', 1).getByRole('listitem', { name: /Ask the bank/ }).waitFor()
})

/** Whether the middle of a place of the map is on this person's screen. */
const inSight = (place) =>
  place.evaluate((element) => {
    const box = element.getBoundingClientRect()
    const view = element.closest('.m-scroller').getBoundingClientRect()
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
    return x > view.left && x < view.right && y > view.top && y < view.bottom
  })
const sees = (map, text) => inSight(map.card(text))
const scrolled = ({ page }) => page.locator('.m-scroller').evaluate(({ scrollTop, scrollLeft }) => [scrollTop, scrollLeft])
const toTop = ({ page }) => page.locator('.m-scroller').evaluate((scroller) => scroller.scrollTo(0, 0))

/** A card below what the screen shows at first, and one that is there at once. */
const FAR = 'One page in the app'
const NEAR = 'Listing portal'

test('SPOT-1 everyone is brought to a place once: who types is asked, who stepped out stays, who is on another screen comes', async (t) => {
  const { there: [ana, bo, cy, dee] } = await workshop(t, [['Ana', 'facilitator'], ['Bo'], ['Cy'], ['Dee']])
  const banner = ({ page }) => page.getByRole('region', { name: 'Where everyone was brought' })
  await bo.page.getByRole('link', { name: 'Opportunities' }).click()
  await cy.map.edit(NEAR)
  await cy.page.keyboard.type(' still typing')
  const cysPlace = await scrolled(cy)
  assert.equal(await sees(dee.map, FAR), false, 'the card is in sight anyway')

  await ana.map.card(FAR).focus()
  await ana.map.does('Bring everyone here')
  await banner(ana).getByText('You brought everyone to').waitFor()
  await eventually('Bo has come from the opportunities', () => sees(bo.map, FAR))
  await eventually('Dee is there', () => sees(dee.map, FAR))
  await becomes('Dee stands there', () => dee.page.evaluate(() => document.activeElement.textContent.includes('One page in the app')), true)
  await banner(cy).getByRole('button', { name: 'Go there' }).waitFor()
  assert.deepEqual(await scrolled(cy), cysPlace, 'Cy was torn out')
  await cy.page.keyboard.type(', and on')
  await cy.page.keyboard.press('Enter')
  await ana.map.grid.getByRole('listitem', { name: /still typing, and on/ }).waitFor()

  // Once for each call: who goes elsewhere is left alone, whatever else happens.
  await toTop(bo)
  await dee.map.does('Raise your hand')
  await bo.page.getByRole('button', { name: /1 hand up/ }).waitFor()
  assert.deepEqual(await scrolled(bo), [0, 0])

  await banner(dee).getByRole('button', { name: 'Step out' }).click()
  await toTop(dee)
  await ana.map.does('Bring everyone here')
  await eventually('the second call brings Bo', () => sees(bo.map, FAR))
  await eventually('and Cy, who types no more', () => sees(cy.map, FAR))
  await banner(dee).getByText('You stepped out').waitFor()
  assert.deepEqual(await scrolled(dee), [0, 0], 'Dee was taken along')
  await banner(dee).getByRole('button', { name: 'Come back in' }).click()
  await eventually('Dee has come back in', () => sees(dee.map, FAR))

  await banner(ana).getByRole('button', { name: 'Let everyone go' }).click()
  for (const who of [ana, bo, cy, dee]) await banner(who).waitFor({ state: 'detached' })
})

test('SPOT-1 a cell and a stage are places to bring everyone to', async (t) => {
  // Bo's window is narrow: the last stage is out of sight.
  const { there: [ana, bo] } = await workshop(t, [['Ana', 'facilitator'], ['Bo', 'participant', { viewport: { width: 900, height: 700 } }]])
  const banner = bo.page.getByRole('region', { name: 'Where everyone was brought' })
  const standsOn = () => bo.page.evaluate(() => document.activeElement.dataset.spot)
  const bring = async (place) => {
    await place(ana.map).focus()
    assert.equal(await inSight(place(bo.map)), false, 'the place is in sight anyway')
    await ana.map.does('Bring everyone here')
    await eventually('Bo sees the place', () => inSight(place(bo.map)))
  }
  await bring((map) => map.cell('Pains', 5))
  await becomes('Bo stands in the cell', standsOn, 'cell pain first-month')
  await banner.getByText('Pains, First month').waitFor()
  await toTop(bo)
  await bring((map) => map.stage('First month'))
  await becomes('Bo stands on the stage', standsOn, 'stage first-month')
  await banner.getByText('stage “First month”').waitFor()
})

test('the facilitator’s panel has everyone, the hands that are up, and the way to bring them along', async (t) => {
  const { there: [ana, bo] } = await workshop(t, [['Ana', 'facilitator'], ['Bo']])
  await bo.map.does('Raise your hand')
  await ana.page.getByRole('button', { name: 'Facilitate' }).click()
  await ana.page.getByRole('tab', { name: 'People 1 hand up' }).click()
  const tab = ana.page.getByRole('tabpanel', { name: /^People/ })
  await tab.getByRole('button', { name: 'Lower the hand of Bo' }).click()
  await ana.page.getByRole('tab', { name: 'People', exact: true }).waitFor()
  await ana.map.card(FAR).focus()
  await tab.getByRole('button', { name: 'Bring everyone to my view' }).click()
  await eventually('Bo has come', () => sees(bo.map, FAR))
  await tab.getByRole('button', { name: 'Let everyone go' }).click()
  await bo.page.getByRole('region', { name: 'Where everyone was brought' }).waitFor({ state: 'detached' })
  // No link for participants is in her browser: where links are made she can have one.
  await tab.getByRole('button', { name: 'Show QR code' }).click()
  await ana.page.getByRole('dialog', { name: 'Invite people' }).waitFor()
})

test('SPOT-1 the view itself can be what everyone is brought to; who reloads is not taken there twice', async (t) => {
  // Bo did not ask for less motion: his view moves smoothly, and comes to the same place.
  const { there: [ana, bo] } = await workshop(t, [['Ana', 'facilitator'], ['Bo', 'participant', { reducedMotion: 'no-preference' }]])
  const scroller = ana.page.locator('.m-scroller')
  await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight))
  await ana.map.does('Bring everyone to my view')
  await eventually('Bo looks further down', async () => (await scrolled(bo))[0] > 0)
  await bo.page.reload()
  await bo.map.ready()
  await bo.page.getByRole('region', { name: 'Where everyone was brought' }).getByRole('button', { name: 'Go back there' }).click()
  await eventually('Bo looks further down again', async () => (await scrolled(bo))[0] > 0)
})

test('one follows somebody until one scrolls, presses Escape, or they leave', async (t) => {
  const { there: [ana, bo] } = await workshop(t, [['Ana'], ['Bo']])
  const banner = bo.page.getByRole('region', { name: 'Whom you follow' })
  const follow = async () => {
    await faces(bo.page).click()
    await roster(bo.page).getByRole('button', { name: 'Follow Ana' }).click()
    await banner.getByText('You follow Ana').waitFor()
  }
  await ana.map.card(NEAR).focus()
  await follow()
  await ana.map.card(FAR).focus()
  await eventually('Bo sees where Ana went', () => sees(bo.map, FAR))
  await ana.map.card(NEAR).focus()
  await eventually('and where she went back to', () => sees(bo.map, NEAR))

  await bo.page.locator('.m-scroller').hover()
  await bo.page.mouse.wheel(0, 40)
  await banner.waitFor({ state: 'detached' })
  await toTop(bo)
  await ana.map.card(FAR).focus()
  await bo.map.grid.getByText('Ana', { exact: true }).first().waitFor()
  assert.deepEqual(await scrolled(bo), [0, 0], 'Bo still follows')

  await follow()
  await eventually('Bo is taken to where Ana is', () => sees(bo.map, FAR))
  await bo.page.keyboard.press('Escape')
  await banner.waitFor({ state: 'detached' })

  await bo.map.does('Follow Ana')
  await banner.waitFor()
  await ana.user.context.close()
  await message(bo.page, 'Ana has left').waitFor()
  await banner.waitFor({ state: 'detached' })
})
