// A map taken away: its archive, served as `cairn open` serves it.

import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary, Cairn, freePort } from '../../conformance/harness/binary.mjs'

class Opened extends Cairn {
  command() {
    return ['open', join(this.data, 'map.cairn'), '--listen', `127.0.0.1:${this.port}`]
  }
}

/** Stops a server and opens the archive of one of its maps; whoever asked ends both. */
export async function openArchive(server, map) {
  await server.stop()
  const folder = await mkdtemp(join(tmpdir(), 'cairn-archive-'))
  const { code, stderr } = await server.run('archive', map, '--to', join(folder, 'map.cairn'))
  assert.equal(code, 0, stderr)
  const opened = new Opened(folder, await freePort(), [], {}, binary)
  await opened.start()
  return opened
}
