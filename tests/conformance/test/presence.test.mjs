// Presence as stock clients show it: it appears, it leaves with its owner, and it survives a short loss of the line.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { VERSIONS } from '../harness/clients.mjs'
import { until } from '../harness/until.mjs'
import { newRoom, withCairn } from '../harness/room.mjs'

const user = (name) => ({ user: { name, color: '#336699' } })

/** Remembers every time that `client` saw `other` go, and who said so: the provider (the server) or the client's own 30 s expiry. */
function departures(client, other) {
  const seen = []
  client.awareness.on('change', ({ removed }, origin) => {
    if (removed.includes(other.id)) seen.push(origin === client.provider ? 'server' : origin)
  })
  return seen
}

async function two(t, version) {
  const room = await newRoom(await withCairn(t))
  const [ana, ben] = await Promise.all([room.client(version), room.client(version)])
  await Promise.all([ana.synced(), ben.synced()])
  ana.awareness.setLocalState(user('Ana'))
  ben.awareness.setLocalState(user('Ben'))
  await Promise.all([ana.sees(ben), ben.sees(ana)])
  return { room, ana, ben }
}

// Most of the time here is waiting, so the tests of a version wait together.
for (const version of VERSIONS) {
  describe(version, { concurrency: true }, () => {
    test('presence appears with its content, and changes', async (t) => {
      const { ana, ben } = await two(t, version)
      assert.deepEqual(ben.awareness.getStates().get(ana.id), user('Ana'))
      ana.awareness.setLocalStateField('focus', { card: 'c1' })
      await ben.sees(ana, (state) => state?.focus?.card === 'c1')
    })

    test('a newcomer sees at once who is there', async (t) => {
      const { room, ana, ben } = await two(t, version)
      const late = await room.client(version)
      await Promise.all([late.sees(ana), late.sees(ben)])
      assert.deepEqual(late.awareness.getStates().get(ben.id), user('Ben'))
    })

    test('presence leaves with a clean goodbye', async (t) => {
      const { ana, ben } = await two(t, version)
      const gone = departures(ben, ana)
      ana.provider.disconnect()
      await ben.sees(ana, (state) => state === undefined)
      assert.deepEqual(gone, ['server'])
    })

    test('presence leaves when the socket dies and nobody returns', async (t) => {
      const { ana, ben } = await two(t, version)
      const gone = departures(ben, ana)
      ana.drop({ stay: false })
      await ben.sees(ana, (state) => state === undefined)
      assert.deepEqual(gone, ['server'], 'the server says so, before the client gives up by itself')
    })

    test('who returns within the grace was never gone, and sees the others', async (t) => {
      const { ana, ben } = await two(t, version)
      const gone = departures(ben, ana)
      ana.drop()
      await until('the line is lost', () => !ana.provider.wsconnected, [[ana.provider, 'status']])
      await ana.synced()
      ana.awareness.setLocalStateField('focus', { card: 'c2' })
      await ben.sees(ana, (state) => state?.focus?.card === 'c2')
      assert.deepEqual(gone, [])
      ben.awareness.setLocalStateField('focus', { card: 'c3' })
      await ana.sees(ben, (state) => state?.focus?.card === 'c3')
    })

    test("nobody can take away another's presence", async (t) => {
      const { room, ana, ben } = await two(t, version)
      const eve = await room.client(version)
      await eve.sees(ana)
      const gone = departures(ben, ana)
      // What a hostile client would do: claim that Ana left, with a later clock.
      const meta = eve.awareness.meta.get(ana.id)
      eve.awareness.meta.set(ana.id, { ...meta, clock: meta.clock + 10 })
      eve.awareness.states.delete(ana.id)
      eve.awareness.emit('update', [{ added: [], updated: [], removed: [ana.id] }, 'local'])
      eve.awareness.setLocalState(user('Eve'))
      await ben.sees(eve)
      ana.awareness.setLocalStateField('focus', { card: 'c4' })
      await ben.sees(ana, (state) => state?.focus?.card === 'c4')
      assert.deepEqual(gone, [])
    })
  })
}
