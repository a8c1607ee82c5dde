// A focus lock and clients that know nothing of it, or do not care: outside the focus nothing changes for anyone, the others work on, and
// what a stock client kept comes in when the step is over (LOCK).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Y from 'yjs'
import { VERSIONS } from '../harness/clients.mjs'
import { assertHolds } from '../harness/compare.mjs'
import { command, request } from '../harness/maps.mjs'
import { updateFrame, workshopFrame } from '../harness/raw.mjs'
import { newRoom, withCairn } from '../harness/room.mjs'
import { until } from '../harness/until.mjs'

/** The focus of the locked step is the cell of `in`; `out` lies beside it. */
const DOCUMENT = {
  format: 'cairn.map/1',
  title: 'Lock',
  kind: 'current-state',
  personas: [],
  stages: [
    { id: 's1', title: 'One' },
    { id: 's2', title: 'Two' },
  ],
  lanes: [{ id: 'l', kind: 'pain', title: 'Pains' }],
  cards: [
    { id: 'in', lane: 'l', stage: 's1', text: 'in' },
    { id: 'out', lane: 'l', stage: 's2', text: 'out' },
  ],
  comments: [{ id: 'm', card: 'out', author: 'Ana', at: '2026-10-02T09:00:00Z', text: 'hm' }],
}

const step = (title, more) => ({ title, mode: 'open', ...more })

async function lockedRoom(t, { begins = true } = {}) {
  const made = await withCairn(t)
  const room = await newRoom(made, DOCUMENT)
  const facilitates = (what) => command(made.cairn.http, room.id, what)
  const steps = [step('One stage', { lock: true, focus: { stages: ['s1'] } }), step('All of it')]
  await facilitates({ setAgenda: { steps } })
  const begin = () => facilitates({ startStep: { id: 1 } })
  if (begins) await begin()
  return {
    ...room,
    begin,
    end: () => facilitates({ nextStep: {} }),
    /** The map as HTTP shows it to everyone. */
    stored: () => request(made.cairn.http, `/api/maps/${room.id}`),
  }
}

const textOf = (doc, card) => doc.getMap('cards').get(card)?.get('text')
const says = (doc, card) => textOf(doc, card)?.toString()
const write = (doc, card, words) => textOf(doc, card).insert(textOf(doc, card).length, words)
const hears = (client, card, words) =>
  until(`${client.version} sees “${words}” on ${card}`, () => says(client.doc, card) === words, [[client.doc, 'update']], {
    explain: () => `it says “${says(client.doc, card)}”`,
  })

/** Frames of one socket are dealt with in order: once another sees this, everything sent before was dealt with. */
async function dealtWith(client, other) {
  const mark = crypto.randomUUID()
  client.awareness.setLocalStateField('mark', mark)
  await other.sees(client, (state) => state?.mark === mark)
}

/** The reason in the last denied message of a client's sockets. */
function denials(client) {
  const found = []
  client.journal.on('frame', (bytes) => {
    const frame = new Uint8Array(bytes)
    if (frame[0] === 2) found.push(Buffer.from(frame).toString())
  })
  return found
}

