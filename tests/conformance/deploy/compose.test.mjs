// What the files of /deploy say about each other and about the binary: nothing is named that is not there.

import assert from 'node:assert/strict'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { repository, runCairn } from '../harness/binary.mjs'
import { instructions } from './dockerfile.mjs'

const folder = join(repository, 'deploy')
const read = (name) => readFile(join(folder, name), 'utf8')
const compose = parse(await read('compose.yaml'))
const { cairn, caddy } = compose.services

const setting = async (word) => instructions(await read('Dockerfile')).find((one) => one.word === word)?.rest

test('compose builds this repository with the Dockerfile beside it', async () => {
  assert.equal(join(folder, cairn.build.context), repository)
  await access(join(folder, cairn.build.context, cairn.build.dockerfile))
})

test('compose puts data, key and port where the image looks for them', async () => {
  const port = await setting('EXPOSE')
  assert.deepEqual(cairn.volumes, [`data:${await setting('VOLUME')}`])
  assert.ok('data' in compose.volumes)
  assert.deepEqual(cairn.ports, [`127.0.0.1:${port}:${port}`])
  assert.deepEqual(cairn.secrets, Object.keys(compose.secrets))
  assert.match(await setting('ENV'), new RegExp(`CAIRN_HOST_KEY_FILE=/run/secrets/${cairn.secrets[0]}( |$)`))
  assert.equal(caddy.environment.CAIRN_UPSTREAM, `cairn:${port}`)
})

test('compose starts Caddy when the health check of the image says so', async () => {
  assert.equal(caddy.depends_on.cairn.condition, 'service_healthy')
  assert.match(await setting('HEALTHCHECK'), /CMD \[/)
})

test('only Caddy is believed about who asks', () => {
  assert.equal(cairn.environment.CAIRN_TRUSTED_PROXIES, caddy.networks.inside.ipv4_address)
  assert.ok('inside' in cairn.networks)
  assert.ok('inside' in compose.networks)
})

test('what compose asks of people is kept out of git', async () => {
  const ignored = (await read('.gitignore')).split('\n')
  for (const { file } of Object.values(compose.secrets)) assert.ok(ignored.includes(file.replace('./', '/')))
  assert.ok(ignored.includes('/.env'))
})

test('every variable for the Caddyfile is one that it reads', async () => {
  const file = await read('Caddyfile')
  for (const name of Object.keys(caddy.environment)) assert.ok(file.includes(`{$${name}`), name)
  for (const mount of caddy.volumes.filter((volume) => volume.startsWith('./'))) await access(join(folder, mount.split(':')[0]))
})

test('every variable of Cairn that these files name is one that the binary knows', async () => {
  const own = new Set(['CAIRN_SITE', 'CAIRN_UPSTREAM', 'CAIRN_CADDY_OPTIONS', 'CAIRN_SITE_OPTIONS'])
  const { stdout } = await runCairn(['serve', '--help'])
  for (const name of ['Dockerfile', 'compose.yaml', 'cairn.service']) {
    for (const [variable] of (await read(name)).matchAll(/\bCAIRN_[A-Z_]+/g)) {
      assert.ok(own.has(variable) || stdout.includes(variable), `${variable} of ${name} is not in cairn serve --help`)
    }
  }
})
