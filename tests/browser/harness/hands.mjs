// The people of a workshop, each with their own way of doing the same things: with a mouse and keys as most do, with keys only, with a finger.

import { tabTo } from './keys.mjs'
import { MapPage } from './map.mjs'

/** More arrows than any map of a test is long or wide; it only ends a walk that leads nowhere. */
const MOST = 40

/** What somebody does in a workshop, with a mouse and keys. */
export class Attendee {
  constructor(user, page = user.page) {
    Object.assign(this, { user, page, map: new MapPage(page) })
  }

  get name() {
    return this.user.name
  }

  press(locator) {
    return locator.click()
  }

  type(locator, text) {
    return locator.fill(text)
  }

  async join({ id, invites }, role = 'participant') {
    await this.page.addInitScript(rememberPointers)
    await this.user.open(`/join/${id}#${invites[role]}`)
    await this.type(this.page.getByRole('textbox', { name: 'Your name' }), this.name)
    await this.press(this.page.getByRole('button', { name: 'Join' }))
    await this.map.ready()
    return this
  }

  /** What this page was ever pressed with: `mouse`, `touch`. A key is neither. */
  pointers() {
    return this.page.evaluate(() => [...window.pointers])
  }

  /** Another tab of the same person at the same map. */
  async secondTab() {
    const other = new Attendee(this.user, await this.user.newTab())
    await other.page.goto(this.page.url())
    await other.map.ready()
    return other
  }

  toScreen(name) {
    return this.press(this.page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name }))
  }

  /** On the map, at a cell: a lane by its title, a stage by its place from 0. */
  toCell(lane, stage) {
    return this.map.cell(lane, stage).focus()
  }

  toCard({ text }) {
    return this.map.card(text).focus()
  }

  async addCard(lane, stage, text) {
    await this.toCell(lane, stage)
    await this.#typeCard(/^Text of the/, text)
    await this.map.card(text).waitFor()
  }

  /** A private card of a brainstorm. */
  async draft(lane, stage, text) {
    await this.toCell(lane, stage)
    await this.#typeCard(/^Text of the private/, text)
    await this.drafted(text).waitFor()
    await this.page.locator('[data-draft-state=saved]').first().waitFor()
  }

  drafted(text) {
    return this.map.grid.getByRole('listitem', { name: new RegExp(`^Private .*: ${text}`) })
  }

  async #typeCard(field, text) {
    await this.page.keyboard.press('n')
    await this.page.getByRole('textbox', { name: field }).waitFor()
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Enter')
    await this.page.keyboard.press('Escape')
  }

  /** A feeling for each stage, in their order. */
  async feel(scores) {
    await this.press(this.page.getByRole('button', { name: 'Place your feelings' }))
    for (const [at, score] of scores.entries()) await this.slide(this.page.getByRole('slider').nth(at), score)
    await this.page.getByText('All stages answered').waitFor()
    await this.page.locator('[data-feelings-state=saved]').waitFor()
  }

  slide(slider, score) {
    return slider.fill(String(score))
  }

  /** So many dots on a card of the open vote. */
  async vote(card, dots) {
    await this.toCard(card)
    await this.page.keyboard.press(String(dots))
    await this.map.card(card.text).and(this.page.getByRole('listitem', { name: dotsOf(dots) })).waitFor()
  }

  /** The result of the vote that has just ended, as its dialog shows it: rank, card and dots of each place. */
  async result() {
    const { page } = this
    await this.press(page.getByRole('region', { name: 'The vote that has ended' }).getByRole('button', { name: 'Show the result' }))
    const dialog = page.getByRole('dialog')
    await dialog.locator('.v-places').waitFor()
    const places = await rows(dialog.locator('.v-places > li'), ['.v-place__rank', '.v-link', '.v-place__dots'])
    await this.press(dialog.getByRole('button', { name: 'Close' }))
    await dialog.waitFor({ state: 'detached' })
    return places
  }

  /** What the report says of the vote and of the feelings. */
  async report() {
    await this.toScreen('Report')
    const voted = this.page.getByRole('region', { name: 'What people voted for' })
    await voted.waitFor()
    const votes = await rows(voted.locator('.r-votes > li'), ['.r-votes__rank', '.r-link', '.r-votes__dots', '.r-votes__what > .r-note'])
    const felt = await rows(this.page.getByRole('region', { name: 'How the room felt' }).locator('tbody tr'), ['th', 'td:nth-child(2)', 'td:last-child'])
    const votedBy = await voted.locator('.r-voted__question').innerText()
    await this.toScreen('Map')
    await this.map.ready()
    return { votedBy, votes, felt }
  }
}

