// A whole workshop of ninety minutes, in fast time: one who facilitates and four who take part, one with a keyboard only, one on a phone, one
// with two tabs, one who loses the connection; from the agenda to a run-off to the report, with the server killed twice.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { becomes, eventually } from '../harness/eventually.mjs'
import { isSomewhere, tabTo } from '../harness/keys.mjs'
import { allEqual } from '../harness/map.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { chromiumForAll, importMap, joinByLink, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const idea = (id, text, stage) => ({ id, lane: 'opp', stage, text, impact: 3, value: 3, effort: 3 })
const MAP = {
  format: 'cairn.map/1',
  title: 'Returning a parcel',
  kind: 'current-state',
  scenario: 'From the wrong size to the money back',
  goal: 'Decide what to mend before Christmas',
  personas: [{ id: 'mira', name: 'Mira', primary: true }],
  stages: [
    { id: 'decide', title: 'Decide' },
    { id: 'send', title: 'Send' },
    { id: 'wait', title: 'Wait' },
    { id: 'settle', title: 'Settle' },
  ],
  lanes: [
    { id: 'touch', kind: 'touchpoint', title: 'Touchpoints' },
    { id: 'act', kind: 'action', title: 'Actions' },
    { id: 'feel', kind: 'emotion', title: 'Feelings' },
    { id: 'pain', kind: 'pain', title: 'Pains' },
    { id: 'opp', kind: 'opportunity', title: 'Opportunities' },
  ],
  cards: [
    { id: 'a1', lane: 'act', stage: 'decide', text: 'Tries it on' },
    idea('label', 'A label in the box', 'send'),
    idea('locker', 'Drop it in a locker', 'send'),
    idea('news', 'Say when it has arrived', 'wait'),
  ],
  comments: [],
}

const bar = (page) => page.getByRole('region', { name: 'Step under way' })
const timer = (page) => bar(page).getByRole('timer')
const deadline = (page) => timer(page).getAttribute('data-until')
const panel = (page) => page.getByRole('complementary', { name: 'Facilitate' })
const inPanel = (page, name) => panel(page).getByRole('button', { name })
const tab = (page, name) => panel(page).getByRole('tab', { name })
/** What everyone sees under the bar of the page, not the facilitator's panel. */
const live = (page, name) => page.locator('.map-page').getByRole('region', { name, exact: true }).and(page.locator(':not(.f-panel *)'))
const voting = (page) => live(page, 'Voting')
const brainstorm = (page) => live(page, 'Brainstorm')
const feeling = (page) => live(page, 'Emotion round')
const go = (page, screen) => page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: screen }).click()
const restart = async (server, people) => {
  for (const { user } of people) user.tolerate(SERVER_AWAY, /ERR_FAILED/, /\b(401|502|503)\b/)
  await server.kill()
  for (const { page } of people) await page.locator('[data-save-state="offline"]').waitFor()
  await server.start()
  for (const { page } of people) await page.locator('[data-save-state="saved"]').waitFor()
}

