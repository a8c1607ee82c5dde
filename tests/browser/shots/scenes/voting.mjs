// Dot voting: the bar and the cards while a vote is open, the list, the facilitator's tab, results and votes side by side.

import { Member } from '../../harness/facilitation.mjs'
import { closeVote, openVote, place } from '../../harness/votes.mjs'

const VOTES = [
  { 'o-profile': 2, 'o-status': 2, 'o-evening': 1 },
  { 'o-profile': 2, 'o-two-days': 2, 'o-checklist': 1 },
  { 'o-status': 2, 'o-evening': 2, 'o-profile': 1 },
  { 'o-two-days': 2, 'o-status': 1, 'o-fit': 1 },
]
const NAMES = ['Bo Lindqvist', 'Chidi Okafor', 'Dana Weiss', 'Emil Sørensen']

/** A facilitator by script, four voters, and whoever looks, on the sample map. */
const room = async (stage, role = 'participant') => {
  const map = await stage.map('renting-a-flat.current.json', role)
  const lead = await Member.join(stage.server, stage.made, 'Lea Brandt', 'facilitator')
  const voters = []
  for (const name of NAMES) voters.push(await Member.join(stage.server, stage.made, name))
  return { map, lead, voters }
}
const opened = async (stage, setup, role) => {
  const found = await room(stage, role)
  await openVote(found.lead, { seconds: 180, ...setup })
  await stage.page.getByRole('region', { name: 'Voting' }).waitFor()
  return found
}
/** A first vote with a tie at the top, and the run-off that settles it. */
const held = async (stage, setup, role) => {
  const found = await opened(stage, setup, role)
  for (const [at, voter] of found.voters.entries()) await place(voter, 1, VOTES[at])
  await closeVote(found.lead, 1)
  return found
}
const toTheCards = (stage) => stage.page.getByRole('listitem', { name: /One tenant profile/ }).scrollIntoViewIfNeeded()
const press = async (stage, text, dots) => {
  const card = stage.page.getByRole('listitem', { name: new RegExp(text) })
  await card.focus()
  for (let n = 0; n < dots; n += 1) await stage.page.keyboard.press('+')
}

/** The facilitator's tab of votes, beside the map. */
const tab = async (stage) => {
  await stage.page.getByRole('button', { name: 'Facilitate' }).click()
  await stage.page.getByRole('tab', { name: 'Rounds' }).click()
  await stage.page.getByRole('heading', { name: 'Votes', exact: true }).scrollIntoViewIfNeeded()
}

export default {
  'voting-open': async (stage) => {
    await room(stage, 'facilitator')
    await tab(stage)
    await stage.page.getByRole('button', { name: 'New vote' }).click()
    await stage.page.getByRole('heading', { name: 'Votes', exact: true }).scrollIntoViewIfNeeded()
  },
  'voting-progress': async (stage) => {
    const { voters } = await opened(stage, {}, 'facilitator')
    await tab(stage)
    for (const [at, voter] of voters.entries()) await place(voter, 1, VOTES[at])
    await stage.page.getByText(/voters are done/).waitFor()
  },
  'voting-tie': async (stage) => {
    const { lead, voters } = await held(stage, {}, 'facilitator')
    await lead.does({ runOff: { round: 1, rank: 1 } })
    await place(voters[0], 2, { 'o-profile': 2, 'o-status': 1 })
    await place(voters[1], 2, { 'o-status': 2 })
    await closeVote(lead, 2)
    await tab(stage)
    await stage.page.getByRole('button', { name: /^1 ?What should/ }).click()
  },
  'voting-map': async (stage) => {
    await opened(stage)
    await press(stage, 'One tenant profile', 2)
    await press(stage, 'A status page', 1)
  },
  'voting-named': async (stage) => {
    await opened(stage, { anonymous: false, visibility: 'live' })
    await toTheCards(stage)
  },
  'voting-watch': async (stage) => {
    await opened(stage, {}, 'observer')
    await toTheCards(stage)
  },
  'voting-list': async (stage) => {
    await opened(stage)
    await stage.page.getByRole('button', { name: 'Vote in a list' }).click()
    const more = stage.page.getByRole('button', { name: /^Place a dot on “Say in the first/ })
    await more.last().click()
    await more.last().click()
  },
  'voting-receipt': async (stage) => {
    await opened(stage)
    await stage.page.getByRole('button', { name: 'Receipt' }).click()
    await stage.page.getByRole('dialog').waitFor()
  },
  'voting-closed': async (stage) => {
    await held(stage)
    await stage.page.getByRole('region', { name: 'The vote that has ended' }).waitFor()
    await toTheCards(stage)
  },
  'voting-results': async (stage) => {
    await held(stage, { anonymous: false })
    await stage.page.getByRole('button', { name: 'Show the result' }).click()
    await stage.page.getByRole('dialog').waitFor()
  },
  'voting-opportunities': async (stage) => {
    await held(stage)
    await stage.tab('Opportunities')
    await stage.page.getByText('Dots are from the vote').waitFor()
    await stage.page.getByRole('button', { name: 'Sort: Score' }).click()
    await stage.page.getByRole('menuitem', { name: 'Votes' }).click()
  },
  'voting-matrix': async (stage) => {
    await held(stage)
    await stage.tab('Opportunities')
    await stage.page.getByRole('radio', { name: 'Matrix' }).click()
  },
  'voting-report': async (stage) => {
    const { lead, voters } = await held(stage)
    await lead.does({ runOff: { round: 1, rank: 1 } })
    await place(voters[0], 2, { 'o-profile': 2, 'o-status': 1 })
    await closeVote(lead, 2)
    await stage.tab('Report')
    await stage.page.getByRole('region', { name: 'What people voted for' }).scrollIntoViewIfNeeded()
  },
}
