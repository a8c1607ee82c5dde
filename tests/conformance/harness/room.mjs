// One server and one map for a test, ended with it.

import { Crowd } from './clients.mjs'
import { Cairn } from './binary.mjs'
import { createMap, importMap, join } from './maps.mjs'
import { RawClient } from './raw.mjs'

/** A server for this test (`t`), with everything that the test makes in it. */
export async function withCairn(t, options) {
  const cairn = await Cairn.start(options)
  const crowd = new Crowd()
  const raws = []
  t.after(async () => {
    crowd.end()
    for (const raw of raws) raw.socket.terminate()
    await cairn.end()
  })
  return { cairn, crowd, raws }
}

/** A map on a server of `withCairn`, empty or of this document, and ways to join it. */
export async function newRoom({ cairn, crowd, raws }, document) {
  const { id, invites } = await (document === undefined ? createMap(cairn.http) : importMap(cairn.http, document))
  let joined = 0
  const token = async (role) => (await join(cairn.http, invites[role], `Person ${(joined += 1)}`)).token
  return {
    id,
    invites,
    token,
    join: (role, name) => join(cairn.http, invites[role], name),
    /** A stock client with its own identity. */
    client: async (version, { role = 'participant', ...options } = {}) =>
      crowd.add(version, cairn.sync, id, { token: await token(role), ...options }),
    /** A bare socket with its own identity, or with the given token. */
    raw: async (role = 'participant', { as, ...options } = {}) => {
      const raw = await RawClient.connect(cairn, id, as ?? (await token(role)), options)
      raws.push(raw)
      return raw
    },
  }
}
