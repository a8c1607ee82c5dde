// Stock clients close a connection that was silent for 30 s. Cairn keeps it alive, also for a client that shows no presence. The one
// test here that must let time pass: all rooms wait together.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { VERSIONS } from '../harness/clients.mjs'
import { newRoom, withCairn } from '../harness/room.mjs'

// The clients look every 3 s whether 30 s have passed: a dead line is closed after 33 s at the latest.
const PAST_THE_LIMIT = 34_000

test('a lone client stays connected past 30 s, silent or present', async (t) => {
  const setting = await withCairn(t)
  const kinds = [
    ['silent', null],
    ['present', { user: { name: 'Ana' } }],
  ]
  const lone = await Promise.all(
    VERSIONS.flatMap((version) =>
      kinds.map(async ([kind, state]) => {
        const room = await newRoom(setting)
        const client = await room.client(version, { state })
        await client.synced()
        return { label: `${version}, ${kind}`, client }
      }),
    ),
  )
  await setTimeout(PAST_THE_LIMIT)
  for (const { label, client } of lone) {
    assert.equal(client.provider.wsconnected, true, `${label}: is connected`)
    assert.equal(client.journal.attempts.length, 1, `${label}: was never closed (closes ${client.journal.closes})`)
  }
})