/** Keys and nothing else: no click, no focus put anywhere by the test. */
export class WithKeys extends Attendee {
  async press(locator) {
    await tabTo(this.page, locator)
    await this.page.keyboard.press('Enter')
  }

  async type(locator, text) {
    await tabTo(this.page, locator)
    await this.page.keyboard.type(text)
  }

  async toCell(lane, stage) {
    await tabTo(this.page, this.map.grid.locator('[data-spot][tabindex="0"]').first())
    await this.page.keyboard.press('Control+Home')
    await this.#walk('ArrowDown', this.map.lane(lane))
    await this.#walk('ArrowRight', this.map.cell(lane, stage))
  }

  async toCard({ lane, stage, text }) {
    await this.toCell(lane, stage)
    await this.page.keyboard.press('Enter')
    await this.#walk('ArrowDown', this.map.card(text))
  }

  async #walk(arrow, locator) {
    for (let step = 0; step < MOST; step += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return
      await this.page.keyboard.press(arrow)
    }
    throw new Error(`${MOST} × ${arrow} do not lead to ${locator}`)
  }

  async slide(slider, score) {
    await tabTo(this.page, slider)
    const key = score > 0 ? 'ArrowUp' : 'ArrowDown'
    for (let by = 0; by < Math.abs(score); by += 0.5) await this.page.keyboard.press(key)
  }
}

/** A finger on a phone, which writes and votes in the lists made for it. */
export class WithFinger extends Attendee {
  press(locator) {
    return locator.tap()
  }

  async type(locator, text) {
    await locator.tap()
    await this.page.keyboard.type(text)
  }

  async draft(text) {
    const list = this.page.getByRole('form', { name: 'A new card' })
    await this.type(list.getByRole('textbox', { name: 'Your card' }), text)
    await this.press(list.getByRole('button', { name: 'Keep it, next card' }))
    await this.page.getByRole('list', { name: 'Your cards' }).getByText(text).waitFor()
    await this.page.locator('[data-draft-state=saved]').first().waitFor()
  }

  async slide(slider, score) {
    const { width, height } = await slider.boundingBox()
    const inset = THUMB / 2
    await slider.tap({ position: { x: inset + ((width - THUMB) * (score + 2)) / 4, y: height / 2 } })
  }

  async vote({ text }, dots) {
    await this.press(this.page.getByRole('region', { name: 'Voting' }).getByRole('button', { name: 'Vote in a list' }))
    const list = this.page.getByRole('dialog')
    const row = list.getByRole('listitem').filter({ hasText: text })
    for (let dot = 0; dot < dots; dot += 1) await this.press(row.getByRole('button', { name: /^Place a dot on/ }))
    await row.getByText(new RegExp(`^${dots}\\s*dots? of yours`)).waitFor()
    await this.press(list.getByRole('button', { name: 'Done' }))
    await list.waitFor({ state: 'detached' })
  }
}

/** How wide the handle of a feeling is on a phone: its middle goes no further than half of that to either end. */
const THUMB = 24

const dotsOf = (dots) => new RegExp(`${dots} dots? of yours`)

/** These parts of each row, as far as it has them, in words on one line. */
const rows = (locator, parts) =>
  locator.evaluateAll(
    (all, parts) =>
      all.map((row) =>
        parts.flatMap((part) => {
          const found = row.querySelector(part)
          return found === null ? [] : [found.innerText.replace(/ *, show on the map$/, '').replace(/\s+/g, ' ').trim()]
        }),
      ),
    parts,
  )

function rememberPointers() {
  window.pointers = new Set()
  addEventListener('pointerdown', ({ pointerType }) => window.pointers.add(pointerType), true)
}