for (const version of VERSIONS) {
  test(`${version}: who ignores the lock changes nothing for anyone, and the others work on`, async (t) => {
    const room = await lockedRoom(t)
    const [cheat, bo, ana] = await Promise.all([
      room.client(version),
      room.client(version),
      room.client(version, { role: 'facilitator' }),
    ])
    await Promise.all([cheat, bo, ana].map((client) => client.synced()))
    const told = denials(cheat)

    write(cheat.doc, 'out', ' and mine')
    cheat.doc.getMap('cards').get('in').set('stage', 's2')
    cheat.doc.getMap('cards').delete('out')
    cheat.doc.getMap('comments').get('m').set('card', 'in')
    cheat.doc.getMap('meta').set('owner', 'me')
    cheat.doc.getMap('stages').clear()
    cheat.doc.getMap('mine').set('a', 1)
    await dealtWith(cheat, ana)
    write(bo.doc, 'in', 'side')
    write(ana.doc, 'out', 'ward')
    await Promise.all([hears(ana, 'in', 'inside'), hears(bo, 'out', 'outward'), hears(bo, 'in', 'inside')])

    const [before, after] = DOCUMENT.cards
    assert.deepEqual(await room.stored(), {
      ...DOCUMENT,
      cards: [
        { ...before, text: 'inside' },
        { ...after, text: 'outward' },
      ],
    })
    const state = await (await room.raw()).state()
    for (const client of [bo, ana]) assertHolds(state, client.doc, 'the room')
    assert.equal(told.length, 1, 'told once, and again only after a while')
    assert.match(told[0], /“One stage”.*LOCK-1/)
    assert.deepEqual(cheat.journal.closes, [], 'it was not cut off')
    // It goes on hearing of the others, on top of what it keeps for itself.
    assert.equal(says(cheat.doc, 'in'), 'inside')
  })

  test(`${version}: what a client kept comes in when the step is over`, async (t) => {
    const room = await lockedRoom(t)
    const [cai, ana] = await Promise.all([room.client(version), room.client(version, { role: 'facilitator' })])
    await Promise.all([cai.synced(), ana.synced()])
    write(cai.doc, 'out', 'side')
    write(cai.doc, 'in', 'side')
    await dealtWith(cai, ana)
    assert.equal(says(ana.doc, 'out'), 'out')
    await room.end()
    await Promise.all([hears(ana, 'out', 'outside'), hears(ana, 'in', 'inside')])
    write(cai.doc, 'out', '!')
    await hears(ana, 'out', 'outside!')
    assertHolds(await (await room.raw()).state(), cai.doc, 'the room')
  })

  test(`${version}: edits made offline before the lock are refused whole, their author stays, and they come in later`, async (t) => {
    const room = await lockedRoom(t, { begins: false })
    const [dov, ana] = await Promise.all([room.client(version), room.client(version, { role: 'facilitator' })])
    await Promise.all([dov.synced(), ana.synced()])
    dov.provider.disconnect()
    write(dov.doc, 'out', 'side')
    write(dov.doc, 'in', 'side')
    await room.begin()
    const told = denials(dov)
    dov.provider.connect()
    await dov.synced()
    await dealtWith(dov, ana)
    assert.deepEqual(
      (await room.stored()).cards.map(({ text }) => text),
      ['in', 'out'],
    )
    assert.equal(told.length, 1)
    write(ana.doc, 'in', ' it')
    await until('what others do is still heard', () => says(dov.doc, 'in').includes(' it'), [[dov.doc, 'update']])
    await room.end()
    await hears(ana, 'out', 'outside')
    assertHolds(await (await room.raw()).state(), ana.doc, 'the room')
    assertHolds(await (await room.raw()).state(), dov.doc, 'the room')
  })
}

/** What no page and no provider sends, each from a socket of its own; the document is the room's before. */
const HOSTILE = {
  'in and out at once': (doc) => {
    write(doc, 'in', '!')
    write(doc, 'out', '!')
  },
  'a deletion and nothing else': (doc) => textOf(doc, 'out').delete(0, 2),
  'a card inside that was outside': (doc) => doc.getMap('cards').get('out').set('stage', 's1'),
  'a new card in place of one outside': (doc) =>
    doc.getMap('cards').set(
      'out',
      new Y.Map([
        ['lane', 'l'],
        ['stage', 's1'],
      ]),
    ),
  'a new card inside with a comment outside': (doc) => {
    doc.getMap('cards').set('new', new Y.Map([['lane', 'l'], ['stage', 's1'], ['text', new Y.Text('new')]]))
    doc.getMap('comments').set('c', new Y.Map([['card', 'out'], ['text', new Y.Text('c')]]))
  },
  'types inside types': (doc) => doc.getMap('cards').get('out').set('deep', new Y.Array([new Y.Map([['a', new Y.Text('x')]])])),
  'formatting': (doc) => textOf(doc, 'out').format(0, 3, { bold: true }),
  'a root of another name': (doc) => doc.getText('elsewhere').insert(0, 'x'),
  'a row in a collection': (doc) => doc.getArray('cards').push(['x']),
}

test('whatever is sent from outside the focus is refused, told, and costs nobody anything', async (t) => {
  const room = await lockedRoom(t)
  const ana = await room.client('3.1.0', { role: 'facilitator' })
  await ana.synced()
  for (const [what, edit] of Object.entries(HOSTILE)) {
    const raw = await room.raw()
    raw.send(workshopFrame({ hello: {} }))
    const doc = new Y.Doc()
    // A root has the kind it was first asked for as.
    for (const root of ['cards', 'comments']) if (what !== 'a row in a collection') doc.getMap(root)
    const state = await raw.state()
    Y.applyUpdate(doc, state)
    const sent = []
    doc.on('update', (update) => sent.push(update))
    doc.transact(() => edit(doc))
    assert.equal(sent.length, 1, what)
    raw.send(updateFrame(sent[0]))
    const told = await raw.frame(`${what}: told`, (frame) => frame[0] === 110 && Buffer.from(frame).includes('"rejected"'))
    assert.match(Buffer.from(told).toString(), /"rule":"LOCK-1"/, what)
    await raw.barrier()
    assert.equal(raw.closed, null, what)
    assertHolds(await (await room.raw()).state(), ana.doc, what)
  }
  write(ana.doc, 'out', 'ward')
  const late = await room.client('3.1.0')
  await late.synced()
  await hears(late, 'out', 'outward')
})
