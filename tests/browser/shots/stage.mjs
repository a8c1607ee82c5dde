// What a scene is played on: a server of its own, somebody who looks at it, and whoever else has to be there.

import { Cairn } from '../../conformance/harness/binary.mjs'
import { openArchive } from '../harness/archive.mjs'
import { readSample } from '../harness/samples.mjs'
import { User } from '../harness/users.mjs'
import { importMap, joinByLink } from '../harness/workshop.mjs'

export class Stage {
  static async set(browser, look) {
    const stage = new Stage(browser, await Cairn.start())
    stage.user = await stage.#enter('Ana Ruiz', look)
    return stage
  }

  constructor(browser, server) {
    Object.assign(this, { browser, server })
    this.people = []
    /** Servers that others took the place of. */
    this.ended = []
  }

  async #enter(name, look = {}) {
    const user = await User.open(this.browser, { server: this.server, name, ...look })
    this.people.push(user)
    return user
  }

  get page() {
    return this.user.page
  }

  open(path = '/') {
    return this.user.open(path)
  }

  /** A sample map on the server, nobody in it yet. */
  async put(sample, more = {}) {
    return importMap(this.server, { ...(await readSample(sample)), ...more })
  }

  /** A sample map with the one who looks in it, everything saved. */
  async map(sample = 'renting-a-flat.current.json', role = 'facilitator') {
    this.made = await this.put(sample)
    const map = await joinByLink(this.user, this.made, role)
    await map.saved()
    return map
  }

  /** A map made from blank, just entered. */
  async blankMap() {
    await this.open()
    await this.page.getByRole('button', { name: 'New map' }).click()
    await this.page.getByRole('dialog').getByText('Blank', { exact: true }).click()
    await this.page.getByRole('button', { name: 'Create map' }).click()
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(this.user.name)
    await this.page.getByRole('button', { name: 'Join' }).click()
    await this.page.getByText('An empty map').waitFor()
  }

  /** Somebody else comes into the map that was opened last. */
  async other(name, role) {
    return joinByLink(await this.#enter(name), this.made, role)
  }

  /** The archive of the map that was opened last, in the place of its server. */
  async archived() {
    for (const { context } of this.people.splice(1)) await context.close()
    await this.page.goto('about:blank')
    const opened = await openArchive(this.server, this.made.id)
    this.ended.push(this.server)
    this.server = this.user.server = opened
    await this.open(`/map/${this.made.id}`)
    await this.page.getByRole('grid').waitFor()
  }

  /** Another screen of the map, by its tab. */
  async tab(name) {
    await this.page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name }).click()
  }

  /** Fonts are there, and nothing moves or is shown only because the mouse happens to be there. */
  async still() {
    await this.page.mouse.move(0, 0)
    await this.page.evaluate(() => document.fonts.ready)
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  }

  async strike() {
    for (const { context } of this.people) await context.close()
    for (const server of [this.server, ...this.ended]) await server.end()
  }
}
