// People who vote over HTTP, as a script would, beside those with a browser; and a browser's ears, which keep every frame its pages receive.

import assert from 'node:assert/strict'
import { join, request } from '../../conformance/harness/maps.mjs'

/** What a vote is like unless told. */
export const SETUP = {
  question: 'What should we do first?',
  targets: {},
  dots: 5,
  mostPerCard: 2,
  visibility: 'secret',
  anonymous: true,
}

/** Somebody in a map without a browser. */
export class Member {
  static async join(server, made, name, role = 'participant') {
    const { participant, token } = await join(server.http, made.invites[role], name)
    return new Member(server, made.id, participant, token)
  }

  constructor(server, map, participant, token) {
    Object.assign(this, { server, map, participant, token })
  }

  do(command) {
    return request(this.server.http, `/api/maps/${this.map}/commands`, { method: 'POST', token: this.token, body: { command } })
  }

  get(path) {
    return request(this.server.http, `/api/maps/${this.map}${path}`, { token: this.token })
  }

  async vote(round, dots) {
    for (const [card, n] of Object.entries(dots)) await this.do({ vote: { round, card, dots: n } })
  }

  openRound(setup) {
    return this.do({ openRound: { setup: { ...SETUP, ...setup } } })
  }

  /** The closed votes, as a file of the map holds them. */
  async closed() {
    return (await this.get('/export?format=json')).rounds ?? []
  }
}

/** Everything the pages of a person receive from now on, as text: frames of sockets, and bodies of answers. Called before a page is opened. */
export function ears(user) {
  const heard = []
  const listen = (page) => {
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload.toString('latin1'))))
    page.on('response', (answer) => {
      if (!new URL(answer.url()).pathname.startsWith('/api/')) return
      answer.body().then((body) => heard.push(body.toString('latin1')), () => undefined)
    })
  }
  user.context.on('page', listen)
  for (const page of user.context.pages()) listen(page)
  return heard
}

/** The views of the workshop among what was heard, each parsed. */
export function views(heard) {
  return heard.flatMap((frame) => {
    const start = frame.search(/\{"(shared|personal)":/)
    if (start < 0) return []
    try {
      return [JSON.parse(frame.slice(start))]
    } catch {
      return []
    }
  })
}

/** Fails when a page shows or has received what nobody may know before the end: a total, or a result of that round. */
export async function knowsNoTotal(who, pages, heard, total, round) {
  assert.ok(views(heard).length > 0, `${who}: nothing was heard, the ears are deaf`)
  for (const { shared } of views(heard)) {
    const told = shared?.rounds.find(({ id }) => id === round)
    if (told !== undefined) assert.deepEqual([told.state, told.result, told.voters], ['open', undefined, undefined], `${who} was told a result`)
  }
  const frames = heard.filter((frame) => frame.includes(`"dots":${total}`) || frame.includes(`":${total},`) || frame.includes(`":${total}}`))
  assert.deepEqual(frames, [], `${who} received the total`)
  for (const page of pages) {
    const shown = await page.evaluate(() => document.documentElement.outerHTML)
    assert.doesNotMatch(shown, new RegExp(`\\b${total} dots|>${total}<`), `${who} can see the total`)
  }
}
