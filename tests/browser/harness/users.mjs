// People with a browser each. One Chromium runs for a test file; every user is a context of their own (cookies, storage, network), as if
// on another computer. What a page asks of the network and what it complains of is recorded, and `end` fails the test over it.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No name but this machine's leads anywhere, and no address of another does.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

/** The limit of one step a person takes; it only ends a test that would otherwise hang. */
const STEP = 45_000

/** The same engine with and without the window of a browser around each page. */
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? BROWSERS.find(existsSync), args: FLAGS })
}

const isNetwork = (url) => /^(https?|wss?):$/.test(url.protocol)

/** "Who am I here?" has no answer for somebody who has not joined yet: that is how the page learns of it. */
const NOBODY_YET = /\/api\/maps\/[^/]+\/me: .*\b401\b/

export class User {
  static async open(browser, { server, name = 'Ana', ...options }) {
    const context = await browser.newContext({
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
      ...options,
    })
    const user = new User(context, server, name)
    user.#watch()
    user.page = await context.newPage()
    return user
  }

  constructor(context, server, name) {
    Object.assign(this, { context, server, name, page: null })
    this.requests = []
    this.complaints = []
    this.tolerated = [NOBODY_YET]
  }

  #watch() {
    const { context } = this
    context.setDefaultTimeout(STEP)
    // Told, not held up: a route here would send every file through this process and turn the browser's cache off.
    context.on('request', (request) => this.requests.push(request.url()))
    context.on('page', (page) => {
      page.on('websocket', (socket) => this.requests.push(socket.url()))
      page.on('pageerror', (error) => this.complaints.push(`thrown: ${error.stack ?? error.message}`))
      page.on('console', (message) => {
        if (message.type() !== 'error' && message.type() !== 'warning') return
        this.complaints.push(`${message.location().url}: ${message.text()}`)
      })
    })
  }

  /** Another tab of the same browser. */
  async newTab() {
    return this.context.newPage()
  }

  /** Notices that belong to the test: a server that is down, an invite that is refused. */
  tolerate(...patterns) {
    this.tolerated.push(...patterns)
  }

  /**
   * The page's own files stay at hand while the network is away, as with a browser that has them in its cache. The interface and the
   * socket do not.
   */
  async keepFiles() {
    // Chromium does not know where such a page came from, and else keeps it from any server on this machine.
    await this.context.grantPermissions(['local-network-access'])
    await this.context.route(
      (url) => isNetwork(url) && !/^\/(api|sync)\//.test(url.pathname),
      async (route) => {
        const answer = await fetch(route.request().url())
        const headers = Object.fromEntries([...answer.headers].filter(([name]) => !/^content-(encoding|length)$/.test(name)))
        await route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) })
      },
    )
  }

  async open(path) {
    await this.page.goto(this.server.http + path)
  }

  /** Closes the browser of this person and fails if a page complained, or asked anything of any other machine. */
  async end() {
    await this.context.close()
    const strays = this.requests.filter(isElsewhere)
    assert.deepEqual(strays, [], `${this.name}'s browser asked other machines`)
    const complaints = this.complaints.filter((complaint) => !this.tolerated.some((pattern) => pattern.test(complaint)))
    assert.deepEqual(complaints, [], `${this.name}'s browser complained`)
    assert.notEqual(this.requests.length, 0, 'no request was seen: the watch itself is broken')
  }
}

function isElsewhere(url) {
  const parsed = new URL(url)
  return isNetwork(parsed) && parsed.hostname !== '127.0.0.1'
}

/** What a browser says while its server is away. */
export const SERVER_AWAY = /ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|NETWORK_CHANGED)|WebSocket connection to .* failed/
