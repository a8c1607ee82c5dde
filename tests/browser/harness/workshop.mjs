// The beginning of most tests: a server, a map with two stages and three lanes, and people who come in by its link.

import { after, before } from 'node:test'
import { Cairn } from '../../conformance/harness/binary.mjs'
import { request } from '../../conformance/harness/maps.mjs'
import { MapPage } from './map.mjs'
import { launch, User } from './users.mjs'

/** One Chromium for the tests of a file; `browser()` once they run. */
export function chromiumForAll() {
  let browser
  before(async () => {
    browser = await launch()
  })
  after(() => browser?.close())
  return () => browser
}

/** Small enough to see whole, with an emotion lane for the curve. */
export const SMALL_MAP = {
  format: 'cairn.map/1',
  title: 'Small map',
  kind: 'current-state',
  personas: [{ id: 'p1', name: 'Mira', primary: true }],
  stages: [
    { id: 's1', title: 'Search' },
    { id: 's2', title: 'Apply' },
    { id: 's3', title: 'Move in' },
  ],
  lanes: [
    { id: 'l1', kind: 'touchpoint', title: 'Touchpoints' },
    { id: 'l2', kind: 'action', title: 'Actions' },
    { id: 'l3', kind: 'emotion', title: 'Feelings' },
  ],
  cards: [
    { id: 'c1', lane: 'l2', stage: 's1', text: 'Compares listings' },
    { id: 'c2', lane: 'l3', stage: 's1', text: 'Hopeful', score: 1, persona: 'p1' },
    { id: 'c3', lane: 'l3', stage: 's2', text: 'Lost in forms', score: -1, persona: 'p1' },
    { id: 'c4', lane: 'l3', stage: 's3', text: 'Relieved', score: 1.5, persona: 'p1' },
  ],
  comments: [],
}

const endings = new WeakMap()

/** Ends what a test began, the last first: browsers close before their server goes, so that a page has nothing to complain of. */
function atEnd(t, end) {
  const known = endings.get(t)
  if (known !== undefined) return known.unshift(end)
  const list = [end]
  endings.set(t, list)
  t.after(async () => {
    const failures = []
    for (const one of list) await one().catch((error) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  })
}

/** A server of the test's own, ended with it. */
export async function serverFor(t, options) {
  const server = await Cairn.start(options)
  atEnd(t, () => server.end())
  return server
}

/** A person with a browser of their own; the end of the test checks what their pages did. */
export async function person(t, browser, options) {
  const user = await User.open(browser, options)
  atEnd(t, () => user.end())
  return user
}

export const importMap = (server, document = SMALL_MAP) =>
  request(server.http, '/api/maps/import', { method: 'POST', body: document })

/** Opens an invite link, types a name, presses Join: in. */
export async function joinByLink(user, { id, invites }, role = 'participant') {
  await user.open(`/join/${id}#${invites[role]}`)
  await user.page.getByRole('textbox', { name: 'Your name' }).fill(user.name)
  await user.page.getByRole('button', { name: 'Join' }).click()
  return new MapPage(user.page).ready()
}

/** Into the map with the invite, by the interface: for whoever is only needed inside. A page less is drawn than by the link. */
export async function comeIn(user, { id, invites }, role = 'participant') {
  const joined = await user.context.request.post(`${user.server.http}/api/join`, {
    data: { map: id, invite: invites[role], name: user.name },
  })
  if (!joined.ok()) throw new Error(`joining answered ${joined.status()}: ${await joined.text()}`)
  await user.open(`/map/${id}`)
  return new MapPage(user.page).ready()
}

/** Two people on the small map or the given one, each with a browser of their own. */
export async function anaAndBo(t, browser, document) {
  const server = await serverFor(t)
  const made = await importMap(server, document)
  const [ana, bo] = await Promise.all(['Ana', 'Bo'].map((name) => person(t, browser, { server, name })))
  const [a, b] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  return { server, map: made.id, ana, bo, a, b }
}

/** A facilitator's command, sent as a script would: on this machine whoever reaches the server is the host. */
export const command = (server, map, what) =>
  request(server.http, `/api/maps/${map}/commands`, { method: 'POST', body: { command: what } })

/** A step of an agenda, all but what is given as plain as can be. */
export const step = (title, more = {}) => ({
  title,
  instructions: '',
  focus: {},
  mode: 'open',
  lock: false,
  atZero: 'wait',
  ...more,
})

/** Gives a map its first agenda and begins one of its steps, by its place from 0. */
export async function begin(server, map, steps, place = 0) {
  await command(server, map, { setAgenda: { steps } })
  // Steps are numbered from 1 (AGENDA-3).
  await command(server, map, { startStep: { id: place + 1 } })
}
