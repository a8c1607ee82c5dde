// `cairn serve --open` takes the place of y-websocket's own server: any room, no token, made on first use, kept over a restart.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { WebSocket } from 'ws'
import { VERSIONS } from '../harness/clients.mjs'
import { assertHolds, converged } from '../harness/compare.mjs'
import { RawClient } from '../harness/raw.mjs'
import { withCairn } from '../harness/room.mjs'

for (const version of VERSIONS) {
  test(`${version}: an open server takes any room`, async (t) => {
    const { cairn, crowd } = await withCairn(t, { args: ['--open'] })
    const room = 'any-room'
    const [ana, ben] = [crowd.add(version, cairn.sync, room), crowd.add(version, cairn.sync, room)]
    const elsewhere = crowd.add(version, cairn.sync, 'another.Room_2')
    await Promise.all([ana.synced(), ben.synced(), elsewhere.synced()])
    for (const { journal } of crowd.clients) assert.equal(journal.attempts.length, 1, `let in at once, not after ${journal.refusals}`)
    ana.doc.getText('quill').insert(0, 'from Ana. ')
    ben.doc.getText('quill').insert(0, 'from Ben. ')
    await converged([ana, ben])
    ana.awareness.setLocalStateField('user', { name: 'Ana' })
    await ben.sees(ana, (state) => state?.user?.name === 'Ana')
    assert.equal(elsewhere.doc.getText('quill').length, 0, 'rooms are apart')

    const { doc } = ana
    crowd.clients.forEach(({ provider }) => provider.disconnect())
    assert.equal((await cairn.stop()).code, 0)
    await cairn.start()
    const raw = await RawClient.connect(cairn, room)
    assertHolds(await raw.state(), doc, 'after a restart')
    await raw.end()
  })
}

test('an open server takes rooms at the root too, where y-websocket has them', async (t) => {
  const { cairn, crowd } = await withCairn(t, { args: ['--open'] })
  const ana = crowd.add('3.1.0', cairn.sync.replace(/\/sync$/, ''), 'any-room')
  const ben = crowd.add('3.1.0', cairn.sync, 'any-room')
  await Promise.all([ana.synced(), ben.synced()])
  ana.doc.getText('quill').insert(0, 'one room, two addresses')
  await converged([ana, ben])
})

test('the first subprotocol that a client offers is taken', async (t) => {
  const { cairn } = await withCairn(t, { args: ['--open'] })
  const socket = new WebSocket(`${cairn.sync}/any-room`, ['first', 'second'])
  await once(socket, 'open')
  assert.equal(socket.protocol, 'first')
  socket.terminate()
})

test('a server that is not open takes no room without a token', async (t) => {
  const { cairn } = await withCairn(t)
  await assert.rejects(RawClient.connect(cairn, 'any-room'), /Unexpected server response: 40[134]/)
})
