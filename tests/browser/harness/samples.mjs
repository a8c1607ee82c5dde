// The sample maps of the repository, and somebody in one of them.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { repository } from '../../conformance/harness/binary.mjs'
import { importMap, comeIn, person, serverFor } from './workshop.mjs'

export const samples = join(repository, 'protocol/samples')

export const readSample = async (file) => JSON.parse(await readFile(join(samples, file), 'utf8'))

/** Ana in a map of her own: the given document, or the small one. */
export async function inMap(t, browser, document, role) {
  const server = await serverFor(t)
  const made = await importMap(server, document)
  const ana = await person(t, browser, { server, name: 'Ana' })
  const map = await comeIn(ana, made, role)
  await map.saved()
  return { server, id: made.id, invites: made.invites, ana, map, page: ana.page }
}
