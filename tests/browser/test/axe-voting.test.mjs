// Axe on voting: the bar and the cards while a vote is open, for a voter and for who watches, the list, the receipt, the end, the results, and
// what the other screens show of them.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { inMap } from '../harness/samples.mjs'
import { Member } from '../harness/facilitation.mjs'
import { closeVote, openVote, place } from '../harness/votes.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const opportunity = (id, text, fields) => ({ id, lane: 'opp', stage: 's1', text, ...fields })
const MAP = {
  format: 'cairn.map/1',
  title: 'Voted map',
  kind: 'current-state',
  stages: [{ id: 's1', title: 'Search' }],
  lanes: [
    { id: 'pain', kind: 'pain', title: 'Pains' },
    { id: 'opp', kind: 'opportunity', title: 'Opportunities' },
  ],
  cards: [
    { id: 'p1', lane: 'pain', stage: 's1', text: 'Nobody answers', severity: 4, sources: [{ kind: 'interview', title: 'Call' }] },
    opportunity('queue', 'Shorter queue', { impact: 5, value: 4, effort: 1, status: 'doing', owner: 'Ana', addresses: ['p1'] }),
    opportunity('form', 'One form', { impact: 2, value: 4, effort: 5, status: 'dropped' }),
    opportunity('chat', 'A chatbot', { due: '2020-01-01' }),
  ],
  comments: [],
}

test('a vote that is open, with live totals and names: the bar, the cards, the list', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, MAP)
  const lea = await Member.join(server, made, 'Lea', 'facilitator')
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const { page } = await comeIn(ana, made)
  await openVote(lea, { visibility: 'live', anonymous: false, seconds: 3000, dots: 12, mostPerCard: 8 })
  await place(lea, 1, { queue: 7 })
  await page.getByRole('listitem', { name: /: One form/ }).focus()
  await page.keyboard.press('2')
  await page.keyboard.press('9')
  await findsNothing(page, 'an open vote on the map')
  await page.getByRole('button', { name: 'Vote in a list' }).click()
  await page.getByRole('dialog').waitFor()
  await findsNothing(page, 'the vote in a list', '[role=dialog]')
})

test('an anonymous vote for who only watches, and the receipt of who votes', async (t) => {
  const { server, id, page } = await inMap(t, browser(), MAP)
  const host = new Member(server, id)
  await openVote(host, {})
  await page.getByRole('button', { name: 'Receipt' }).click()
  await page.getByRole('dialog').waitFor()
  await findsNothing(page, 'the receipt', '[role=dialog]')
})

test('the end of a vote, its result, and what list, matrix and report show of it', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, MAP)
  const lea = await Member.join(server, made, 'Lea', 'facilitator')
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const { page } = await comeIn(ana, made, 'observer')
  await openVote(lea, { anonymous: false })
  await page.getByRole('region', { name: 'Voting' }).waitFor()
  await findsNothing(page, 'a vote one only watches', '.map-page')
  await place(lea, 1, { queue: 2, form: 2, chat: 1 })
  await closeVote(lea, 1)
  await page.getByRole('region', { name: 'The vote that has ended' }).waitFor()
  await findsNothing(page, 'the result on the cards')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Show the result' }).click()
  await page.getByRole('dialog').waitFor()
  await findsNothing(page, 'the results of voting', '[role=dialog]')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
  const go = (tab) => page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: tab }).click()
  await go('Opportunities')
  await page.getByText('Dots are from the vote').waitFor()
  await findsNothing(page, 'opportunities with dots', '.o-screen')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('radio', { name: 'Matrix' }).click()
  await findsNothing(page, 'the matrix with dots', '.o-screen')
  await page.setViewportSize({ width: 1440, height: 900 })
  await go('Report')
  await page.getByRole('region', { name: 'What people voted for' }).waitFor()
  await findsNothing(page, 'a report with votes', '.report-screen')
})
