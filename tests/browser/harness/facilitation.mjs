// What a test of a workshop needs beside pages: a facilitator who acts without one, and ears on everything the server sends to a person.

import { join } from '../../conformance/harness/maps.mjs'
import { RawClient } from '../../conformance/harness/raw.mjs'

/** Somebody with the facilitator's invite and no page, until `end`. */
export class Facilitator {
  static async enter(server, made, name = 'Fay') {
    const { token, participant } = await join(server.http, made.invites.facilitator, name, {})
    return new Facilitator(server, made.id, token, participant)
  }

  constructor(server, map, token, participant) {
    Object.assign(this, { server, map, token, participant })
  }

  /** Carries a command out and fails when it is refused. A socket of its own each time: servers are killed in between. */
  async does(command) {
    const socket = await RawClient.connect(this.server, this.map, this.token)
    try {
      const answer = await socket.command(command)
      if (answer.refused !== undefined) throw new Error(`${JSON.stringify(command)} was refused: ${answer.why}`)
      return answer
    } finally {
      await socket.end()
    }
  }
}

/** Everything the sockets of this person's pages are sent, from before their first page on. Called right after `person`. */
export function ears(user) {
  const heard = []
  user.context.on('page', listen)
  for (const page of user.context.pages()) listen(page)
  function listen(page) {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => heard.push(Buffer.from(payload)))
    })
  }
  return {
    frames: () => heard.length,
    /** Whether these words were in any frame. */
    heard: (words) => heard.some((frame) => frame.includes(words)),
  }
}
