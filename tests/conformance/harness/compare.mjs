// When two copies of a map are the same: same content, same state vector, same deletions, same bytes. Bytes are compared in one form:
// after a pass through a fresh Yjs document, because copies that hold the same items may have merged them differently, and with the
// keys of plain objects in order, because yrs writes them in any.

import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { until } from './until.mjs'

/** A fresh document with this state. */
export function load(update) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
}

/** The state in the one form that equal copies share, as hex. */
function canonical(update) {
  const doc = load(update)
  for (const { content } of [...doc.store.clients.values()].flat()) {
    if (content instanceof Y.ContentAny) content.arr = content.arr.map(sorted)
    else if (content instanceof Y.ContentEmbed) content.embed = sorted(content.embed)
    else if (content instanceof Y.ContentFormat) content.value = sorted(content.value)
  }
  return Buffer.from(Y.encodeStateAsUpdate(doc)).toString('hex')
}

/** All root types as plain values. Roots take their type from `like`: a fresh document does not know it. */
function content(doc, like) {
  const roots = {}
  for (const [name, type] of [...like.share].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = doc.get(name, type.constructor)
    roots[name] = own instanceof Y.Text ? own.toDelta() : own.toJSON()
  }
  return JSON.parse(JSON.stringify(roots, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)))
}

/** Fails with what surrounds the first difference: whole maps are too long to read. */
function assertSameBytes(ours, theirs, label) {
  if (ours === theirs) return
  let at = 0
  while (ours[at] === theirs[at]) at += 1
  const around = (hex) => Buffer.from(hex.slice(Math.max(0, (at & ~1) - 60), (at & ~1) + 60), 'hex').toString('latin1')
  assert.fail(`${label}: bytes differ at ${at >> 1}: ${JSON.stringify(around(ours))} here, ${JSON.stringify(around(theirs))} there`)
}

/** Fails with both sides unless `update`, a whole state, is what `doc` holds. */
export function assertHolds(update, doc, label) {
  const other = load(update)
  assert.deepEqual(content(other, doc), content(doc, doc), `${label}: content differs`)
  const [ours, theirs] = [Y.snapshot(doc), Y.snapshot(other)]
  assert.deepEqual(Object.fromEntries(theirs.sv), Object.fromEntries(ours.sv), `${label}: state vectors differ`)
  assert.ok(Y.equalSnapshots(ours, theirs), `${label}: deletions differ`)
  assertSameBytes(canonical(Y.encodeStateAsUpdate(doc)), canonical(update), label)
}

const same = (a, b) => Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b))

/** Resolves when all clients hold the same items and deletions. */
export function converged(clients) {
  const [first, ...rest] = clients
  return until(
    'all copies are the same',
    () => rest.every((client) => same(first.doc, client.doc)),
    clients.flatMap(({ doc, provider }) => [
      [doc, 'update'],
      [provider, 'sync'],
    ]),
    {
      explain: () =>
        clients
          .map(({ version, provider, doc, journal }) => {
            const clock = [...Y.snapshot(doc).sv.values()].reduce((sum, n) => sum + n, 0)
            return `${version}: synced ${provider.synced}, ${clock} clocks, closes ${journal.closes}, refusals ${journal.refusals}`
          })
          .join('; '),
    },
  )
}
