// An observer at a stock provider: its edits go nowhere, it goes on seeing everything, and nobody's line suffers.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Y from 'yjs'
import { VERSIONS } from '../harness/clients.mjs'
import { assertHolds } from '../harness/compare.mjs'
import { updateFrame, workshopFrame } from '../harness/raw.mjs'
import { newRoom, withCairn } from '../harness/room.mjs'
import { until } from '../harness/until.mjs'

for (const version of VERSIONS) {
  test(`${version}: an observer's edits are not applied, and it stays connected`, async (t) => {
    const room = await newRoom(await withCairn(t))
    const [ana, watcher] = await Promise.all([room.client(version), room.client(version, { role: 'observer' })])
    await Promise.all([ana.synced(), watcher.synced()])

    watcher.doc.getText('text').insert(0, 'observer ')
    ana.doc.getText('text').insert(0, 'Ana')
    await until(
      'the observer sees the edit of a participant',
      () => watcher.doc.getText('text').toString().includes('Ana'),
      [[watcher.doc, 'update']],
    )
    // Frames of one socket are dealt with in order, and this one comes after the edit.
    watcher.awareness.setLocalState({ user: { name: 'Watcher' } })
    await ana.sees(watcher)

    assert.equal(ana.doc.getText('text').toString(), 'Ana')
    assertHolds(await (await room.raw()).state(), ana.doc, 'room')
    assert.deepEqual(watcher.journal.closes, [], 'the observer was not cut off')
    assert.equal(watcher.journal.attempts.length, 1)
    assert.deepEqual(ana.journal.closes, [])
  })

  test(`${version}: an observer who comes with edits of its own gets in, without them`, async (t) => {
    const room = await newRoom(await withCairn(t))
    const ana = await room.client(version)
    await ana.synced()
    ana.doc.getMap('map').set('by', 'Ana')
    const doc = new Y.Doc()
    doc.getText('text').insert(0, 'typed before')
    const watcher = await room.client(version, { role: 'observer', doc })
    await watcher.synced()
    await until('the observer sees the map', () => doc.getMap('map').get('by') === 'Ana', [[doc, 'update']])
    watcher.awareness.setLocalState({ user: { name: 'Watcher' } })
    await ana.sees(watcher)
    assert.equal(ana.doc.getText('text').toString(), '')
    assertHolds(await (await room.raw()).state(), ana.doc, 'room')
    assert.equal(watcher.journal.attempts.length, 1)
  })
}

test('an observer is told that its edit was not accepted', async (t) => {
  const room = await newRoom(await withCairn(t))
  const raw = await room.raw('observer')
  raw.send(workshopFrame({ hello: {} }))
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'observer')
  raw.send(updateFrame(Y.encodeStateAsUpdate(doc)))
  const told = await raw.frame('the observer is told', (frame) => frame[0] === 110 && Buffer.from(frame).includes('"rejected"'))
  assert.match(Buffer.from(told).toString(), /"rule":"ROLE-\d+"/)
  await raw.barrier()
  assert.equal(raw.closed, null)
})
