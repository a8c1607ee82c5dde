// A workshop with a past: held by a facilitator's script and people at their pages, from the first step to a vote and a reveal.

import { eventually } from './eventually.mjs'
import { Member } from './facilitation.mjs'
import { closeVote, openVote, place } from './votes.mjs'
import { begin, step } from './workshop.mjs'

const STEPS = [
  step('Warm up', { minutes: 5 }),
  step('What gets in the way?', { minutes: 10 }),
  step('What first?', { minutes: 8, mode: 'vote' }),
]

/** What the record of a page's last edit is, once the server has it. */
export async function lastSeq(server, map, token) {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${server.http}/api/maps/${map}/history`, { headers })
  return (await answer.json()).seq
}

/**
 * Holds it on a sample map: `pages` are two people at their screens, in the order of their names. Gives who facilitated and what came of it.
 */
export async function holdWorkshop(server, made, [first, second]) {
  const lead = await Member.join(server, made, 'Lea Brandt', 'facilitator')
  const quiet = await Member.join(server, made, 'Emil Sørensen')
  const voters = [await Member.join(server, made, 'Chidi Okafor'), await Member.join(server, made, 'Dana Weiss')]
  await begin(server, made.id, STEPS)
  await first.addCard('Pains', 0, 'Listings that are gone')
  await second.addCard('Touchpoints', 1, 'Call to the agent')
  await lead.does({ nextStep: {} })
  await second.edit('Listings that are gone')
  await second.page.keyboard.type(' by the time one calls')
  await second.page.keyboard.press('Enter')
  await second.saved()
  await lead.does({ startBrainstorm: { setup: { prompt: 'What would you never do again?', signed: false } } })
  for (const [at, member] of voters.entries()) {
    const cell = await somePlace(server, made.id, lead.token)
    await member.does({ writeDraft: { draft: `d${at}`, ...cell, text: at === 0 ? 'Sign without a visit' : 'Fax my papers' } })
  }
  await lead.does({ reveal: {} })
  await lead.does({ nextStep: {} })
  await openVote(lead, { seconds: 180 })
  await place(voters[0], 1, { 'o-profile': 2, 'o-status': 1 })
  await place(voters[1], 1, { 'o-profile': 2 })
  await closeVote(lead, 1)
  await lead.does({ finishAgenda: {} })
  await first.addCard('Opportunities', 0, 'Say how old a listing is')
  await first.saved()
  const last = await eventually('the history has all of it', () => lastSeq(server, made.id, lead.token))
  return { lead, quiet, last }
}

/** A cell for a draft: the first pain lane and the first stage. */
async function somePlace(server, map, token) {
  const answer = await fetch(`${server.http}/api/maps/${map}`, { headers: { authorization: `Bearer ${token}` } })
  const { lanes, stages } = await answer.json()
  return { lane: lanes.find(({ kind }) => kind === 'pain').id, stage: stages[1].id }
}
