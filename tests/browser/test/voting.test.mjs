// A vote from its opening to the report: by keyboard, on a phone, in two tabs, over a reload, a deletion and a killed server.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { becomes, eventually } from '../harness/eventually.mjs'
import { standing, tabTo } from '../harness/keys.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { ears, Member } from '../harness/facilitation.mjs'
import { closedVotes, closeVote, knowsNoTotal, openVote, place } from '../harness/votes.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const opportunity = (id, text, stage = 's1') => ({ id, lane: 'opp', stage, text, impact: 3, value: 3, effort: 3 })
const MAP = {
  format: 'cairn.map/1',
  title: 'Voted map',
  kind: 'current-state',
  stages: [
    { id: 's1', title: 'Search' },
    { id: 's2', title: 'Apply' },
  ],
  lanes: [
    { id: 'pain', kind: 'pain', title: 'Pains' },
    { id: 'opp', kind: 'opportunity', title: 'Opportunities' },
  ],
  cards: [
    { id: 'p1', lane: 'pain', stage: 's1', text: 'Nobody answers', severity: 4 },
    opportunity('queue', 'Shorter queue'),
    opportunity('form', 'One form'),
    opportunity('chat', 'A chatbot'),
    opportunity('slots', 'Evening slots', 's2'),
  ],
  comments: [],
}

const bar = (page) => page.getByRole('region', { name: 'Voting' })
const left = (page) => bar(page).locator('.v-bar__count').innerText()
/** The card on the map, by what it says. */
const onMap = (map, text) => map.card(text)
const nameOf = (map, text) => onMap(map, text).getAttribute('aria-label')
const said = (page) => page.getByRole('status').innerText()
const closedBar = (page) => page.getByRole('region', { name: 'The vote that has ended' })

/** Lea facilitates from a script; the others come with a browser. */
async function room(t, names, document = MAP) {
  const server = await serverFor(t)
  const made = await importMap(server, document)
  const lea = await Member.join(server, made, 'Lea', 'facilitator')
  const people = {}
  for (const name of names) {
    const user = await person(t, browser(), { server, name })
    const heard = ears(user)
    const map = await comeIn(user, made)
    await map.saved()
    people[name.toLowerCase()] = { user, map, page: map.page, heard }
  }
  return { server, made, lea, ...people }
}

test('VOTE-3 with the keyboard alone: dots are placed, counted, spoken, and never more than there are', async (t) => {
  const { lea, bo } = await room(t, ['Bo'])
  const { page, map } = bo
  const { keyboard } = page
  await openVote(lea, { dots: 5, mostPerCard: 3, question: 'What helps most?' })
  await bar(page).getByRole('heading', { name: 'What helps most?' }).waitFor()
  await becomes('it is said once', () => said(page), 'A vote has begun: What helps most? You have 5 dots, at most 3 on a card. Anonymous: nobody can see who placed what.')
  assert.equal(await left(page), '5 of 5 dots left')

  await tabTo(page, page.locator('[data-spot][tabindex="0"]').first())
  await onMap(map, 'Shorter queue').focus()
  await keyboard.press('+')
  await keyboard.press('+')
  assert.equal(await said(page), '2 dots on “Shorter queue”; 3 left')
  assert.match(await nameOf(map, 'Shorter queue'), /in the vote, 2 dots of yours/)
  await keyboard.press('-')
  assert.equal(await said(page), '1 dot on “Shorter queue”; 4 left')
  await keyboard.press('9')
  assert.equal(await said(page), '“Shorter queue” takes at most 3 dots of yours')
  await keyboard.press('3')
  await keyboard.press('ArrowDown')
  assert.match(await standing(page), /One form/)
  await keyboard.press('2')
  assert.equal(await left(page), '0 of 5 dots left')
  await keyboard.press('+')
  assert.equal(await said(page), 'No dots left. Take one back from another card first.')
  await bar(page).getByText('No dots left').waitFor()
  // A card that is not in the vote is quiet, and says so.
  await onMap(map, 'Nobody answers').focus()
  await keyboard.press('+')
  assert.equal(await said(page), '“Nobody answers” is not in this vote')
  assert.doesNotMatch(await nameOf(map, 'Nobody answers'), /vote/)

  await closeVote(lea, 1)
  await closedBar(page).getByText('“Shorter queue” has the most dots: 3. 1 voter took part.').waitFor()
  const [{ result, voters }] = await closedVotes(lea)
  assert.deepEqual(
    result.map(({ card, dots }) => [card, dots]),
    [
      ['queue', 3],
      ['form', 2],
    ],
  )
  assert.equal(voters, 1)
})

