// Frames that no server should take. Whatever becomes of the sender, nobody else may notice.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Y from 'yjs'
import { VERSIONS } from '../harness/clients.mjs'
import { assertHolds, converged } from '../harness/compare.mjs'
import { updateFrame } from '../harness/raw.mjs'
import { newRoom, withCairn } from '../harness/room.mjs'
import { until } from '../harness/until.mjs'

const written = (text) => {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, text)
  return doc
}

const holding = (value) => {
  const doc = new Y.Doc()
  doc.getMap('map').set('held', value)
  return doc
}

/** An update whose value is arrays in arrays, `depth` deep: it overflows the stack of a decoder that follows it down. */
function nested(depth) {
  const head = [1, 1, 1, 0, 8, 1, 1, 97, 1]
  return new Uint8Array([...head, ...Array(depth).fill([117, 1]).flat(), 126, 0])
}

const FRAMES = {
  'an update of the second encoding (V2)': updateFrame(Y.encodeStateAsUpdateV2(written('second encoding'))),
  'an update with bytes after its end': updateFrame(new Uint8Array([...Y.encodeStateAsUpdate(written('trailing')), 0])),
  'an update cut short': updateFrame(Y.encodeStateAsUpdate(written('cut short')).slice(0, -3)),
  'a frame longer than its update': new Uint8Array([...updateFrame(Y.encodeStateAsUpdate(written('long frame'))), 7]),
  'an update of arrays nested 20,000 deep': updateFrame(nested(20_000)),
  'an update that promises 2^53 structs': updateFrame(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f])),
  'presence that promises 2^31 people': new Uint8Array([1, 5, 0xff, 0xff, 0xff, 0xff, 0x07]),
  'a subdocument': updateFrame(Y.encodeStateAsUpdate(holding(new Y.Doc({ guid: 'sub' })))),
  'an unknown kind of message': new Uint8Array([99, 1, 2, 3]),
  'an unknown kind of sync message': new Uint8Array([0, 9, 0]),
  'nothing': new Uint8Array(0),
}

for (const [what, bytes] of Object.entries(FRAMES)) {
  test(`${what} harms nobody else`, async (t) => {
    const setting = await withCairn(t)
    const room = await newRoom(setting)
    const others = await Promise.all(VERSIONS.map((version) => room.client(version)))
    await Promise.all(others.map((client) => client.synced()))
    others[0].doc.getText('text').insert(0, 'before ')
    await converged(others)

    const raw = await room.raw()
    raw.send(bytes)
    // Either the sender is cut off or it gets an answer to what it sends next.
    raw.send(new Uint8Array([102, 1, 1]))
    await until('the frame was dealt with', () => raw.closed !== null || raw.frames.some((frame) => frame[0] === 102), [
      [raw, 'closed'],
      [raw, 'frame'],
    ])
    t.diagnostic(raw.closed ? `the sender is closed with ${raw.closed.code} ${raw.closed.reason}` : 'the frame is passed over')

    others[1].doc.getText('text').insert(0, 'after ')
    await until('the edit is everywhere', () => others.every(({ doc }) => doc.getText('text').length === 13), others.map(({ doc }) => [doc, 'update']))
    for (const { doc, journal } of others) {
      assert.equal(doc.getText('text').toString(), 'after before ')
      assert.equal(journal.attempts.length, 1, 'nobody else lost the line')
    }
    assertHolds(await (await room.raw()).state(), others[0].doc, 'room')
    assert.equal(setting.cairn.child.exitCode, null, 'the server lives')
  })
}

test('a text frame harms nobody else', async (t) => {
  const room = await newRoom(await withCairn(t))
  const ana = await room.client('3.1.0')
  await ana.synced()
  const raw = await room.raw()
  raw.send('{"hello":{}}')
  raw.send(new Uint8Array([102, 1, 1]))
  await until('the frame was dealt with', () => raw.closed !== null || raw.frames.some((frame) => frame[0] === 102), [
    [raw, 'closed'],
    [raw, 'frame'],
  ])
  ana.doc.getText('text').insert(0, 'fine')
  const state = await (await room.raw()).state()
  assert.ok(Buffer.from(state).includes('fine'))
  assert.equal(ana.journal.attempts.length, 1)
})

// Legal Yjs, though Cairn does not take it: closing the line would make honest clients come back every 100 ms with the same.
for (const version of VERSIONS) {
  test(`${version}: a client that makes a subdocument is refused it, and stays connected`, async (t) => {
    const room = await newRoom(await withCairn(t))
    const [ana, ben] = await Promise.all([room.client(version), room.client(version)])
    await Promise.all([ana.synced(), ben.synced()])
    ana.doc.getMap('map').set('held', new Y.Doc({ guid: 'sub' }))
    // Frames of one socket are dealt with in order, and this one comes after the edit.
    ana.awareness.setLocalState({ user: { name: 'Ana' } })
    await ben.sees(ana)
    assert.equal(ben.doc.getMap('map').size, 0)
    assert.deepEqual(ana.journal.closes, [])
    assert.equal(ana.journal.attempts.length, 1)
  })
}
