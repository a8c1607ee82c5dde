// The real `cairn` binary as a child process: start, stop, kill, start again on the same port and data. Every test that talks to a
// server starts it here. It is ended by its own pid, also when the test process dies.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = resolve(fileURLToPath(new URL('../../..', import.meta.url)))

/** The binary under test: `CAIRN_BIN`, or the workspace's debug build. */
export const binary = process.env.CAIRN_BIN ?? join(repository, 'target/debug/cairn')

const alive = new Set()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

// Below the range from which the system takes ports for outgoing connections, and a stretch of its own for each test process: a port
// that was found free stays free until the server under test takes it.
let nextPort = 10_000 + (process.pid % 200) * 100

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort() {
  for (;;) {
    const port = nextPort++
    const probe = createServer().listen(port, '127.0.0.1')
    const free = await once(probe, 'listening').then(() => true, () => false)
    if (!free) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
}

/** The end of the log: what a test wants to see when the server misbehaves. */
const tail = (text) => text.split('\n').slice(-25).join('\n')

/** The environment without the CAIRN_* variables of whoever runs the tests. */
function cleanEnvironment(more) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CAIRN_'))
  return { ...Object.fromEntries(own), ...more }
}

/** Runs `cairn ARGS…` to its end: `{code, signal, stdout, stderr}`. */
export async function runCairn(args, { env = {}, program = binary } = {}) {
  const child = spawn(program, args, { env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] })
  alive.add(child)
  const out = { stdout: '', stderr: '' }
  child.stdout.on('data', (bytes) => (out.stdout += bytes))
  child.stderr.on('data', (bytes) => (out.stderr += bytes))
  const [code, signal] = await once(child, 'close')
  alive.delete(child)
  return { code, signal, ...out }
}

export class Cairn {
  /** `args` go after `serve --listen … --data …`; `t.after` or `after` must call `end`. */
  static async start({ args = [], env = {}, program = binary } = {}) {
    const data = await mkdtemp(join(tmpdir(), 'cairn-conformance-'))
    const cairn = new Cairn(data, await freePort(), args, env, program)
    await cairn.start()
    return cairn
  }

  constructor(data, port, args, env, program) {
    Object.assign(this, { data, port, args, env, program, log: '', child: null })
  }

  get http() {
    return `http://127.0.0.1:${this.port}`
  }

  /** What a y-websocket provider takes as its `serverUrl`. */
  get sync() {
    return `ws://127.0.0.1:${this.port}/sync`
  }

  /** The arguments of the process. */
  command() {
    return ['serve', '--listen', `127.0.0.1:${this.port}`, '--data', this.data, ...this.args]
  }

  /** Starts the process and returns once `/readyz` answers. */
  async start() {
    const child = spawn(this.program, this.command(), { env: cleanEnvironment(this.env), stdio: ['ignore', 'pipe', 'pipe'] })
    this.child = child
    alive.add(child)
    this.ended = once(child, 'close').then(([code, signal]) => {
      alive.delete(child)
      return { code, signal }
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes) => {
        this.log += bytes
        if (process.env.CONFORMANCE_LOG) process.stderr.write(bytes)
      })
    }
    await this.ready()
  }

  /** A refused connection is the only sign that a server is not there yet, so this one asks again and again. */
  async ready() {
    let ended = null
    this.ended.then((how) => (ended = how))
    for (;;) {
      if (ended) throw new Error(`cairn ended (${JSON.stringify(ended)}) before it was ready:\n${tail(this.log)}`)
      const answer = await fetch(`${this.http}/readyz`).catch(() => null)
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** SIGTERM, the graceful stop; `{code, signal}`. */
  async stop() {
    this.child.kill('SIGTERM')
    return this.ended
  }

  /** SIGKILL: whatever is not on disk is gone. */
  async kill() {
    this.child.kill('SIGKILL')
    return this.ended
  }

  /** Runs another subcommand on the same data. */
  async run(...args) {
    return runCairn(args, { env: { ...this.env, CAIRN_DATA: this.data }, program: this.program })
  }

  /** Ends the process and removes its data. */
  async end() {
    await this.kill()
    await rm(this.data, { recursive: true, force: true })
  }
}
