// The shipped reverse-proxy files before the real binary, with TLS: everything that a browser does works through them, nothing secret
// stays in them.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { WebSocket } from 'ws'
import { Cairn } from '../harness/binary.mjs'
import { Crowd, VERSIONS } from '../harness/clients.mjs'
import { converged } from '../harness/compare.mjs'
import { RawClient } from '../harness/raw.mjs'
import { until } from '../harness/until.mjs'
import { NAMES, Proxy } from './proxies.mjs'

const HOST_KEY = 'key-of-the-proxy-test-0123456789abcdef'
/** More than any proxy buffers at once, and within Cairn's own bound for one frame. */
const LARGE = 1_000_000

// One waits while the other works.
describe('proxies', { concurrency: true }, () => {
  for (const kind of NAMES) {
    describe(kind, { concurrency: 1 }, () => {
      let proxy
      let cairn
      let map
      let secrets
      const crowd = new Crowd()

      before(async () => {
        proxy = await Proxy.prepare(kind)
        secrets = await mkdtemp(join(tmpdir(), 'cairn-secret-'))
        const file = join(secrets, 'host-key')
        await writeFile(file, `${HOST_KEY}\n`)
        cairn = await Cairn.start({ env: { CAIRN_PUBLIC_URL: proxy.origin, CAIRN_HOST_KEY_FILE: file, CAIRN_TRUSTED_PROXIES: '127.0.0.1' } })
        await proxy.start(`127.0.0.1:${cairn.port}`)
      })

      after(async () => {
        crowd.end()
        await proxy?.end()
        await cairn?.end()
        await rm(secrets, { recursive: true, force: true })
      })

      const socketOptions = () => ({ ca: proxy.tls.ca, origin: proxy.origin })
      const newMap = async () => {
        const body = { title: 'Through a proxy', template: false }
        const made = await proxy.request('/api/maps', { method: 'POST', body, token: HOST_KEY, headers: { origin: proxy.origin } })
        assert.equal(made.status, 201, `${made.status} ${made.body}`)
        return JSON.parse(made.body)
      }
      const join_ = async (role, name, { invites } = map) => {
        const answer = await proxy.request('/api/join', { method: 'POST', body: { invite: invites[role], name }, headers: { origin: proxy.origin } })
        assert.equal(answer.status, 200, `${answer.status} ${answer.body}`)
        return { ...JSON.parse(answer.body), cookie: answer.headers['set-cookie']?.[0] ?? '' }
      }
      const person = async (version) => {
        const { token } = await join_('participant', `Person at ${version}`)
        return crowd.add(version, `${proxy.origin.replace('https', 'wss')}/sync`, map.id, { token, socket: socketOptions() })
      }
      const raw = ({ map: id, token }) =>
        RawClient.connect({ sync: `${proxy.origin.replace('https', 'wss')}/sync` }, id, token, socketOptions())

      test('answers for Cairn, over TLS', async () => {
        const answer = await proxy.request('/healthz')
        assert.equal(answer.status, 200)
        assert.match(answer.headers['strict-transport-security'], /max-age=\d{7,}/)
      })

      test('sends plain HTTP to HTTPS, path and query kept', async () => {
        const answer = await fetch(`http://localhost:${proxy.httpPort}/map/abc?at=7`, { redirect: 'manual' })
        assert.equal(answer.status, 308)
        assert.match(answer.headers.get('location'), /^https:\/\/localhost(:\d+)?\/map\/abc\?at=7$/)
      })

      test('lets the host make a map and people join', async () => {
        assert.equal((await proxy.request('/api/maps', { method: 'POST', body: {} })).status, 401, 'being local to the proxy is no key')
        map = await newMap()
        const { cookie } = await join_('facilitator', 'Ana')
        assert.match(cookie, /^__Host-cairn=.*; ?Secure/i, 'the cookie is one for TLS only')
      })

      test('refuses other sites for Cairn, over HTTP and for sockets', async () => {
        const origin = 'https://elsewhere.example'
        const made = await proxy.request('/api/maps', { method: 'POST', body: {}, token: HOST_KEY, headers: { origin } })
        assert.equal(made.status, 403)
        const { token } = await join_('participant', 'Eve')
        const url = `${proxy.origin.replace('https', 'wss')}/sync/${map.id}?token=${token}`
        const [error] = await once(new WebSocket(url, { ca: proxy.tls.ca, origin }), 'error')
        assert.match(error.message, /403/)
      })

      test('carries a large edit between stock clients', async () => {
        const clients = await Promise.all(VERSIONS.map(person))
        await Promise.all(clients.map((client) => client.synced()))
        clients[0].doc.getText('text').insert(0, 'x'.repeat(LARGE))
        clients[1].doc.getText('text').insert(0, 'from the other side')
        await converged(clients)
        clients[0].awareness.setLocalState({ user: { name: 'Ana' } })
        await clients[2].sees(clients[0])
      })

      test('keeps a socket that is silent for longer than its default', async () => {
        const silent = await raw(await join_('observer', 'Silent', await newMap()))
        await silent.state()
        // Cairn sends a sign of life after 15 s without anything else. nginx would have hung up after one (see proxies.mjs).
        const known = silent.frames.length
        await until('the server gives a sign of life', () => silent.closed !== null || silent.frames.length > known, [
          [silent, 'frame'],
          [silent, 'closed'],
        ])
        assert.equal(silent.closed, null)
        await silent.end()
      })

      test('lets clients come back after Cairn was restarted', async () => {
        const clients = await Promise.all(VERSIONS.map(person))
        await Promise.all(clients.map((client) => client.synced()))
        assert.deepEqual(await cairn.stop(), { code: 0, signal: null })
        for (const [n, { doc }] of clients.entries()) doc.getMap('map').set(`while away ${n}`, n)
        await cairn.start()
        await converged(clients)
        assert.ok(clients.every(({ doc }) => doc.getMap('map').size === VERSIONS.length))
      })

      test('keeps no token, also when Cairn is away', async () => {
        const secret = await join_('participant', 'Secret')
        const socket = await raw(secret)
        await socket.state()
        await socket.end()
        crowd.end()
        await cairn.stop()
        await assert.rejects(raw(secret), /502/)
        await proxy.stop()
        const written = await proxy.written()
        assert.ok(!written.includes(secret.token), written)
        assert.ok(!written.includes(HOST_KEY))
      })
    })

    describe(`${kind}, seen from behind`, { concurrency: 1 }, () => {
      let proxy
      let upstream
      const seen = []

      before(async () => {
        proxy = await Proxy.prepare(kind)
        upstream = http.createServer((request, answer) => {
          seen.push(request.headers)
          answer.end()
        })
        upstream.on('upgrade', (request, socket) => {
          seen.push(request.headers)
          socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n')
        })
        await once(upstream.listen(0, '127.0.0.1'), 'listening')
        await proxy.start(`127.0.0.1:${upstream.address().port}`)
      })

      after(async () => {
        await proxy?.end()
        upstream?.close()
      })

      const lies = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'elsewhere.example' }

      test('tells who asks, and drops what the client claims to be', async () => {
        await proxy.request('/api/maps', { headers: lies })
        const socket = new WebSocket(`${proxy.origin.replace('https', 'wss')}/sync/abc?token=t`, ['cairn'], {
          ca: proxy.tls.ca,
          origin: proxy.origin,
          headers: lies,
        })
        await once(socket, 'error')
        assert.equal(seen.length, 2)
        for (const headers of seen) {
          assert.equal(headers['x-forwarded-for'], '127.0.0.1')
          assert.equal(headers['x-forwarded-proto'], 'https')
          assert.equal(headers['x-forwarded-host'], new URL(proxy.origin).host)
          assert.equal(headers.host, new URL(proxy.origin).host)
        }
        const [plain, upgrade] = seen
        assert.equal(plain.upgrade, undefined)
        assert.equal(upgrade.upgrade, 'websocket')
        assert.equal(upgrade.connection.toLowerCase(), 'upgrade')
        assert.equal(upgrade['sec-websocket-protocol'], 'cairn')
        assert.equal(upgrade.origin, proxy.origin)
      })
    })
  }
})
