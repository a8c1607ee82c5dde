// Votes as a script would hold them, and what nobody may know before the end of one.

import assert from 'node:assert/strict'
import { request } from '../../conformance/harness/maps.mjs'

/** What a vote is like unless told. */
const SETUP = {
  question: 'What should we do first?',
  targets: {},
  dots: 5,
  mostPerCard: 2,
  visibility: 'secret',
  anonymous: true,
}

export const openVote = (facilitator, setup) => facilitator.does({ openRound: { setup: { ...SETUP, ...setup } } })

export const closeVote = (facilitator, round) => facilitator.does({ closeRound: { round } })

/** Each card with how many dots are on it from now on. */
export async function place(member, round, dots) {
  for (const [card, n] of Object.entries(dots)) await member.does({ vote: { round, card, dots: n } })
}

/** The closed votes, as a file of the map holds them. */
export async function closedVotes({ server, map, token }) {
  return (await request(server.http, `/api/maps/${map}/export?format=json`, { token })).rounds ?? []
}

/** The views of the workshop among what was heard, each parsed. */
const viewsIn = (heard) => heard.all(/\{"(?:shared|personal)":.*/gs).map((text) => JSON.parse(text))

/** Fails when a page shows or was sent what nobody may know before the end: a result of that round, or the total that somebody could count. */
export async function knowsNoTotal(who, pages, heard, { total, round }) {
  const views = viewsIn(heard)
  assert.ok(views.length > 0, `${who}: nothing was heard, the ears are deaf`)
  for (const { shared } of views) {
    const told = shared?.rounds.find(({ id }) => id === round)
    if (told !== undefined) assert.deepEqual([told.state, told.result, told.voters], ['open', undefined, undefined], `${who} was told a result`)
  }
  assert.deepEqual(heard.all(new RegExp(`":${total}[,}\\]]`, 'g')), [], `${who} was sent the total`)
  for (const page of pages) {
    const shown = await page.evaluate(() => document.documentElement.outerHTML)
    assert.doesNotMatch(shown, new RegExp(`\\b${total} dots|>${total}<`), `${who} can see the total`)
  }
}