test('on a phone, in the list: dots, a withdrawn card, and the end while one is in it', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, MAP)
  const lea = await Member.join(server, made, 'Lea', 'facilitator')
  const cy = await person(t, browser(), { server, name: 'Cy', viewport: { width: 360, height: 740 }, hasTouch: true })
  const { page } = await comeIn(cy, made)
  await openVote(lea, { dots: 3, mostPerCard: 3 })
  await bar(page).getByRole('button', { name: 'Vote in a list' }).tap()
  const list = page.getByRole('dialog')
  await list.getByText('3 of 3 dots left').waitFor()
  await list.getByText('Anonymous: nobody can see who placed what').waitFor()
  const row = (text) => list.getByRole('listitem').filter({ hasText: text })
  await row('A chatbot').getByRole('button', { name: 'Place a dot on “A chatbot”' }).tap()
  await row('A chatbot').getByRole('button', { name: 'Place a dot on “A chatbot”' }).tap()
  await row('Evening slots').getByRole('button', { name: 'Place a dot on “Evening slots”' }).tap()
  await list.getByText('0 of 3 dots left').waitFor()
  assert.match(await row('A chatbot').innerText(), /2\s*dots of yours/)
  // Four rows of a thumb's size, and nothing that has to be pushed sideways.
  const { width, height } = await row('A chatbot').getByRole('button', { name: /^Take/ }).boundingBox()
  assert.ok(width >= 44 && height >= 44, `${width} × ${height}`)
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))

  // Somebody deletes the chatbot: its two dots are back, and a message says so.
  const bo = await person(t, browser(), { server, name: 'Bo' })
  const boMap = await comeIn(bo, made)
  await onMap(boMap, 'A chatbot').focus()
  await boMap.page.keyboard.press('Delete')
  await row('A chatbot').getByText('Withdrawn').waitFor()
  await list.getByText('2 of 3 dots left').waitFor()
  await becomes('it is told', () => said(page), '“A chatbot” was deleted. Your 2 dots on it are back: place them on another card.')
  assert.equal(await row('A chatbot').getByRole('button').count(), 0)
  // An undo brings it back into the vote, without the dots.
  await boMap.page.keyboard.press('Control+z')
  await row('A chatbot').getByRole('button', { name: /^Place/ }).waitFor()
  await list.getByText('2 of 3 dots left').waitFor()

  await closeVote(lea, 1)
  await list.getByText('It was closed or cancelled while you were here').waitFor()
  await list.getByRole('button', { name: 'Done' }).tap()
  await closedBar(page).getByText('“Evening slots” has the most dots: 1.').waitFor()
})

test('VOTE-3 who votes with names is told so before they place a dot: when it is opened, in the bar and in the list', async (t) => {
  const { lea, bo } = await room(t, ['Bo'])
  const { page } = bo
  await openVote(lea, { dots: 2, mostPerCard: 1, anonymous: false, question: 'Who begins?' })
  await becomes('it is said', () => said(page), 'A vote has begun: Who begins? You have 2 dots, one on a card. With names: when it closes, everyone sees who placed what.')
  const rule = bar(page).getByText('Names show when it closes', { exact: true })
  await rule.waitFor()
  assert.equal(await rule.getAttribute('title'), 'With names: when it closes, everyone sees who placed what')
  await bar(page).getByRole('button', { name: 'Vote in a list' }).click()
  await page.getByRole('dialog').getByText('With names: when it closes, everyone sees who placed what.').waitFor()
  assert.equal(await page.getByText('Anonymous', { exact: false }).count(), 0, 'it is called anonymous, too')
  assert.equal(await left(page), '2 of 2 dots left', 'told before anybody votes')
})

