// The systemd unit, checked by systemd's own tools, and its command run with the unit's own environment. systemd does not need to run.

import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { binary, freePort, repository } from '../harness/binary.mjs'
import { createMap } from '../harness/maps.mjs'

const file = join(repository, 'deploy/cairn.service')
/** systemd's exposure level times ten: under 2 of 10 is "OK" with nothing left that a network service could do without. */
const EXPOSURE = 15

const unit = await readFile(file, 'utf8')
/** Values of a setting, in order. */
const settings = (name) => [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map((match) => match[1])

async function folder(t) {
  const path = await mkdtemp(join(tmpdir(), 'cairn-unit-'))
  t.after(() => rm(path, { recursive: true, force: true }))
  return path
}

test('the unit is one that systemd takes without a word', async (t) => {
  const path = join(await folder(t), 'cairn.service')
  assert.deepEqual(settings('ExecStart'), ['/usr/local/bin/cairn serve'])
  // The program need not be installed here; the one under test is.
  await writeFile(path, unit.replaceAll('/usr/local/bin/cairn', binary))
  const verified = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' })
  assert.equal(verified.stderr, '')
  assert.equal(verified.status, 0)
})

test('the unit leaves little exposed', (t) => {
  const judged = spawnSync('systemd-analyze', ['security', '--offline=true', `--threshold=${EXPOSURE}`, file], { encoding: 'utf8' })
  t.diagnostic(/Overall exposure level.*$/m.exec(judged.stdout + judged.stderr)?.[0] ?? judged.stderr)
  assert.equal(judged.status, 0, judged.stdout)
})

/** Names in a system call group, the groups inside it opened. */
function group(name) {
  const text = execFileSync('systemd-analyze', ['--no-pager', 'syscall-filter', name], { encoding: 'utf8' })
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^@?\w[\w-]*$/.test(line) && line !== name)
    .flatMap((line) => (line.startsWith('@') ? group(line) : [line]))
}

test("the unit's command serves in the unit's environment, within its system calls, and stops with all its sockets", async (t) => {
  const path = await folder(t)
  const key = 'key-of-the-unit-test-0123456789abcdef'
  await writeFile(join(path, 'host-key'), `${key}\n`)
  assert.deepEqual(settings('LoadCredential'), ['host-key:/etc/cairn/host-key'])
  assert.deepEqual(settings('StateDirectory'), ['cairn'])

  const address = `127.0.0.1:${await freePort()}`
  const written = settings('Environment').join(' ').replaceAll('%d', path).replaceAll('%S', path)
  const env = Object.fromEntries(written.split(' ').map((pair) => pair.split('=')))
  assert.equal(env.CAIRN_LISTEN, '127.0.0.1:8080')
  const log = join(path, 'calls')
  const [, ...args] = settings('ExecStart')[0].split(' ')
  const child = spawn('strace', ['-f', '--quiet=all', '-o', log, '-e', 'signal=none', binary, ...args], {
    env: { ...env, CAIRN_LISTEN: address },
    stdio: 'ignore',
    // A group of its own: strace killed alone would leave the server behind.
    detached: true,
  })
  t.after(() => child.exitCode === null && process.kill(-child.pid, 'SIGKILL'))
  const ended = once(child, 'exit')
  const base = `http://${address}`
  while (!(await fetch(`${base}/readyz`).catch(() => null))?.ok) assert.equal(child.exitCode, null, 'it is still running')
  await assert.rejects(createMap(base), /401|403/)
  await createMap(base, {}, { token: key })

  const traced = Number(await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'))
  process.kill(traced, settings('KillSignal')[0])
  assert.deepEqual(await ended, [0, null])

  const used = new Set([...(await readFile(log, 'utf8')).matchAll(/^\d+ +(\w+)\(/gm)].map((match) => match[1]))
  const allowed = new Set()
  for (const line of settings('SystemCallFilter')) {
    const names = line.replace('~', '').split(' ').flatMap(group)
    for (const name of names) line.startsWith('~') ? allowed.delete(name) : allowed.add(name)
  }
  assert.ok(used.has('fdatasync') || used.has('fsync'), 'the trace saw the journal being written')
  assert.deepEqual([...used].filter((name) => !allowed.has(name)), [], 'calls that the unit would refuse')
})
