// The image, built by the Dockerfile's own lines and run as Docker would run it, without Docker.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, constants, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { freePort, repository, runCairn } from '../harness/binary.mjs'
import { build, inContext, instructions } from './dockerfile.mjs'

const dockerfile = join(repository, 'deploy/Dockerfile')
const work = join(repository, 'target/deploy')
/** `release` is what people get; `dev` shares its crates with the other tests. */
const PROFILE = process.env.DEPLOY_PROFILE ?? 'dev'
/** What gcr.io/distroless/cc-debian12 brings beside the program. */
const LIBRARIES = /^(linux-vdso|libc|libm|libgcc_s|ld-linux-[\w-]+)\.so/

const git = (...args) => execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 2 ** 26 })

/** A clean copy of the files that Docker would be sent; times are kept, so that cargo sees what has changed. */
async function buildContext() {
  const context = join(work, 'context')
  await rm(context, { recursive: true, force: true })
  const listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean)
  const files = inContext(listed, await readFile(join(repository, '.dockerignore'), 'utf8'))
  for (const file of files) {
    await mkdir(dirname(join(context, file)), { recursive: true })
    await cp(join(repository, file), join(context, file), { preserveTimestamps: true })
  }
  return { context, listed, files }
}

describe('image', () => {
  let image
  let sent
  const said = []

  before(async () => {
    sent = await buildContext()
    image = await build({
      dockerfile,
      context: sent.context,
      folder: join(work, 'stages'),
      args: { PROFILE },
      env: { CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(repository, 'target') },
      say: (line) => said.push(line),
    })
  })

  after(() => rm(join(work, 'stages'), { recursive: true, force: true }))

  test('its stages build', (t) => {
    for (const line of said) t.diagnostic(line)
    assert.ok(said.some((line) => line.startsWith('RUN cargo')))
    assert.ok(said.some((line) => line.startsWith('RUN npm')))
  })

  test('its base images are the versions that the workspace asks for', async () => {
    const images = instructions(await readFile(dockerfile, 'utf8')).filter(({ word }) => word === 'FROM')
    const rust = /rust-version = "([\d.]+)"/.exec(await readFile(join(repository, 'Cargo.toml'), 'utf8'))[1]
    assert.match(images[1].rest, new RegExp(`^rust:${rust}-`))
    assert.match(images[0].rest, /^node:20-/)
    assert.match(process.version, /^v20\./, 'these tests stand for node:20')
  })

  test('neither documents nor what was built before are sent to Docker', () => {
    assert.ok(sent.files.includes('server/src/main.rs'))
    assert.ok(sent.listed.includes('deploy/compose.yaml'))
    assert.deepEqual(
      sent.files.filter((file) => /^(deploy|target|\.git)\b|node_modules|(^|\/)dist\//.test(file)),
      [],
    )
  })

  test('it holds one binary that needs only the libraries of its base', async () => {
    const program = join(image.root, 'usr/local/bin/cairn')
    await access(program, constants.X_OK)
    const needed = execFileSync('ldd', [program], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.trim().split(' ')[0].split('/').pop())
    assert.deepEqual(needed.filter((name) => !LIBRARIES.test(name)), [])
  })

  test('it runs as nobody in particular, on the port that it exposes, with data in a volume', () => {
    const { USER, EXPOSE, VOLUME, STOPSIGNAL } = image.settings
    assert.equal(USER, 'nonroot:nonroot')
    assert.equal(image.env.CAIRN_LISTEN, `0.0.0.0:${EXPOSE}`)
    assert.equal(VOLUME, image.env.CAIRN_DATA)
    assert.equal(STOPSIGNAL, 'SIGTERM')
  })

  test('its command serves, its health check tells, and it stops when asked', async (t) => {
    const inside = (path) => join(image.root, path)
    await access(inside(image.env.CAIRN_DATA))
    const keyFile = inside(image.env.CAIRN_HOST_KEY_FILE)
    await mkdir(dirname(keyFile), { recursive: true })
    await writeFile(keyFile, 'key-of-the-image-test-0123456789abcdef\n')
    await chmod(keyFile, 0o444)

    const env = {
      ...image.env,
      CAIRN_DATA: inside(image.env.CAIRN_DATA),
      CAIRN_HOST_KEY_FILE: keyFile,
      CAIRN_LISTEN: `127.0.0.1:${await freePort()}`,
    }
    const [program, ...entry] = JSON.parse(image.settings.ENTRYPOINT)
    const args = [...entry, ...JSON.parse(image.settings.CMD)]
    const [checker, ...question] = JSON.parse(/ CMD (\[.*\])$/.exec(image.settings.HEALTHCHECK)[1])
    const healthy = async () => (await runCairn(question, { env, program: inside(checker) })).code

    // The image has the last stage only: what the binary still reads from another one would be missing there. (Only a build with
    // debug assertions does: it reads the web client from its sources, so that it can be worked on without building anew.)
    if (PROFILE === 'release') {
      for (const stage of ['web', 'build']) await rm(join(work, 'stages', stage), { recursive: true, force: true })
    }

    assert.notEqual(await healthy(), 0, 'not healthy before it runs')
    const child = spawn(inside(program), args, { env, stdio: 'ignore' })
    t.after(() => child.kill('SIGKILL'))
    const ended = once(child, 'exit')
    while ((await healthy()) !== 0) assert.equal(child.exitCode, null, 'it is still running')

    const page = await fetch(`http://${env.CAIRN_LISTEN}/`)
    assert.equal(page.status, 200)
    const script = /<script[^>]+src="([^"]+)"/.exec(await page.text())[1]
    assert.equal((await fetch(new URL(script, page.url))).status, 200, 'the web client is in the binary')

    child.kill(image.settings.STOPSIGNAL)
    assert.deepEqual(await ended, [0, null])
    assert.notEqual(await healthy(), 0, 'not healthy after it stopped')
  })
})
