// A whole workshop of ninety minutes, in fast time: one who facilitates and four who take part, one with a keyboard only, one on a phone, one
// with two tabs, one who loses the connection; from the agenda to a run-off to the report, with the server killed twice.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { becomes } from '../harness/eventually.mjs'
import { Attendee, WithFinger, WithKeys } from '../harness/hands.mjs'
import { isSomewhere } from '../harness/keys.mjs'
import { allEqual } from '../harness/map.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { chromiumForAll, command, importMap, person, serverFor } from '../harness/workshop.mjs'

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
    { id: 'hope', kind: 'expectation', title: 'Expectations' },
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
const LABEL = { lane: 'Opportunities', stage: 1, text: 'A label in the box' }
const LOCKER = { lane: 'Opportunities', stage: 1, text: 'Drop it in a locker' }
const NEWS = { lane: 'Opportunities', stage: 2, text: 'Say when it has arrived' }

/** What the template makes of this map, and what happens in each of its steps. */
const AGENDA = [
  ['Whose journey, and what for', 5, sayWhoIsDone],
  ['The stages, in their words', 5],
  ['What they do', 8, writeWhatTheyDo],
  ['Where they meet us', 8, ({ second }) => second.addCard('Touchpoints', 1, 'The form in the parcel')],
  ['What they expect, and what happens', 7, ({ kim }) => kim.addCard('Expectations', 2, 'A word within two days')],
  ['Break', 7],
  ['How it feels', 8, sayHowItFeels],
  ['Where it hurts, alone', 6, writeWhatHurts],
  ['Where it hurts, together', 8],
  ['What could be better, alone', 6, writeIdeas],
  ['What could be better, together', 8],
  ['Vote: what first', 4, voteAndRunOff],
  ['What happens next', 10, readReports],
]

const bar = (page) => page.getByRole('region', { name: 'Step under way' })
const deadline = (page) => bar(page).getByRole('timer').getAttribute('data-until')
const done = (page) => bar(page).getByRole('button', { name: 'I’m done' })
const panel = (page) => page.getByRole('complementary', { name: 'Facilitate' })
const inPanel = (page, name) => panel(page).getByRole('button', { name })
const tab = (page, name) => panel(page).getByRole('tab', { name })
/** What everyone sees under the bar of the page, not the facilitator's panel. */
const live = (page, name) => page.locator('.map-page').getByRole('region', { name, exact: true }).and(page.locator(':not(.f-panel *)'))
const voting = (page) => live(page, 'Voting')
const ended = (page) => page.getByRole('region', { name: 'The vote that has ended' })

test('a whole workshop, from the agenda to the run-off to the report', async (t) => {
  const room = await gather(t)
  const { fay, screens } = room
  await makeAgenda(fay)
  await inPanel(fay.page, 'Start for everyone').click()
  for (const [at, [title, , during]] of AGENDA.entries()) {
    for (const { page } of screens) {
      await bar(page).getByRole('heading', { name: title, exact: true }).waitFor()
      await bar(page).getByText(`Step ${at + 1} of ${AGENDA.length}`).first().waitFor({ state: 'attached' })
    }
    const clocks = await Promise.all(screens.map(({ page }) => deadline(page)))
    assert.equal(new Set(clocks).size, 1, `one clock for all in “${title}”`)
    assert.ok(Number(clocks[0]) > 0, `no time for “${title}”`)
    await during?.(room)
    await isSomewhere(room.kim.page, `at the end of “${title}”`)
    await timeIsUp(room)
    const [next] = AGENDA[at + 1] ?? []
    await inPanel(fay.page, next === undefined ? 'Finish for everyone' : `Next: ${next}`).click()
  }
  for (const { page } of screens) await bar(page).waitFor({ state: 'detached' })
  for (const { map } of screens) await map.saved()
  assert.deepEqual(await Promise.all([room.kim, room.pam, room.lou].map((one) => one.pointers())), [[], ['touch'], ['mouse']])
  const { cells } = await allEqual(room.server, room.made.id, screens.map(({ map }) => map))
  assert.equal(Object.values(cells).flat().length, MAP.cards.length + 13, 'every card that was written is there')
})

