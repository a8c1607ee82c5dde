// The barrier (tag 102): an echo that means "on disk", for bare clients and for the stock client of y-sweet.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVENT_LOCAL_CHANGES, createYjsProvider } from '@y-sweet/client'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { assertHolds, load } from '../harness/compare.mjs'
import { barrierFrame, updateFrame } from '../harness/raw.mjs'
import { newRoom, withCairn } from '../harness/room.mjs'
import { until } from '../harness/until.mjs'

test('a barrier comes back byte for byte, whatever it carries', async (t) => {
  const room = await newRoom(await withCairn(t))
  const raw = await room.raw()
  for (const payload of [[], [0], [1, 2, 3, 4, 5, 6, 7, 8], [0xff, 0xff, 0xff, 0xff, 0x0f], [102, 0, 255, 110]]) {
    const got = await raw.barrier(new Uint8Array(payload))
    assert.deepEqual([...got], [...barrierFrame(new Uint8Array(payload))])
  }
})

test('SAVE-7 the server asks what a client has, on every connection and unasked', async (t) => {
  const room = await newRoom(await withCairn(t))
  for (let connection = 0; connection < 2; connection += 1) {
    const socket = await room.raw()
    await socket.frame('the server asks', (got) => got[0] === 0 && got[1] === 0)
    await socket.end()
  }
})

test('barriers are answered in the order they were sent', async (t) => {
  const room = await newRoom(await withCairn(t))
  const raw = await room.raw()
  const doc = new Y.Doc()
  doc.on('update', (update) => raw.send(updateFrame(update)))
  const sent = Array.from({ length: 50 }, (_, n) => {
    doc.getArray('array').push([n])
    const frame = barrierFrame(new Uint8Array([n]))
    raw.send(frame)
    return Buffer.from(frame).toString('hex')
  })
  await raw.barrier()
  const answers = raw.frames.filter((frame) => frame[0] === 102).map((frame) => Buffer.from(frame).toString('hex'))
  assert.deepEqual(answers.slice(0, sent.length), sent)
})

test('what a barrier covers survives kill -9 at once', async (t) => {
  const setting = await withCairn(t)
  const room = await newRoom(setting)
  const raw = await room.raw()
  const doc = load(await raw.state())
  doc.on('update', (update) => raw.send(updateFrame(update)))
  for (let n = 0; n < 200; n += 1) doc.getMap('map').set(`key ${n}`, 'x'.repeat(n))
  await raw.barrier()
  await setting.cairn.kill()
  await setting.cairn.start()
  assertHolds(await (await room.raw()).state(), doc, 'after kill -9')
})

test('an observer gets its barrier too', async (t) => {
  const room = await newRoom(await withCairn(t))
  const raw = await room.raw('observer')
  await raw.barrier()
})

test("y-sweet's client knows when its changes are saved", async (t) => {
  const setting = await withCairn(t)
  const room = await newRoom(setting)
  const token = await room.token('participant')
  const doc = new Y.Doc()
  const clientToken = { url: setting.cairn.sync, baseUrl: setting.cairn.http, docId: room.id, token }
  let asked = 0
  const provider = createYjsProvider(
    doc,
    room.id,
    async () => {
      asked += 1
      return clientToken
    },
    { WebSocketPolyfill: WebSocket, showDebuggerLink: false, connect: false },
  )
  t.after(() => {
    // It knows no end: each close makes it try again for ever, `disconnect` and `destroy` included. So no try comes back.
    provider.attemptToConnect = () => new Promise(() => {})
    provider.destroy()
    provider.clearHeartbeat()
    provider.clearConnectionTimeout()
    provider.awareness.destroy()
    doc.destroy()
  })
  provider.connect()
  await until('y-sweet is connected', () => provider.synced, [[provider, 'connection-status']])
  const saved = () => until('its changes are saved', () => !provider.hasLocalChanges, [[provider, EVENT_LOCAL_CHANGES]])

  await saved()
  const told = []
  provider.on(EVENT_LOCAL_CHANGES, (unsaved) => told.push(unsaved))
  doc.getText('text').insert(0, 'kept')
  assert.equal(provider.hasLocalChanges, true)
  await saved()
  assert.deepEqual(told.slice(-2), [true, false])

  // Saved means saved: no goodbye, no grace.
  await setting.cairn.kill()
  await setting.cairn.start()
  assertHolds(await (await room.raw()).state(), doc, 'after kill -9')

  // And it comes back by itself, with what was typed meanwhile.
  doc.getText('text').insert(4, ' and more')
  await until('y-sweet is connected again', () => provider.synced, [[provider, 'connection-status']])
  await saved()
  assertHolds(await (await room.raw()).state(), doc, 'after coming back')
  assert.equal(asked, 1, 'the token it had was good enough')
})
