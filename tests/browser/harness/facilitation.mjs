// What a test of a workshop needs beside pages: people without a page, who act over HTTP as a script would, and ears on everything the
// server sends to somebody's browser.

import { join, request } from '../../conformance/harness/maps.mjs'

/** Somebody in a map without a browser. */
export class Member {
  static async join(server, made, name, role = 'participant') {
    const { participant, token } = await join(server.http, made.invites[role], name)
    return new Member(server, made.id, participant, token)
  }

  constructor(server, map, participant, token) {
    Object.assign(this, { server, map, participant, token })
  }

  does(command) {
    return request(this.server.http, `/api/maps/${this.map}/commands`, { method: 'POST', token: this.token, body: { command } })
  }
}

export const facilitator = (server, made) => Member.join(server, made, 'Fay', 'facilitator')

/** Everything the sockets of this person's pages are sent from now on. Called before their first page is opened. */
export function ears(user) {
  const heard = []
  const listen = (page) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => heard.push(Buffer.from(payload)))
    })
  }
  user.context.on('page', listen)
  for (const page of user.context.pages()) listen(page)
  return {
    frames: () => heard.length,
    /** Whether these words were in any frame. */
    heard: (words) => heard.some((frame) => frame.includes(words)),
    /** Everything in any frame that looks so. */
    all: (pattern) => heard.flatMap((frame) => frame.toString('latin1').match(pattern) ?? []),
  }
}
