// Who may not come in is refused at HTTP, before any socket opens, so that every provider backs off; who is removed is out for good.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { VERSIONS } from '../harness/clients.mjs'
import { until } from '../harness/until.mjs'
import { newRoom, withCairn } from '../harness/room.mjs'

/** Enough to see the waits grow from 200 ms to 1.6 s. */
const ATTEMPTS = 5

/** Waits between attempts, in ms, for the log of the test. */
const waits = (attempts) => attempts.slice(1).map((at, n) => Math.round(at - attempts[n]))

async function assertBacksOff(t, client, status) {
  const { journal, provider } = client
  await until(`${ATTEMPTS} attempts are refused`, () => journal.refusals.length >= ATTEMPTS, [[journal, 'refused']], {
    explain: () => `refusals ${journal.refusals}, opened ${journal.opened}, closes ${journal.closes}`,
  })
  assert.ok(journal.refusals.every((got) => got === status), `refused with ${journal.refusals}, not ${status}`)
  // Every version waits 100 ms · 2^n, at most 2.5 s, as long as nothing resets n: an opened socket would (before 3.1).
  assert.ok(provider.wsUnsuccessfulReconnects >= ATTEMPTS - 1, `backed off ${provider.wsUnsuccessfulReconnects} times`)
  t.diagnostic(`${client.version}: waits between refused attempts ${waits(journal.attempts.slice(-ATTEMPTS))} ms`)
}

// Most of the time here is waiting, so the tests of a version wait together.
for (const version of VERSIONS) {
  describe(version, { concurrency: true }, () => {
    test('a wrong token is refused before the upgrade, and the client backs off', async (t) => {
      const setting = await withCairn(t)
      const room = await newRoom(setting)
      const client = setting.crowd.add(version, setting.cairn.sync, room.id, { token: 'A'.repeat(43) })
      await assertBacksOff(t, client, 401)
      assert.equal(client.journal.opened, 0, 'no socket was ever opened')
    })

    test('no token is refused alike', async (t) => {
      const setting = await withCairn(t)
      const room = await newRoom(setting)
      const client = setting.crowd.add(version, setting.cairn.sync, room.id)
      await assertBacksOff(t, client, 401)
      assert.equal(client.journal.opened, 0)
    })

    test('a map that does not exist is refused, and not made', async (t) => {
      const setting = await withCairn(t)
      const room = await newRoom(setting)
      const client = setting.crowd.add(version, setting.cairn.sync, 'nosuchmap1234567', { token: await room.token('participant') })
      await assertBacksOff(t, client, 404)
      assert.equal(client.journal.opened, 0)
    })

    test('who is removed is out, and others stay', async (t) => {
      const setting = await withCairn(t)
      const room = await newRoom(setting)
      const { token, participant } = await room.join('participant', 'Eve')
      const eve = setting.crowd.add(version, setting.cairn.sync, room.id, { token })
      const ana = await room.client(version)
      await Promise.all([eve.synced(), ana.synced()])

      const host = await room.raw('facilitator')
      const { journal } = eve
      const closed = []
      eve.provider.on('closed', (how) => closed.push(how.code))
      assert.ok((await host.command({ remove: { participant } })).done)
      await until('the socket is closed', () => journal.closes.length > 0, [[journal, 'closed']])
      assert.equal(journal.closes[0], 4401)

      if (version === '3.1.0') {
        await until('the client gives up', () => closed.length > 0, [[eve.provider, 'closed']])
        assert.deepEqual(closed, [4401])
        assert.equal(eve.provider.shouldConnect, false, 'and does not come back')
      } else {
        await assertBacksOff(t, eve, 401)
        assert.equal(journal.opened, 1, 'no second socket was opened')
      }
      ana.doc.getText('text').insert(0, 'still here')
      const other = await room.raw()
      const state = await other.state()
      assert.ok(Buffer.from(state).includes('still here'))
      assert.deepEqual(ana.journal.closes, [])
    })
  })
}