test('VOTE-2 two tabs of one person share a ballot, and racing each other never place more dots than there are', async (t) => {
  const { lea, dee } = await room(t, ['Dee'])
  const second = await dee.user.newTab()
  await second.goto(dee.page.url())
  await second.getByRole('grid').waitFor()
  await openVote(lea, { dots: 3, mostPerCard: 3, anonymous: false })
  for (const page of [dee.page, second]) await bar(page).getByText('3 of 3 dots left').waitFor()
  // What one places the other shows.
  const card = (page, text) => page.getByRole('grid').getByRole('listitem', { name: new RegExp(`: ${text}`) })
  await card(dee.page, 'Shorter queue').focus()
  await dee.page.keyboard.press('+')
  await becomes('the other tab shows it', () => left(second), '2 of 3 dots left')
  assert.match(await card(second, 'Shorter queue').getAttribute('aria-label'), /1 dot of yours/)

  // Both at once, on different cards, two dots each: there are only two left.
  await card(dee.page, 'One form').focus()
  await card(second, 'A chatbot').focus()
  // Whichever comes too late is told in words: by the server, or by its own page if that has heard of the other's dots before it sends.
  const refusal = (page) => page.getByText(/^Taken back: no dot on|^No dots left/)
  const told = Promise.any([dee.page, second].map((page) => refusal(page).first().waitFor().then(() => page)))
  await Promise.all([dee.page.keyboard.press('2'), second.keyboard.press('2')])
  const placed = (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('[data-card]')].reduce((sum, one) => sum + Number(/(\d+) dots? of yours/.exec(one.getAttribute('aria-label'))?.[1] ?? 0), 0),
    )
  await eventually('both tabs show three dots, the same', async () => {
    const [one, other] = [await placed(dee.page), await placed(second)]
    if (one !== 3 || other !== 3) throw new Error(`${one} and ${other}`)
    return true
  })
  for (const page of [dee.page, second]) assert.equal(await left(page), '0 of 3 dots left')
  const late = await told
  const first = late === dee.page ? second : dee.page
  assert.equal(await refusal(first).count(), 0, 'whichever was in time is told of no refusal')
  await closeVote(lea, 1)
  const [{ result }] = await closedVotes(lea)
  assert.deepEqual(
    Object.fromEntries(result.filter(({ dots }) => dots > 0).map(({ card, dots }) => [card, dots])),
    { queue: 1, [late === dee.page ? 'chat' : 'form']: 2 },
  )
})

test('VOTE-5 a reload, a killed server and a dot placed while it was away change no ballot and lose none', async (t) => {
  const { server, lea, eve } = await room(t, ['Eve'])
  const { page, map, user } = eve
  user.tolerate(SERVER_AWAY)
  await openVote(lea, { dots: 4, mostPerCard: 4 })
  await bar(page).getByText('4 of 4 dots left').waitFor()
  await onMap(map, 'Shorter queue').focus()
  await page.keyboard.press('2')
  await becomes('it is on the server', async () => (await left(page)) + (await page.locator('.v-bar__how').innerText()), '2 of 4 dots leftPress + or − on a card, all of them on one card if you like.')
  await page.reload()
  await map.ready()
  await becomes('the ballot is as it was', () => left(page), '2 of 4 dots left')
  assert.match(await nameOf(map, 'Shorter queue'), /2 dots of yours/)

  await server.kill()
  await map.says('Offline')
  await onMap(map, 'One form').focus()
  await page.keyboard.press('1')
  // It shows at once, and the bar says that it waits.
  assert.equal(await left(page), '1 of 4 dots left')
  await bar(page).getByText('Offline: your dots on 1 card wait').waitFor()
  await server.start()
  await page.locator('[data-waiting="0"]').waitFor()
  assert.equal(await left(page), '1 of 4 dots left')

  // Placed while away in a vote that ends before one is back, a dot goes back, with words.
  await server.kill()
  await map.says('Offline')
  await onMap(map, 'A chatbot').focus()
  await page.keyboard.press('1')
  await server.start()
  await closeVote(lea, 1)
  const shown = () => onMap(map, 'A chatbot').getAttribute('aria-label')
  await closedBar(page).waitFor()
  const [{ result, voters }] = await closedVotes(lea)
  const placed = Object.fromEntries(result.map(({ card, dots }) => [card, dots]))
  assert.deepEqual([placed.queue, placed.form, voters], [2, 1, 1])
  if (placed.chat === undefined) {
    await page.locator('.c-toast__detail', { hasText: 'Your last change on “A chatbot” may not have counted.' }).waitFor()
    assert.doesNotMatch(await shown(), /dot/)
  } else assert.match(await shown(), /1 dot in the vote/)
})