/** Everyone comes in by a link: Kim by keys, Pam by finger, Tom twice. `screens` is each page there is, `voters` whoever takes part. */
async function gather(t) {
  const server = await serverFor(t)
  const made = await importMap(server, MAP)
  const enter = async (Hands, name, { role, ...options } = {}) => {
    const user = await person(t, browser(), { server, name, ...options })
    return new Hands(user).join(made, role)
  }
  const fay = await enter(Attendee, 'Fay', { role: 'facilitator' })
  const kim = await enter(WithKeys, 'Kim')
  const pam = await enter(WithFinger, 'Pam', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  const tom = await enter(Attendee, 'Tom')
  const second = await tom.secondTab()
  const lou = await enter(Attendee, 'Lou')
  return { server, made, fay, kim, pam, tom, second, lou, voters: [kim, pam, tom, lou], screens: [fay, kim, pam, tom, second, lou] }
}

async function makeAgenda({ page }) {
  await page.getByRole('button', { name: 'Facilitate' }).click()
  await inPanel(page, 'Choose a template').click()
  await page.getByRole('dialog').getByText('Layer by layer', { exact: true }).click()
  await page.getByRole('button', { name: 'Use this agenda' }).click()
  const steps = () =>
    panel(page).locator('.f-steps > li').evaluateAll((all) =>
      all.map((one) => [one.querySelector('.f-step__name').lastChild.textContent, Number.parseInt(one.querySelector('.f-step__minutes').textContent)]),
    )
  await becomes('the template is the agenda', steps, AGENDA.map(([title, minutes]) => [title, minutes]))
  assert.equal(AGENDA.reduce((sum, [, minutes]) => sum + minutes, 0), 90)
}

/** What is left of the step goes by at once. */
async function timeIsUp({ server, made, screens }) {
  await command(server, made.id, { extend: { seconds: -3600 } })
  for (const { page } of screens) await bar(page).locator('[data-phase="zero"]').waitFor()
}

async function kill({ server, screens }) {
  for (const { user } of screens) user.tolerate(SERVER_AWAY, /ERR_FAILED/, /\b(401|502|503)\b/)
  const before = await Promise.all(screens.map(({ page }) => deadline(page)))
  await server.kill()
  for (const { page } of screens) await page.locator('[data-save-state="offline"]').waitFor()
  await server.start()
  for (const { page } of screens) await page.locator('[data-save-state="saved"]').waitFor()
  for (const [at, { page }] of screens.entries()) await becomes('the deadline is as it was', () => deadline(page), before[at])
}

/** The first step: by keyboard, by finger, in one of two tabs, and the other shows it. More time is more for all. */
async function sayWhoIsDone({ fay, kim, pam, tom, second, screens }) {
  const before = Number(await deadline(fay.page))
  for (const one of [kim, pam, second]) await one.press(done(one.page))
  await becomes('one person is done in both tabs', () => done(tom.page).getAttribute('aria-pressed'), 'true')
  await bar(fay.page).getByText('3 of 4 done', { exact: true }).waitFor()
  await inPanel(fay.page, /^\+5 min/).click()
  for (const { page } of screens) await becomes('five minutes more for all', async () => Number(await deadline(page)), before + 300_000)
}

/** The server is killed with a card just written; somebody works on without a connection, others meanwhile, and all of it comes together. */
async function writeWhatTheyDo(room) {
  const { fay, kim, pam, tom, second, lou } = room
  for (const { page } of [kim, pam, tom, second, lou]) assert.equal(await done(page).getAttribute('aria-pressed'), 'false', 'done with a step that has just begun')
  await kim.addCard('Actions', 1, 'Prints a label')
  await kim.map.saved()
  await kill(room)
  for (const { map } of [fay, tom, second, lou]) await map.card('Prints a label').waitFor()
  await lou.user.context.setOffline(true)
  await lou.map.says('Offline')
  await lou.addCard('Actions', 2, 'Looks at the app twice a day')
  await tom.addCard('Actions', 3, 'Counts the money')
  assert.equal(await lou.map.card('Counts the money').count(), 0, 'Lou has a connection')
  await lou.user.context.setOffline(false)
  await lou.map.saved()
  await lou.map.card('Counts the money').waitFor()
  await fay.map.card('Looks at the app twice a day').waitFor()
}

const FELT = [
  ['Decide', '+1, Good', '+0.5; +1; +1; +2'],
  ['Send', '−1, Bad', '−2; −1; −1; −1'],
  ['Wait', '−2, Awful', '−2; −2; −2; −1'],
  ['Settle', '+1, Good', '+0.5; +1; +1; +2'],
]

async function sayHowItFeels({ fay, kim, pam, tom, lou, screens }) {
  await tab(fay.page, 'Rounds').click()
  await inPanel(fay.page, 'New emotion round').click()
  await inPanel(fay.page, 'Open the round').click()
  for (const { page } of screens) await live(page, 'Emotion round').waitFor()
  await kim.feel([1, -1, -2, 0.5])
  await pam.feel([2, -2, -2, 1])
  await tom.feel([0.5, -1, -1, 1])
  await lou.feel([1, -1, -2, 2])
  await panel(fay.page).getByText('4 of 5 are done').waitFor()
  await inPanel(fay.page, 'Close and show how it felt').click()
  for (const { page } of screens) {
    await page.getByRole('region', { name: 'The emotion round that has ended' }).getByText('Widest disagreement: Decide, 4 answers').waitFor()
  }
}

/** The step itself begins a brainstorm in its lane: everyone for themselves, then all at once. */
async function begunWithStep({ screens }, title, lane) {
  for (const { page } of screens) {
    await live(page, 'Brainstorm').getByRole('heading', { name: title }).waitFor()
    await live(page, 'Brainstorm').getByText(`About ${lane}.`).waitFor()
  }
}

async function reveal({ fay }, count) {
  await panel(fay.page).getByText(new RegExp(`^${count} cards`)).waitFor()
  await inPanel(fay.page, 'Reveal…').click()
  await inPanel(fay.page, `Reveal ${count} cards`).click()
}

async function writeWhatHurts(room) {
  const { server, made, fay, kim, pam, tom, second, lou, screens } = room
  await begunWithStep(room, 'Where it hurts, alone', 'Pains')
  await kim.draft('Pains', 1, 'The printer is at work')
  await pam.draft('Which box does it fit?')
  await tom.draft('Pains', 1, 'The queue at the post office')
  await second.drafted('The queue at the post office').waitFor()
  await second.draft('Pains', 2, 'Nobody answers the phone')
  await tom.drafted('Nobody answers the phone').waitFor()
  await lou.draft('Pains', 1, 'Nobody says what it costs')
  for (const { name, page } of [fay, pam, tom, second, lou]) assert.equal(await page.getByText('The printer is at work').count(), 0, `${name} sees what Kim wrote`)
  await reveal(room, 5)
  for (const { map } of screens) {
    for (const text of ['Which box does it fit', 'The queue at the post office']) await map.card(text).waitFor()
  }
  const { cards } = await request(server.http, `/api/maps/${made.id}`)
  assert.deepEqual(cards.filter(({ lane }) => lane === 'pain').map(({ author = '' }) => author), ['', '', '', '', ''], 'without names')
}

async function writeIdeas(room) {
  const { kim, pam, lou } = room
  await begunWithStep(room, 'What could be better, alone', 'Opportunities')
  await kim.draft('Opportunities', 1, 'Print it at the shop')
  await pam.draft('Ask for the size twice')
  await lou.draft('Opportunities', 3, 'Pay back at once')
  await reveal(room, 3)
  for (const { map } of room.screens) await map.card('Ask for the size twice').waitFor()
}

/** A vote that ends in a tie, with the server killed in it, and the run-off that settles it. */
async function voteAndRunOff(room) {
  const { fay, kim, pam, tom, second, lou, screens } = room
  await inPanel(fay.page, 'New vote').click()
  await inPanel(fay.page, 'Open the vote').click()
  for (const { page } of screens) await voting(page).getByText('3 of 3 dots left').waitFor()
  await kim.vote(LABEL, 2)
  await kim.vote(NEWS, 1)
  await tom.vote(LOCKER, 1)
  await hasDots(second, LOCKER, 1)
  await kill(room)
  await hasDots(kim, LABEL, 2)
  await second.vote(LOCKER, 2)
  await hasDots(tom, LOCKER, 2)
  await voting(tom.page).getByText('1 of 3 dots left').waitFor()
  await pam.vote(LOCKER, 1)
  await pam.vote(NEWS, 1)
  await lou.user.context.setOffline(true)
  await lou.map.says('Offline')
  await lou.vote(LABEL, 1)
  await lou.user.context.setOffline(false)
  await lou.map.says('Saved')
  await closeVote(room, 'A tie: “A label in the box” and “Drop it in a locker” have 3 dots each. 4 voters took part.', [
    ['Rank 1=', LABEL.text, '3 dots from 2 voters'],
    ['Rank 1=', LOCKER.text, '3 dots from 2 voters'],
    ['Rank 3', NEWS.text, '2 dots from 2 voters'],
  ])

  await inPanel(fay.page, 'Run-off between them').click()
  for (const { page } of screens) await voting(page).getByRole('heading', { name: /^Run-off/ }).waitFor()
  await kim.vote(LABEL, 1)
  await second.vote(LOCKER, 2)
  await pam.vote(LOCKER, 1)
  await lou.vote(LABEL, 1)
  await closeVote(room, '“Drop it in a locker” has the most dots: 3. 4 voters took part.', [
    ['Rank 1', LOCKER.text, '3 dots from 2 voters'],
    ['Rank 2', LABEL.text, '2 dots from 2 voters'],
  ])
  for (const { map } of screens) {
    await map.card(LOCKER.text).getByText('rank 1').waitFor({ state: 'attached' })
    assert.match(await map.card(LOCKER.text).getAttribute('aria-label'), /3 dots in the vote, rank 1 after a run-off/)
    assert.match(await map.card(LABEL.text).getAttribute('aria-label'), /3 dots in the vote, rank 2 after a run-off/)
  }
}

const hasDots = ({ map, page }, { text }, dots) =>
  map.card(text).and(page.getByRole('listitem', { name: new RegExp(`\\b${dots} dots? of yours`) })).waitFor()

/** Nobody knows a total before; then everyone knows the same. */
async function closeVote({ fay, screens, voters }, outcome, places) {
  await panel(fay.page).getByText(/\b4 have begun$/).waitFor()
  for (const { page } of screens) assert.equal(await page.locator('.v-result').count(), 0, 'a total before the end')
  await inPanel(fay.page, 'Close and show the result').click()
  for (const { page } of screens) await ended(page).getByText(outcome).waitFor()
  for (const one of [fay, ...voters]) assert.deepEqual(await one.result(), places, `the result as ${one.name} sees it`)
}

const DECIDED = [
  ['Rank 1', LOCKER.text, '3 dots from 2 voters', 'In the run-off: 3 dots, rank 1'],
  ['Rank 2', LABEL.text, '3 dots from 2 voters', 'In the run-off: 2 dots, rank 2'],
  ['Rank 3', NEWS.text, '2 dots from 2 voters'],
]

/** The report says what was decided and how it felt, to all, the phone included. */
async function readReports({ fay, voters }) {
  for (const one of [fay, ...voters]) {
    const { votedBy, votes, felt } = await one.report()
    assert.match(votedBy, /^What should we do first\? .*4 voters with 3 dots each/)
    assert.deepEqual(votes, DECIDED, `the votes in the report of ${one.name}`)
    assert.deepEqual(felt, FELT, `the feelings in the report of ${one.name}`)
  }
}
