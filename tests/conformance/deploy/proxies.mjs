// nginx and Caddy on loopback ports with the files that people install. Caddy reads its file as it is; in nginx's the addresses and
// paths of the machine are replaced, and each replacement must hit, so that a changed file is noticed.

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import https from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, repository } from '../harness/binary.mjs'

/** A certificate for localhost, made now: `{cert, key}` are paths, `ca` is the text. */
async function certificate(folder) {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  execFileSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
  ], { stdio: 'ignore' })
  return { cert, key, ca: await readFile(cert, 'utf8') }
}

/** The shipped nginx.conf for these ports and this folder. */
async function nginxSite(proxy, upstream) {
  let site = await readFile(join(repository, 'deploy/nginx.conf'), 'utf8')
  const replace = (from, to) => {
    if (!site.includes(from)) throw new Error(`deploy/nginx.conf no longer has "${from}"`)
    site = site.replaceAll(from, to)
  }
  replace('server 127.0.0.1:8080;', `server ${upstream};`)
  replace('listen 80;', `listen 127.0.0.1:${proxy.httpPort};`)
  replace('listen 443 ssl', `listen 127.0.0.1:${proxy.port} ssl`)
  replace('/etc/letsencrypt/live/maps.example.com/fullchain.pem', proxy.tls.cert)
  replace('/etc/letsencrypt/live/maps.example.com/privkey.pem', proxy.tls.key)
  replace('maps.example.com', 'localhost')
  replace('/var/log/nginx', proxy.folder)
  return site
}

const KINDS = {
  nginx: async (proxy, upstream) => {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${proxy.folder}/${name};`)
    await writeFile(join(proxy.folder, 'site.conf'), await nginxSite(proxy, upstream))
    // What Debian's /etc/nginx/nginx.conf does around it. A server block that sets no read time-out of its own would cut a silent
    // socket after this second.
    await writeFile(
      join(proxy.folder, 'nginx.conf'),
      `${process.getuid() === 0 ? 'user root;' : ''} daemon off; pid ${proxy.folder}/pid; error_log ${proxy.folder}/error.log;
       events {} http { access_log ${proxy.folder}/access.log; proxy_read_timeout 1s; ${temporary.join(' ')} include site.conf; }`,
    )
    return { program: 'nginx', args: ['-p', proxy.folder, '-c', join(proxy.folder, 'nginx.conf')], env: process.env }
  },
  caddy: async (proxy, upstream) => ({
    program: 'caddy',
    args: ['run', '--config', join(repository, 'deploy/Caddyfile'), '--adapter', 'caddyfile'],
    env: {
      ...process.env,
      HOME: proxy.folder,
      XDG_DATA_HOME: proxy.folder,
      XDG_CONFIG_HOME: proxy.folder,
      CAIRN_SITE: proxy.origin,
      CAIRN_UPSTREAM: upstream,
      CAIRN_CADDY_OPTIONS: `admin off\n\thttp_port ${proxy.httpPort}\n\tdefault_bind 127.0.0.1`,
      CAIRN_SITE_OPTIONS: `tls ${proxy.tls.cert} ${proxy.tls.key}`,
    },
  }),
}
export const NAMES = Object.keys(KINDS)

const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })

export class Proxy {
  /** Ports and certificate; nothing runs yet, but `origin` is known. */
  static async prepare(kind) {
    const proxy = new Proxy()
    const folder = await mkdtemp(join(tmpdir(), `cairn-${kind}-`))
    const [port, httpPort] = [await freePort(), await freePort()]
    Object.assign(proxy, { kind, folder, port, httpPort, origin: `https://localhost:${port}`, out: '' })
    proxy.tls = await certificate(folder)
    return proxy
  }

  /** Runs it before `upstream`, a host and port. */
  async start(upstream) {
    const { program, args, env } = await KINDS[this.kind](this, upstream)
    this.child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.ended = once(this.child, 'close')
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (bytes) => (this.out += bytes))
    // It says in no common way when it is ready.
    while (!(await listens(this.port))) {
      if (this.child.exitCode !== null) throw new Error(`${program} ended with ${this.child.exitCode}:\n${this.out}`)
    }
  }

  async stop() {
    this.child.kill('SIGTERM')
    await this.ended
  }

  async end() {
    if (this.child?.exitCode === null) await this.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** One request over TLS: `{status, headers, body}`. */
  request(path, { method = 'GET', body, headers = {}, token } = {}) {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const more = {
        ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      }
      const request = https.request(this.origin + path, { method, ca: this.tls.ca, headers: { ...more, ...headers }, agent: false })
      request.on('error', reject).on('response', (answer) => {
        let got = ''
        answer.on('data', (bytes) => (got += bytes))
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: got }))
      })
      request.end(text)
    })
  }

  /** Everything that it wrote, to its output and to files in its folder. */
  async written() {
    const files = (await readdir(this.folder, { withFileTypes: true })).filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
    const texts = await Promise.all(files.map(({ name }) => readFile(join(this.folder, name), 'utf8')))
    return [this.out, ...texts].join('\n')
  }
}