test('a whole workshop, from the agenda to the run-off to the report', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, MAP)
  const enter = async (name, role = 'participant', options = {}) => {
    const user = await person(t, browser(), { server, name, ...options })
    const map = await joinByLink(user, made, role)
    return { user, map, page: map.page }
  }
  const fay = await enter('Fay', 'facilitator')
  const kim = await enter('Kim')
  const pam = await enter('Pam', 'participant', { viewport: { width: 360, height: 740 }, hasTouch: true })
  const tom = await enter('Tom')
  const lou = await enter('Lou')
  const second = await tom.user.newTab()
  await second.goto(tom.page.url())
  await second.getByRole('grid').waitFor()
  const everyone = [fay, kim, pam, tom, lou]

  // The agenda, from a template.
  await fay.page.getByRole('button', { name: 'Facilitate' }).click()
  await inPanel(fay.page, 'Choose a template').click()
  await fay.page.getByRole('dialog').getByText('Layer by layer', { exact: true }).click()
  await fay.page.getByRole('button', { name: 'Use this agenda' }).click()
  await inPanel(fay.page, 'Start for everyone').click()
  for (const { page } of everyone) await bar(page).waitFor()
  await bar(second).waitFor()
  const clocks = await Promise.all([...everyone.map(({ page }) => deadline(page)), deadline(second)])
  assert.equal(new Set(clocks).size, 1, 'one clock for all')

  // The first kill, in the middle of a step: the deadline holds, and what was typed in between is there.
  await kim.map.cell('Actions', 1).focus()
  await kim.page.keyboard.press('n')
  await kim.page.keyboard.type('Prints a label')
  await kim.page.keyboard.press('Enter')
  await kim.page.keyboard.press('Escape')
  await kim.map.saved()
  await restart(server, [...everyone])
  for (const { page } of everyone) await becomes('the deadline is as it was', () => deadline(page), clocks[0])
  for (const { map } of [fay, tom, lou]) await map.card('Prints a label').waitFor()

  // Somebody works on without a connection; others meanwhile; all of it comes together.
  lou.user.tolerate(SERVER_AWAY)
  await lou.user.context.setOffline(true)
  await lou.map.says('Offline')
  await lou.map.addCard('Actions', 2, 'Looks at the app twice a day')
  await tom.map.addCard('Actions', 3, 'Counts the money')
  await lou.user.context.setOffline(false)
  await lou.map.saved()
  await fay.map.card('Looks at the app twice a day').waitFor()

  // Ready, by keyboard, by finger, in one of two tabs: the other shows it.
  const done = (page) => bar(page).getByRole('button', { name: 'I’m done' })
  await tabTo(kim.page, done(kim.page))
  await kim.page.keyboard.press('Enter')
  await done(pam.page).tap()
  await done(second).click()
  await becomes('one person is done in both tabs', () => done(tom.page).getAttribute('aria-pressed'), 'true')
  await bar(fay.page).getByText(/^3 of \d done$/).waitFor()
  await inPanel(fay.page, /^\+5 min/).click()
  for (const { page } of everyone) await becomes('five minutes more for all', async () => Number(await deadline(page)), Number(clocks[0]) + 300_000)
  await inPanel(fay.page, /^Next:/).click()
  await becomes('nobody is done with the next step', () => done(tom.page).getAttribute('aria-pressed'), 'false')

  // A brainstorm: everyone for themselves, then all at once.
  await tab(fay.page, 'Rounds').click()
  await inPanel(fay.page, 'New brainstorm').click()
  await panel(fay.page).getByRole('textbox', { name: 'Question' }).fill('What goes wrong?')
  await inPanel(fay.page, 'Start writing').click()
  for (const { page } of everyone) await brainstorm(page).waitFor()
  const write = async ({ map, page }, text) => {
    await map.cell('Pains', 1).focus()
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: /^Text of the private/ }).waitFor()
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.locator('[data-draft-state=saved]').first().waitFor()
  }
  await write(kim, 'The printer is at work')
  await write(tom, 'The queue at the post office')
  await write(lou, 'Nobody says what it costs')
  assert.equal(await fay.page.getByText('The printer is at work').count(), 0, 'nobody else sees it')
  await panel(fay.page).getByText(/^3 cards/).waitFor()
  await inPanel(fay.page, 'Reveal…').click()
  await inPanel(fay.page, 'Reveal 3 cards').click()
  for (const { map } of [fay, kim, tom, lou]) await map.card('The queue at the post office').waitFor()
  const { cards } = await request(server.http, `/api/maps/${made.id}`)
  assert.deepEqual(cards.filter(({ lane }) => lane === 'pain').map(({ author = '' }) => author), ['', '', ''], 'without names')

  // How it feels.
  await inPanel(fay.page, 'New emotion round').click()
  await inPanel(fay.page, 'Open the round').click()
  const answer = async ({ page }, keys) => {
    await feeling(page).waitFor()
    await page.getByRole('button', { name: 'Place your feelings' }).click()
    const sliders = page.getByRole('slider')
    await eventually('there is a slider for each stage', async () => (await sliders.count()) >= 4)
    for (const [place, key] of keys.entries()) {
      await sliders.nth(place).focus()
      for (let times = 0; times < 2; times += 1) await page.keyboard.press(key)
    }
  }
  await answer(kim, ['ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowRight'])
  await answer(tom, ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowRight'])
  await panel(fay.page).getByText('2 of 5').waitFor()
  await inPanel(fay.page, 'Close and show how it felt').click()
  for (const { page } of [fay, kim, tom, lou]) await page.getByRole('region', { name: 'The emotion round that has ended' }).waitFor()

  // The vote; the server is killed in it.
  await inPanel(fay.page, 'New vote').click()
  await inPanel(fay.page, 'Open the vote').click()
  for (const { page } of everyone) await voting(page).waitFor()
  const place = async ({ map, page }, text, key) => {
    await map.card(text).focus()
    await page.keyboard.press(key)
  }
  await tabTo(kim.page, kim.page.locator('[data-spot][tabindex="0"]').first())
  await place(kim, 'A label in the box', '2')
  await place(tom, 'Drop it in a locker', '2')
  await restart(server, everyone)
  await voting(pam.page).getByRole('button', { name: 'Vote in a list' }).tap()
  const list = pam.page.getByRole('dialog')
  await list.getByRole('button', { name: 'Place a dot on “Say when it has arrived”' }).tap()
  await list.getByRole('button', { name: 'Done' }).tap()
  await lou.user.context.setOffline(true)
  await lou.map.says('Offline')
  await place(lou, 'Say when it has arrived', '1')
  await lou.user.context.setOffline(false)
  await lou.map.says('Saved')
  await voting(lou.page).getByText('Offline:').waitFor({ state: 'detached' })
  await eventually('the server has every dot', async () => /\b4 of\b|\b4 have begun\b|4 have/.test(await panel(fay.page).innerText()))
  for (const { page } of everyone) assert.equal(await page.locator('.v-result').count(), 0, 'no total before the end')
  await inPanel(fay.page, 'Close and show the result').click()
  for (const { page } of [kim, tom, lou]) await page.getByRole('region', { name: 'The vote that has ended' }).waitFor()

  // All three have two dots: a run-off.
  await inPanel(fay.page, 'Run-off between them').click()
  for (const { page } of everyone) await voting(page).getByRole('heading', { name: /^Run-off/ }).waitFor()
  await place(kim, 'A label in the box', '2')
  await place(tom, 'A label in the box', '1')
  await place(lou, 'Drop it in a locker', '1')
  await eventually('the server has every dot', async () => /\b3 have begun\b|3 have/.test(await panel(fay.page).innerText()))
  await inPanel(fay.page, 'Close and show the result').click()
  await eventually('it is settled on the card', async () => /rank 1/.test(await kim.map.card('A label in the box').getAttribute('aria-label')))

  // The report says what was decided, to all, the phone included.
  for (const { page } of [kim, pam]) {
    await go(page, 'Report')
    const voted = page.getByRole('region', { name: 'What people voted for' })
    await voted.waitFor()
    assert.match(await voted.innerText(), /A label in the box/)
    await go(page, 'Map')
  }
  await tab(fay.page, 'Agenda').click()
  await inPanel(fay.page, /^Finish/).click()
  for (const { page } of everyone) await bar(page).waitFor({ state: 'detached' })
  for (const { map } of [fay, kim, tom, lou]) await map.saved()
  await isSomewhere(kim.page, 'at the end')
  await allEqual(server, made.id, [fay.map, kim.map, tom.map, lou.map])
})
