// Concurrent random edits over every Y type, with sockets that die and a server that is killed: all copies end the same, and the same
// as what the journal gives back.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { VERSIONS } from '../harness/clients.mjs'
import { assertHolds, converged } from '../harness/compare.mjs'
import { randomEdit, roots } from '../harness/edits.mjs'
import { randomFrom } from '../harness/random.mjs'
import { newRoom, withCairn } from '../harness/room.mjs'

const SEEDS = process.env.CONFORMANCE_SEED ? [Number(process.env.CONFORMANCE_SEED)] : [1, 2, 3]
const ROUNDS = 120

/** Four clients of the given versions, all synced. */
async function gather(room, versions) {
  const clients = await Promise.all([0, 1, 2, 3].map((n) => room.client(versions[n % versions.length])))
  for (const { doc } of clients) roots(doc)
  await Promise.all(clients.map((client) => client.synced()))
  return clients
}

/** Edits by everyone, each round by one of them; now and then a socket dies, and its owner goes on editing. */
async function editTogether(random, clients, { rounds = ROUNDS, between = () => {} } = {}) {
  for (let round = 0; round < rounds; round += 1) {
    const client = random.pick(clients)
    randomEdit(random, client.doc)
    if (random.oneIn(15)) client.drop()
    // Whoever just came back syncs while others edit.
    if (random.oneIn(10)) await random.pick(clients).synced()
    await between(round)
    // Lets frames through, so that edits meet in more ways than all at once.
    if (random.oneIn(2)) await setImmediate()
  }
}

/** The room's state, as a newcomer gets it, is every client's state. */
async function assertRoomIs(room, clients, label) {
  const raw = await room.raw()
  const state = await raw.state()
  await raw.end()
  for (const { doc, version } of clients) assertHolds(state, doc, `${label}, ${version}`)
  return state
}

for (const versions of [...VERSIONS.map((version) => [version]), VERSIONS]) {
  const name = versions.join(' + ')
  for (const seed of SEEDS) {
    test(`${name}: copies converge and the journal gives the same back, CONFORMANCE_SEED=${seed}`, async (t) => {
      const setting = await withCairn(t)
      const { cairn, crowd } = setting
      const room = await newRoom(setting)
      const clients = await gather(room, versions)

      await editTogether(randomFrom(seed), clients)
      await converged(clients)
      await assertRoomIs(room, clients, 'room')
      assert.ok(clients.some(({ journal }) => journal.closes.length > 0), 'the plan drops at least one socket')

      const docs = clients.map(({ doc, version, provider }) => {
        provider.disconnect()
        return { doc, version }
      })
      assert.deepEqual(await cairn.stop(), { code: 0, signal: null }, cairn.log)
      const verified = await cairn.run('verify')
      assert.equal(verified.code, 0, verified.stderr)
      await cairn.start()
      await assertRoomIs(room, docs, 'journal')
      crowd.end()
    })
  }

  test(`${name}: a server killed in the middle loses nothing that a client holds`, async (t) => {
    const setting = await withCairn(t)
    const { cairn } = setting
    const room = await newRoom(setting)
    const clients = await gather(room, versions)
    const random = randomFrom(77)
    let killed = 0
    await editTogether(random, clients, {
      rounds: 60,
      between: async (round) => {
        if (round !== 20 && round !== 40) return
        await cairn.kill()
        for (const { doc } of clients) randomEdit(random, doc)
        await cairn.start()
        killed += 1
      },
    })
    assert.equal(killed, 2)
    await converged(clients)
    await assertRoomIs(room, clients, 'room after two kills')
  })
}
