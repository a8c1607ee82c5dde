// Stock providers from npm, each with a socket that remembers what happened to it. No provider's behaviour is changed.

import { EventEmitter } from 'node:events'
import { WebSocket } from 'ws'
import { WebsocketProvider as Provider2_0 } from 'y-websocket-2.0'
import { WebsocketProvider as Provider3_0 } from 'y-websocket-3.0'
import { WebsocketProvider as Provider3_1 } from 'y-websocket-3.1'
import * as Y from 'yjs'
import { until } from './until.mjs'

// Each provider listens for the end of the process.
process.setMaxListeners(0)

/** The versions of y-websocket in use; each test of the protocol runs once for each. */
export const PROVIDERS = { '2.0.4': Provider2_0, '3.0.0': Provider3_0, '3.1.0': Provider3_1 }
export const VERSIONS = Object.keys(PROVIDERS)

/** A WebSocket class for `WebSocketPolyfill` that reports to `journal`: `open`, `closed`, `refused` (HTTP status), `frame`. */
export function recordingSocket(journal, options = {}) {
  return class extends WebSocket {
    constructor(url, protocols = []) {
      super(url, protocols, options)
      journal.attempts.push(performance.now())
      journal.last = this
      this.on('open', () => {
        journal.opened += 1
        journal.emit('open', this)
      })
      this.on('message', (bytes) => journal.emit('frame', bytes))
      this.on('error', (error) => {
        const status = /Unexpected server response: (\d+)/.exec(error.message)?.[1]
        if (status === undefined) return
        journal.refusals.push(Number(status))
        journal.emit('refused', Number(status))
      })
      this.on('close', (code) => {
        journal.closes.push(code)
        journal.emit('closed', code)
      })
    }
  }
}

/** What one client's sockets lived through. */
export class SocketJournal extends EventEmitter {
  attempts = []
  opened = 0
  refusals = []
  closes = []
  last = null
}

/** One person at a stock provider. */
export class Client {
  /** `version` is a key of PROVIDERS; `server` is the provider's serverUrl; a token goes into the query as Cairn wants it. */
  constructor(version, server, map, { token, doc = new Y.Doc(), state, socket = {}, connect = true } = {}) {
    this.version = version
    this.doc = doc
    this.journal = new SocketJournal()
    this.provider = new PROVIDERS[version](server, map, doc, {
      params: token === undefined ? {} : { token },
      WebSocketPolyfill: recordingSocket(this.journal, socket),
      // Clients of one process would sync past the server otherwise.
      disableBc: true,
      connect: false,
    })
    if (state !== undefined) this.awareness.setLocalState(state)
    if (connect) this.provider.connect()
  }

  get awareness() {
    return this.provider.awareness
  }

  /** This client's own id on the wire. */
  get id() {
    return this.doc.clientID
  }

  synced() {
    return until(`${this.version} is synced`, () => this.provider.synced, [[this.provider, 'sync']], {
      explain: () => `refusals ${this.journal.refusals}, closes ${this.journal.closes}`,
    })
  }

  /** The socket dies without a word, as when a lid closes. The provider comes back by itself unless `stay` is false. */
  drop({ stay = true } = {}) {
    if (!stay) this.provider.shouldConnect = false
    this.journal.last?.terminate()
  }

  /** Resolves when this client sees, or no longer sees, the other's presence. */
  sees(other, wanted = (state) => state !== undefined) {
    return until(
      `${this.id} sees ${other.id} as wanted`,
      () => wanted(this.awareness.getStates().get(other.id)),
      [[this.awareness, 'change']],
      { explain: () => `seen: ${JSON.stringify([...this.awareness.getStates()])}` },
    )
  }

  end() {
    this.provider.destroy()
    this.awareness.destroy()
    this.doc.destroy()
  }
}

/** Several clients that a test ends together. */
export class Crowd {
  clients = []

  add(...args) {
    const client = new Client(...args)
    this.clients.push(client)
    return client
  }

  end() {
    for (const client of this.clients.splice(0)) client.end()
  }
}