test('VOTE-12 no total is in anybody’s page or ears before the vote is closed; then it is on cards, in list, matrix, report and exports', async (t) => {
  const { server, made, lea, bo, fay } = await room(t, ['Bo', 'Fay'])
  const gil = await person(t, browser(), { server, name: 'Gil' })
  const gilHeard = ears(gil)
  const gilMap = await comeIn(gil, made, 'facilitator')
  const hana = await person(t, browser(), { server, name: 'Hana' })
  const hanaHeard = ears(hana)
  const hanaMap = await comeIn(hana, made, 'observer')
  await openVote(lea, { dots: 20, mostPerCard: 15, question: 'Which?' })
  // An observer sees that a vote is on, and has none.
  await bar(hanaMap.page).getByText('observers have no ballot').waitFor()
  assert.equal(await hanaMap.page.getByRole('button', { name: /^Place a dot/ }).count(), 0)
  // 9 + 4 + 4 on one card: nobody placed the 17 that nobody may know.
  await onMap(bo.map, 'Shorter queue').focus()
  await bo.page.keyboard.press('9')
  await onMap(fay.map, 'Shorter queue').focus()
  await fay.page.keyboard.press('4')
  await onMap(fay.map, 'One form').focus()
  await fay.page.keyboard.press('8')
  await place(lea, 1, { queue: 4, chat: 3, slots: 3 })
  const everyone = [
    ['Bo', [bo.page], bo.heard],
    ['Fay', [fay.page], fay.heard],
    ['the facilitator', [gilMap.page], gilHeard],
    ['the observer', [hanaMap.page], hanaHeard],
  ]
  // Seen by all on every screen they may go to.
  for (const [who, [page]] of everyone) {
    for (const tab of ['Opportunities', 'Report', 'Map']) {
      await page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: tab }).click()
      await page.getByRole('link', { name: tab, exact: true }).and(page.locator('[aria-current="page"]')).waitFor()
    }
    assert.equal(await page.getByText('17 dots').count(), 0, who)
  }
  for (const [who, pages, heard] of everyone) await knowsNoTotal(who, pages, heard, { total: 17, round: 1 })
  assert.deepEqual(await closedVotes(lea), [])

  await closeVote(lea, 1)
  const page = bo.page
  await closedBar(page).getByText('“Shorter queue” has the most dots: 17. 3 voters took part.').waitFor()
  // On the cards, seen and said; off and on again in the View menu.
  assert.match(await nameOf(bo.map, 'Shorter queue'), /17 dots in the vote, rank 1$/)
  await onMap(bo.map, 'A chatbot').getByText('rank 3=').waitFor()
  const toggle = async () => {
    await page.getByRole('button', { name: 'View', exact: true }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Dots of the last vote' }).click()
    await page.keyboard.press('Escape')
  }
  await toggle()
  await becomes('no dots on cards', () => page.locator('.v-result').count(), 0)
  await toggle()
  await becomes('four cards show theirs', () => page.locator('.v-result').count(), 4)

  // A tie at rank 3 and its run-off.
  await lea.does({ runOff: { round: 1, rank: 3 } })
  await bar(page).getByRole('heading', { name: 'Run-off: Which?' }).waitFor()
  await becomes('meanwhile the cards say nothing of before', () => page.locator('.v-result').count(), 0)
  assert.match(await nameOf(bo.map, 'A chatbot'), /in the vote, no dot of yours/)
  assert.doesNotMatch(await nameOf(bo.map, 'Shorter queue'), /dot/)
  await onMap(bo.map, 'Evening slots').focus()
  await page.keyboard.press('3')
  await place(lea, 2, { chat: 1 })
  await closeVote(lea, 2)
  await eventually('it is settled on the card', async () => /3 dots in the vote, rank 3 after a run-off/.test(await nameOf(bo.map, 'Evening slots')))
  assert.match(await nameOf(bo.map, 'A chatbot'), /rank 4 after a run-off/)

  // List, sorted by it, and its CSV.
  const go = (tab) => page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: tab }).click()
  await go('Opportunities')
  await page.getByText('Dots are from the vote Which?, 3 voters, ties settled by a run-off').waitFor()
  await page.getByRole('button', { name: 'Sort: Score' }).click()
  await page.getByRole('menuitem', { name: 'Votes' }).click()
  const order = () => page.locator('[data-opportunity]').evaluateAll((rows) => rows.map((row) => row.dataset.opportunity))
  await becomes('by votes', order, ['queue', 'form', 'slots', 'chat'])
  const saved = async (name) => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name }).click()
    return readFile(await (await download).path(), 'utf8')
  }
  const csv = await saved('Export CSV')
  assert.match(csv, /^\uFEFF"Rank","Score","Votes","Voters","Rank by votes","Opportunity"/)
  assert.match(csv, /,17,3,1,"Shorter queue"/)
  assert.match(csv, /,3,1,3,"Evening slots"/)
  await page.getByRole('radio', { name: 'Matrix' }).click()
  await page.getByRole('button', { name: /Shorter queue; .*17 dots in the vote, rank 1/ }).waitFor()

  await go('Report')
  const voted = page.getByRole('region', { name: 'What people voted for' })
  await voted.getByText('Which?').waitFor()
  assert.match(await voted.innerText(), /3 voters with 20 dots each.*Shorter queue[^\d]+17 dots\s+from 3 voters.*Evening slots[^\d]+3 dots, rank 1/s)
  const markdown = await saved('Download Markdown')
  assert.match(markdown, /## What people voted for\n\nWhich\? \(3 voters with 20 dots each, \d{4}-\d\d-\d\d, anonymous\)/)
  assert.match(markdown, /\| 3 \| Evening slots \| 3 \| 1 \| 3 dots, rank 1 \|/)

  // The file of the map, by the menu and from the folder; nothing of a vote that is open.
  await openVote(lea, { question: 'Still open?' })
  await place(lea, 3, { form: 2 })
  await bar(page).getByRole('heading', { name: 'Still open?' }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  await page.getByRole('radio', { name: /^JSON/ }).check({ force: true })
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const file = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  assert.deepEqual(
    file.rounds.map(({ question, runOffOf, voters }) => [question, runOffOf, voters]),
    [
      ['Which?', undefined, 3],
      ['Which?', 1, 2],
    ],
  )
  bo.user.tolerate(SERVER_AWAY)
  for (const user of [fay.user, gil, hana]) user.tolerate(SERVER_AWAY)
  await server.stop()
  const { stdout } = await server.run('export', made.id, '--format', 'json')
  assert.deepEqual(JSON.parse(stdout).rounds, file.rounds)
  await server.start()
  // What a map brings along it keeps.
  const again = await importMap(server, file)
  const lou = await Member.join(server, again, 'Lou')
  assert.deepEqual(await closedVotes(lou), file.rounds)
})
