// The map page as a person uses it: found by roles and labels. `shown` reads the whole grid as it stands on screen; `stored` is the
// server's JSON form in the same shape, so that the two can be compared.

import { request } from '../../conformance/harness/maps.mjs'
import { eventually } from './eventually.mjs'

export class MapPage {
  constructor(page) {
    this.page = page
  }

  get grid() {
    return this.page.getByRole('grid')
  }

  /** Resolves when the map is there to be worked on. */
  async ready() {
    await this.grid.waitFor()
    return this
  }

  stage(title) {
    return this.grid.getByRole('columnheader', { name: new RegExp(`^Stage \\d+: ${escaped(title)}`) })
  }

  lane(title) {
    return this.grid.getByRole('rowheader', { name: new RegExp(`^${escaped(title)}, lane of`) })
  }

  /** The cell where a lane (by its title) and a stage (by its place, from 0) cross. */
  cell(lane, stage) {
    return this.grid
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: new RegExp(`^${escaped(lane)}, lane of`) }) })
      .getByRole('gridcell')
      .nth(stage)
  }

  /** A card of the map; a draft that only its writer sees is none. */
  card(text) {
    return this.grid.getByRole('listitem', { name: new RegExp(`: ${escaped(text)}`) }).and(this.page.locator('[data-card]'))
  }

  get typing() {
    return this.page.getByRole('textbox', { name: /^Text of the/ })
  }

  /** `N` in a cell, the text, `Enter`; Esc ends the offer of a next card. */
  async addCard(lane, stage, text) {
    await this.cell(lane, stage).focus()
    await this.page.keyboard.press('n')
    await this.typing.waitFor()
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Enter')
    await this.page.keyboard.press('Escape')
    await this.card(text).waitFor()
  }

  /** Opens a card's text area with the caret at its end. */
  async edit(text) {
    await this.card(text).focus()
    await this.page.keyboard.press('Enter')
    await this.typing.waitFor()
  }

  /** Does what the palette offers under these words. */
  async does(words) {
    await this.page.keyboard.press('Control+k')
    const palette = this.page.getByRole('dialog', { name: 'Find anything' })
    await palette.waitFor()
    await this.page.keyboard.type(words)
    await palette.getByRole('option', { name: words }).first().waitFor()
    await this.page.keyboard.press('Enter')
    await palette.waitFor({ state: 'detached' })
  }

  /** Waits until the bar says so of what was written: words it begins with, or a pattern. */
  async says(words) {
    await eventually(`the bar says ${words}`, async () => {
      const said = await this.page.locator('[data-save-state]').innerText()
      if (words instanceof RegExp ? words.test(said) : said.startsWith(words)) return true
      throw new Error(`it says “${said}”`)
    })
  }

  /** Offline: what was written waits, and all of it is in the browser's own store, where a closed page leaves it. */
  async waits() {
    await this.says(/^Offline: \d+ changes? waiting/)
    await eventually('the browser has kept what waits', () =>
      this.page.evaluate(async () => {
        const waiting = Number(/\d+/.exec(document.querySelector('[data-save-state]').innerText)[0])
        const answer = (request) =>
          new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result)
            request.onerror = () => reject(request.error)
          })
        const copy = await answer(indexedDB.open(`cairn:${location.pathname.split('/')[2]}`))
        const kept = await answer(copy.transaction('updates').objectStore('updates').count())
        copy.close()
        return kept >= waiting
      }),
    )
  }

  /** A list that grows with everything the bar says from now on. */
  async followSaveWords() {
    const said = []
    await this.page.exposeFunction('tellSaveWords', (words) => said.push(words))
    await this.page.evaluate(() => {
      const bar = document.querySelector('[data-save-state]')
      const tell = () => window.tellSaveWords(bar.innerText.split('\n')[0].trim())
      new MutationObserver(tell).observe(bar, { subtree: true, childList: true, characterData: true, attributes: true })
      tell()
    })
    return said
  }

  /** Everything is on the server's disk, says the page. */
  saved() {
    return this.says('Saved')
  }

  /** Stages, lanes and cards as they are on screen. */
  shown() {
    return this.page.evaluate(() => {
      const grid = document.querySelector('[role=grid]')
      const titleOf = (head) => head.querySelector('textarea')?.value ?? head.querySelector('[class*=title]').textContent
      const textOf = (card) =>
        card.querySelector('textarea')?.value ?? card.querySelector('.m-card__text:not(.m-card__text--empty)')?.textContent ?? ''
      const cells = {}
      const lanes = [...grid.querySelectorAll('[data-head=lanes]')].map((head) => ({ id: head.dataset.id, title: titleOf(head) }))
      const stages = [...grid.querySelectorAll('[data-head=stages]')].map((head) => ({ id: head.dataset.id, title: titleOf(head) }))
      for (const cell of grid.querySelectorAll('[role=gridcell]')) {
        const cards = [...cell.querySelectorAll('[data-card]')].map((card) => [card.dataset.card, textOf(card)])
        if (cards.length > 0) cells[`${cell.dataset.lane}/${cell.dataset.stage}`] = cards
      }
      return { stages, lanes, cells }
    })
  }
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The server's map, as `shown` would read it. */
export async function stored(server, map, options) {
  const document = await request(server.http, `/api/maps/${map}`, options)
  const cells = {}
  const hidden = new Set(document.lanes.filter((lane) => lane.hidden).map(({ id }) => id))
  for (const { id, lane, stage, text } of document.cards) {
    if (!hidden.has(lane)) (cells[`${lane}/${stage}`] ??= []).push([id, text])
  }
  const heads = (list) => list.map(({ id, title }) => ({ id, title }))
  return { stages: heads(document.stages), lanes: heads(document.lanes.filter(({ id }) => !hidden.has(id))), cells }
}

/** The stages, lanes and cells in which the two differ, both sides of each. */
function difference(seen, wanted) {
  const flat = ({ stages, lanes, cells }) => ({ stages, lanes, ...cells })
  const [one, other] = [flat(seen), flat(wanted)]
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((part) => JSON.stringify(one[part]) !== JSON.stringify(other[part]))
    .map((part) => `\n  ${part}\n    shows  ${JSON.stringify(one[part])}\n    server ${JSON.stringify(other[part])}`)
    .join('')
}

/** Waits until all these pages show what the server has, and returns it. */
export async function allEqual(server, map, pages, options) {
  return eventually('all pages show what the server has', async () => {
    const wanted = await stored(server, map, options)
    for (const [at, page] of pages.entries()) {
      const seen = await page.shown()
      const differing = difference(seen, wanted)
      if (differing !== '') throw new Error(`page ${at}${differing}`)
    }
    return wanted
  })
}
