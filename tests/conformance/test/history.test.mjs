// What a map was is Yjs, too: the bytes of a moment load into a stock document that then holds what the map held, and nothing of later.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Y from 'yjs'
import { assertHolds } from '../harness/compare.mjs'
import { request } from '../harness/maps.mjs'
import { updateFrame } from '../harness/raw.mjs'
import { newRoom, withCairn } from '../harness/room.mjs'

/** The bytes of the map after that record. */
async function stateAt(cairn, id, seq, token) {
  const answer = await fetch(`${cairn.http}/api/maps/${id}/history/at/${seq}`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(answer.status, 200)
  return new Uint8Array(await answer.arrayBuffer())
}

test('hist_2 stock Yjs loads any moment of a map, as it was then', async (t) => {
  const set = await withCairn(t)
  const room = await newRoom(set)
  const token = await room.token('participant')
  const raw = await room.raw('participant', { as: token })
  const doc = new Y.Doc()
  Y.applyUpdate(doc, await raw.state())
  doc.on('update', (update) => raw.send(updateFrame(update)))
  const cards = doc.getMap('cards')
  const text = () => cards.get('c1').get('text')
  const edits = [
    () => cards.set('c1', new Y.Map([['text', new Y.Text('Calls the agent 🧭')], ['lane', 'l1']])),
    () => text().insert(0, 'Never '),
    () => cards.get('c1').set('lane', 'l2'),
    () => text().delete(0, 9),
    () => cards.set('c2', new Y.Map([['text', new Y.Text('Waits')]])),
    () => cards.delete('c1'),
  ]
  const moments = []
  for (const edit of edits) {
    doc.transact(edit)
    await raw.barrier()
    const { seq } = await request(set.cairn.http, `/api/maps/${room.id}/history`, { token })
    moments.push({ seq, doc: copyOf(doc) })
  }
  assert.equal(new Set(moments.map(({ seq }) => seq)).size, edits.length, 'each edit is a record')
  for (const { seq, doc: then } of moments) assertHolds(await stateAt(set.cairn, room.id, seq, token), then, `record ${seq}`)

  // Said once in plain words: what was deleted later is there, and what was written later is not.
  const loaded = new Y.Doc()
  Y.applyUpdate(loaded, await stateAt(set.cairn, room.id, moments[1].seq, token))
  assert.deepEqual(loaded.getMap('cards').toJSON(), { c1: { text: 'Never Calls the agent 🧭', lane: 'l1' } })
})

/** The document as it is now, with what it is made of. */
function copyOf(doc) {
  const copy = new Y.Doc()
  for (const name of doc.share.keys()) copy.getMap(name)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
