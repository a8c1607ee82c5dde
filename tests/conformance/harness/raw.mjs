// A bare socket for what no provider sends: barriers, commands, malformed and foreign frames; and for reading the server's state as
// it goes over the wire.

import { EventEmitter, once } from 'node:events'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { until } from './until.mjs'

export const SYNC = 0
export const AWARENESS = 1
export const BARRIER = 102
export const WORKSHOP = 110

const frame = (write) => encoding.encode(write)

/** `0 0 buf(state vector)` */
export const syncStep1 = (doc) =>
  frame((to) => {
    encoding.writeVarUint(to, SYNC)
    encoding.writeVarUint(to, 0)
    encoding.writeVarUint8Array(to, Y.encodeStateVector(doc))
  })

/** `0 2 buf(update)`: whatever bytes are given as the update. */
export const updateFrame = (update) =>
  frame((to) => {
    encoding.writeVarUint(to, SYNC)
    encoding.writeVarUint(to, 2)
    encoding.writeVarUint8Array(to, update)
  })

/** `102 buf(payload)` */
export const barrierFrame = (payload) =>
  frame((to) => {
    encoding.writeVarUint(to, BARRIER)
    encoding.writeVarUint8Array(to, payload)
  })

/** `110 string(JSON)` */
export const workshopFrame = (message) =>
  frame((to) => {
    encoding.writeVarUint(to, WORKSHOP)
    encoding.writeVarString(to, JSON.stringify(message))
  })

/** A connected socket and every frame it got. */
export class RawClient extends EventEmitter {
  frames = []
  closed = null

  static async connect(cairn, map, token, options = {}) {
    const client = new RawClient()
    const query = token === undefined ? '' : `?token=${token}`
    client.socket = new WebSocket(`${cairn.sync}/${map}${query}`, options)
    client.socket.on('message', (bytes) => {
      client.frames.push(new Uint8Array(bytes))
      client.emit('frame')
    })
    client.socket.on('close', (code, reason) => {
      client.closed = { code, reason: String(reason) }
      client.emit('closed')
    })
    await once(client.socket, 'open')
    return client
  }

  send(bytes) {
    this.socket.send(bytes)
  }

  /** The first frame, past or to come, that `wanted(frame)` takes. */
  async frame(what, wanted) {
    let found
    await until(what, () => (found = this.frames.find(wanted)) ?? this.failIfClosed(what), [
      [this, 'frame'],
      [this, 'closed'],
    ])
    return found
  }

  failIfClosed(what) {
    if (this.closed) throw new Error(`closed with ${JSON.stringify(this.closed)} while waiting until ${what}`)
    return false
  }

  /** Resolves when the server has answered a barrier: everything sent before it has been dealt with, and is durable. */
  async barrier(payload = crypto.getRandomValues(new Uint8Array(8))) {
    const bytes = barrierFrame(payload)
    this.send(bytes)
    return this.frame('the barrier is answered', (got) => Buffer.from(got).equals(bytes))
  }

  /** Sends a command of the workshop channel; its answer, `{done}` or `{refused}`. */
  async command(command, name = crypto.randomUUID()) {
    this.send(workshopFrame({ command, request: name }))
    const answer = (got) => {
      const message = readWorkshop(got)
      return message !== null && (message.done === name || message.refused === name)
    }
    return readWorkshop(await this.frame(`the command is answered`, answer))
  }

  /** The room's whole state as the server gives it to a newcomer: the raw bytes of SyncStep2. */
  async state() {
    this.send(syncStep1(new Y.Doc()))
    return readStep2(await this.frame('the server answers SyncStep1', (got) => readStep2(got) !== null))
  }

  async end() {
    if (this.closed) return
    this.socket.close()
    await until('the socket is closed', () => this.closed, [[this, 'closed']])
  }
}

/** The JSON of a workshop message, or null for any other frame. */
export function readWorkshop(bytes) {
  const from = decoding.createDecoder(bytes)
  return decoding.readVarUint(from) === WORKSHOP ? JSON.parse(decoding.readVarString(from)) : null
}

/** The update in a SyncStep2, or null for any other frame. */
function readStep2(bytes) {
  const from = decoding.createDecoder(bytes)
  if (decoding.readVarUint(from) !== SYNC || decoding.readVarUint(from) !== 1) return null
  return decoding.readVarUint8Array(from)
}
