// What everyone sees of a workshop, on the real server: the step, its time and its focus, as a facilitator changes them by script.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { becomes, eventually } from '../harness/eventually.mjs'
import { stored } from '../harness/map.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { anaAndBo, begin, chromiumForAll, command, importMap, comeIn, person, serverFor, step } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const bar = (page) => page.getByRole('region', { name: 'Step under way' })
const timer = (page) => bar(page).getByRole('timer')
const face = (page) => timer(page).innerText()
const deadline = (page) => timer(page).getAttribute('data-until')
const phase = (page, name) => bar(page).locator(`[data-phase="${name}"]`).waitFor()
const messages = (page) => page.getByRole('region', { name: 'Messages' })
/** The cells that are marked, each with how. */
const bounds = (page) =>
  page.evaluate(() =>
    Object.fromEntries([...document.querySelectorAll('[role=gridcell][data-bounds]')].map((cell) => [`${cell.dataset.lane}/${cell.dataset.stage}`, cell.dataset.bounds])),
  )

/** A browser whose clocks, the one that can be set and the one that cannot, are wrong by so much from its first moment on. */
async function wrongBy(user, minutes) {
  await user.context.addInitScript((by) => {
    const [RealDate, now, passed] = [Date, Date.now, performance.now.bind(performance)]
    globalThis.Date = class extends RealDate {
      constructor(...given) {
        super(...(given.length === 0 ? [now() + by] : given))
      }
      static now() {
        return now() + by
      }
    }
    performance.now = () => passed() + Math.abs(by)
  }, minutes * 60_000)
}

/** Everything the live region says from now on. */
async function hears(page) {
  const said = []
  await page.exposeFunction('tellSaid', (words) => said.push(words.replaceAll('\u00a0', '')))
  await page.evaluate(() => {
    const region = document.querySelector('[data-live-announcer]')
    new MutationObserver(() => window.tellSaid(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })
  })
  return said
}

/** Until it is calm, the page gets to what the server says more than a second after it came. */
const busy = (user) =>
  user.context.addInitScript(() => {
    const answered = new WeakSet()
    window.calm = false
    window.WebSocket = class extends WebSocket {
      constructor(...address) {
        super(...address)
        this.addEventListener('message', (event) => {
          if (window.calm || answered.has(event)) return
          event.stopImmediatePropagation()
          const late = new MessageEvent('message', { data: event.data })
          answered.add(late)
          setTimeout(() => this.dispatchEvent(late), 1200)
        })
      }
    }
  })

test('TIME-7 browsers whose clocks are wrong by minutes show the same seconds', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const people = await Promise.all(['Ana', 'Bo', 'Cy'].map((name) => person(t, browser(), { server, name })))
  const [ana, bo, cy] = people
  await wrongBy(bo, 7)
  await wrongBy(cy, -23)
  await busy(cy)
  await Promise.all(people.map((user) => comeIn(user, made)))
  assert.ok(Math.abs((await bo.page.evaluate(() => Date.now())) - Date.now()) > 6 * 60_000, 'Bo’s clock is not wrong')
  await begin(server, made.id, [step('Walk the journey', { minutes: 30 })])
  for (const { page } of people) await timer(page).waitFor()
  // Nobody does anything more: the one who was busy is right without it.
  await cy.page.evaluate(() => {
    window.calm = true
  })
  assert.equal(new Set(await Promise.all(people.map(({ page }) => deadline(page)))).size, 1, 'one deadline for all')
  const same = (what) =>
    eventually(`${what}, all three show the same`, async () => {
      // Read around the others, so that a second that ends in between is no difference.
      const [before, second, third, after] = [await face(ana.page), await face(bo.page), await face(cy.page), await face(ana.page)]
      if (before === after && second === before && third === before) return before
      throw new Error(`Ana ${before} to ${after}, Bo ${second}, Cy ${third}`)
    })
  assert.match(await same('at the beginning'), /^(29:\d\d|30:00)$/)
  // Somebody corrects a clock in the middle.
  await bo.page.evaluate(() => {
    const wrong = Date.now
    Date.now = () => wrong() - 7 * 60_000
  })
  await command(server, made.id, { extend: { seconds: -600 } })
  await eventually('ten minutes are gone', async () => /^(19|20):/.test(await face(ana.page)))
  await same('after a clock was set')
})

test('TIME-6 a server that is killed and started again in the middle of a step changes no deadline', async (t) => {
  const { server, map, ana, bo } = await anaAndBo(t, browser())
  for (const user of [ana, bo]) user.tolerate(SERVER_AWAY, /ERR_FAILED/, /\b(401|502|503)\b/)
  await begin(server, map, [step('Arrive', { minutes: 1 }), step('Walk the journey', { minutes: 45 })], 1)
  await timer(ana.page).waitFor()
  const before = await deadline(ana.page)
  const shown = await face(ana.page)
  await server.kill()
  await ana.page.locator('[data-save-state="offline"]').waitFor()
  // The time runs on without a server.
  await eventually('a second went by', async () => (await face(ana.page)) !== shown)
  await server.start()
  for (const { page } of [ana, bo]) {
    await page.locator('[data-save-state="saved"]').waitFor()
    assert.equal(await deadline(page), before)
    await bar(page).getByRole('heading', { name: 'Walk the journey' }).waitFor()
  }
})

test('everyone sees the step, what comes next and who is done; a new step clears it', async (t) => {
  const { server, map, ana, bo } = await anaAndBo(t, browser())
  assert.equal(await bar(ana.page).count(), 0, 'no bar while no step is under way')
  const agenda = [
    step('Arrive', { minutes: 5, instructions: 'Say hello.\n\nThen say what you hope for.' }),
    step('Walk the journey', { minutes: 10 }),
  ]
  await begin(server, map, agenda)
  for (const { page } of [ana, bo]) {
    await bar(page).getByRole('heading', { name: 'Arrive' }).waitFor()
    await bar(page).getByText('Step 1 of 2', { exact: true }).waitFor()
    await bar(page).getByText('next: Walk the journey').waitFor()
    await bar(page).getByText('Say hello.', { exact: true }).waitFor()
    await bar(page).getByText('0 of 2 done').waitFor()
  }
  await bar(ana.page).getByRole('button', { name: 'Instructions' }).click()
  await bar(ana.page).getByText('Then say what you hope for.').waitFor()
  await bar(ana.page).getByText('Walk the journey, 10 min').waitFor()

  const done = (page) => bar(page).getByRole('button', { name: 'I’m done' })
  await done(ana.page).click()
  for (const { page } of [ana, bo]) await bar(page).getByText('1 of 2 done').waitFor()
  assert.deepEqual([await done(ana.page).getAttribute('aria-pressed'), await done(bo.page).getAttribute('aria-pressed')], ['true', 'false'])
  await done(bo.page).focus()
  await bo.page.keyboard.press('Enter')
  await bar(ana.page).getByText('2 of 2 done').waitFor()
  await done(ana.page).click()
  await bar(bo.page).getByText('1 of 2 done').waitFor()

  await command(server, map, { nextStep: {} })
  for (const { page } of [ana, bo]) {
    await bar(page).getByRole('heading', { name: 'Walk the journey' }).waitFor()
    await bar(page).getByText('0 of 2 done').waitFor()
    await bar(page).getByText('the last one').waitFor()
  }
  await command(server, map, { finishAgenda: {} })
  for (const { page } of [ana, bo]) await bar(page).waitFor({ state: 'detached' })
})

test('the bar is on every screen of the map, an observer is not asked, a presentation has a small clock', async (t) => {
  const { server, map, ana } = await anaAndBo(t, browser())
  const made = await importMap(server)
  const eve = await person(t, browser(), { server, name: 'Eve' })
  await comeIn(eve, made, 'observer')
  for (const id of [map, made.id]) await begin(server, id, [step('Walk the journey', { minutes: 10 })])
  await bar(eve.page).getByText('0 of 0 done').waitFor()
  assert.equal(await bar(eve.page).getByRole('button', { name: 'I’m done' }).count(), 0)
  for (const screen of ['Opportunities', 'Report', 'Map']) {
    await ana.page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: screen }).click()
    await timer(ana.page).waitFor()
  }
  await ana.page.getByRole('button', { name: 'Present' }).click()
  await ana.page.getByRole('navigation', { name: 'Slides' }).waitFor()
  await ana.page.getByRole('complementary', { name: 'Step under way' }).getByRole('timer').waitFor()
  assert.equal(await bar(ana.page).count(), 0)
})

test('ACCESS-7 paused, extended, the last minute and its end are shown and said, once each and never by the second', async (t) => {
  const { server, map, ana } = await anaAndBo(t, browser())
  const { page } = ana
  const said = await hears(page)
  const tell = (what) => command(server, map, what)
  const heard = (what) => eventually(`it is said: ${what}`, () => said.some((words) => what.test(words)))
  await begin(server, map, [step('Arrive', { minutes: 20 }), step('Walk the journey')])
  await heard(/^Step 1 of 2: Arrive\. (20 minutes|19 minutes 5\d seconds)\.$/)
  await phase(page, 'calm')
  await tell({ pause: {} })
  await phase(page, 'paused')
  await heard(/^Paused\. (20 minutes|19 minutes \d+ seconds) left\.$/)
  const stands = await face(page)
  await tell({ extend: { seconds: 60 } })
  await heard(/^1 minute more: (21 minutes|20 minutes \d+ seconds) left\.$/)
  assert.notEqual(await face(page), stands)
  await tell({ resume: {} })
  await phase(page, 'calm')
  await heard(/^The time runs again\. /)
  await tell({ extend: { seconds: -1220 } })
  await phase(page, 'last')
  await bar(page).getByText('last minute').waitFor()
  await heard(/^20 minutes 20 seconds less: \d+ seconds left\.$/)
  const before = said.length
  const from = await face(page)
  await eventually('three seconds go by', async () => {
    const seconds = (text) => Number(text.slice(3))
    return seconds(from) - seconds(await face(page)) >= 3
  })
  assert.deepEqual(said.slice(before), [], 'seconds are not said')
  await tell({ extend: { seconds: -3600 } })
  await phase(page, 'zero')
  await bar(page).getByText('The facilitator goes on from here.').waitFor()
  await heard(/^Time is up\. /)
  assert.equal(await face(page), '00:00')
  await tell({ nextStep: {} })
  await phase(page, 'open')
  await heard(/^Step 2 of 2: Walk the journey\. No time limit\.$/)
  assert.equal(await timer(page).count(), 0)
  assert.equal(new Set(said).size, said.length, `said twice: ${said.join(' | ')}`)
})

test('a page that nobody looks at tells the time in its title, in minutes', async (t) => {
  const { server, map, ana } = await anaAndBo(t, browser())
  const { page } = ana
  const turn = (hidden) =>
    page.evaluate((to) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => to })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await begin(server, map, [step('Walk the journey', { minutes: 10 })])
  await timer(page).waitFor()
  assert.equal(await page.title(), 'Small map · Cairn')
  await turn(true)
  assert.equal(await page.title(), '10 min left · Small map · Cairn')
  await command(server, map, { pause: {} })
  await becomes('the title says so', () => page.title(), 'Paused · Small map · Cairn')
  await turn(false)
  assert.equal(await page.title(), 'Small map · Cairn')
})

test('outside the focus the map is dimmed and says why, and one is shown the focus on request only', async (t) => {
  const { server, map, ana, a } = await anaAndBo(t, browser())
  await a.cell('Touchpoints', 0).focus()
  const scrolled = () => ana.page.locator('.m-scroller').evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop])
  await ana.page.setViewportSize({ width: 560, height: 420 })
  const before = await scrolled()
  await begin(server, map, [step('Pains at the end', { focus: { stages: ['s3'], lanes: ['l3'] } })])
  await becomes('all cells but one are outside', () => bounds(ana.page), {
    'l1/s1': 'outside', 'l1/s2': 'outside', 'l1/s3': 'outside',
    'l2/s1': 'outside', 'l2/s2': 'outside', 'l2/s3': 'outside',
    'l3/s1': 'outside', 'l3/s2': 'outside',
  })
  await a.stage('Search').getByText('Outside this step’s focus').waitFor()
  assert.equal(await a.stage('Move in').getByText('Outside this step’s focus').count(), 0)
  assert.equal(await a.cell('Touchpoints', 0).getAttribute('aria-label'), 'Touchpoints, Search: empty, outside this step’s focus')
  assert.deepEqual(await scrolled(), before, 'nobody’s view jumps')
  await ana.page.setViewportSize({ width: 1440, height: 420 })
  await ana.page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: 'Report' }).click()
  await bar(ana.page).getByRole('button', { name: 'Show the focus' }).click()
  await eventually('one stands in the focus', () => a.cell('Feelings', 2).evaluate((cell) => cell === document.activeElement))
})

test('CLIENT-6 a step that locks: nothing outside is changed, and it is said why; inside and for facilitators all works', async (t) => {
  const { server, map, ana, a } = await anaAndBo(t, browser())
  const made = await command(server, map, { rotateInvite: { role: 'facilitator' } })
  const fay = await person(t, browser(), { server, name: 'Fay' })
  const f = await comeIn(fay, { id: map, invites: { facilitator: made.invite } }, 'facilitator')
  await begin(server, map, [step('What they do', { lock: true, focus: { lanes: ['l2'] } })])
  await becomes('the other lanes stand still', () => bounds(ana.page), {
    'l1/s1': 'outside still', 'l1/s2': 'outside still', 'l1/s3': 'outside still',
    'l3/s1': 'outside still', 'l3/s2': 'outside still', 'l3/s3': 'outside still',
  })
  const before = await stored(server, map)
  const why = messages(ana.page).getByText('Outside this step’s focus: only facilitators change anything here.')
  const refused = async (what, act) => {
    await act()
    await eventually(`it is said why one cannot ${what}`, async () => (await why.count()) > 0)
    await ana.page.getByRole('button', { name: 'Dismiss' }).first().click()
    await why.waitFor({ state: 'detached' })
    assert.equal(await a.typing.count(), 0, what)
    assert.deepEqual(await stored(server, map), before, what)
  }
  await refused('add', async () => {
    await a.cell('Touchpoints', 0).focus()
    await ana.page.keyboard.press('n')
  })
  await refused('type', () => a.card('Hopeful').dblclick())
  await refused('delete', async () => {
    await a.card('Hopeful').focus()
    await ana.page.keyboard.press('Delete')
  })
  await refused('move out', async () => {
    await a.card('Compares listings').focus()
    await ana.page.keyboard.press('Alt+ArrowDown')
  })
  await refused('drag', async () => {
    const from = await a.card('Hopeful').boundingBox()
    await ana.page.mouse.move(from.x + 20, from.y + 12)
    await ana.page.mouse.down()
    await ana.page.mouse.move(from.x + 90, from.y + 40, { steps: 4 })
    await ana.page.mouse.up()
  })
  await refused('drop into it', async () => {
    const [from, to] = [await a.card('Compares listings').boundingBox(), await a.cell('Touchpoints', 1).boundingBox()]
    await ana.page.mouse.move(from.x + 20, from.y + 12)
    await ana.page.mouse.down()
    await ana.page.mouse.move(to.x + 60, to.y + 30, { steps: 6 })
    await ana.page.mouse.up()
  })
  await refused('rename a stage', async () => {
    await a.stage('Search').focus()
    await ana.page.keyboard.press('F2')
  })
  assert.equal(await ana.page.getByRole('textbox', { name: 'Title of the map' }).count(), 0, 'the title is read')
  await a.addCard('Actions', 1, 'Calls the agency')
  await f.addCard('Touchpoints', 0, 'Listing portal')
  await a.card('Listing portal').waitFor()
  await command(server, map, { finishAgenda: {} })
  await becomes('nothing is marked any more', () => bounds(ana.page), {})
  await a.addCard('Touchpoints', 1, 'The agent')
  await a.saved()
})

test('CLIENT-6 time that is up with a lock: the map stands still, the bar says it, and the words of whoever was typing are offered back', async (t) => {
  const { server, map, ana, bo, a, b } = await anaAndBo(t, browser())
  await begin(server, map, [step('Arrive', { minutes: 10, atZero: 'lock' }), step('Walk the journey')])
  await timer(ana.page).waitFor()
  await a.cell('Touchpoints', 0).focus()
  await ana.page.keyboard.press('n')
  await a.typing.waitFor()
  await ana.page.keyboard.type('Half a thou')
  await a.saved()
  await command(server, map, { extend: { seconds: -3600 } })
  await bar(ana.page).getByText('Locked until the facilitator goes on.').waitFor()
  await a.typing.waitFor({ state: 'detached' })
  await messages(ana.page).getByText('You had typed: “Half a thou”.').waitFor()
  await b.card('Half a thou').waitFor()
  await b.card('Hopeful').focus()
  await bo.page.keyboard.press('Enter')
  await messages(bo.page).getByText('Time is up: the map is locked until the facilitator goes on.').waitFor()
  assert.equal(await b.typing.count(), 0)
  // More time, and all goes on.
  await command(server, map, { extend: { seconds: 300 } })
  await phase(bo.page, 'calm')
  await b.card('Hopeful').focus()
  await bo.page.keyboard.press('Enter')
  await b.typing.waitFor()
})

test('a bar that comes and goes leaves what one works at in its place', async (t) => {
  const { server, map, ana, a } = await anaAndBo(t, browser())
  await ana.page.setViewportSize({ width: 1440, height: 560 })
  await a.edit('Lost in forms')
  const top = async () => Math.round((await a.typing.boundingBox()).y)
  await ana.page.locator('.m-scroller').evaluate((scroller) => scroller.scrollBy(0, 60))
  const before = await top()
  await begin(server, map, [step('Walk the journey', { minutes: 10, focus: { lanes: ['l3'] } })])
  await timer(ana.page).waitFor()
  await becomes('the text is where it was', top, before)
  await ana.page.keyboard.type('!')
  await command(server, map, { finishAgenda: {} })
  await bar(ana.page).waitFor({ state: 'detached' })
  await becomes('the text is where it was', top, before)
})

test('on a phone the bar has two lines at most, can be made one, and everything in it works by finger', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const ana = await person(t, browser(), { server, name: 'Ana', viewport: { width: 360, height: 740 }, hasTouch: true })
  const { page } = ana
  await comeIn(ana, made)
  const long = 'Walk the whole journey together, from the first thought to the last box unpacked'
  await begin(server, made.id, [step(long, { minutes: 10, instructions: `${long}.\nEach in turn.`, focus: { stages: ['s2'] } })])
  await timer(page).waitFor()
  const height = async () => (await bar(page).boundingBox()).height
  assert.ok((await height()) <= 2 * 48 + 12, `it is ${await height()} px high`)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 360, `the page is ${wide} px wide`)
  await bar(page).getByRole('button', { name: 'I’m done' }).tap()
  await bar(page).getByText('1 of 1 done').waitFor()
  await bar(page).getByRole('button', { name: 'Instructions' }).tap()
  await bar(page).getByText('Each in turn.').waitFor()
  await bar(page).getByRole('button', { name: 'Show the focus' }).tap()
  await bar(page).getByRole('button', { name: 'Make the bar small' }).tap()
  assert.ok((await height()) <= 60, `small, it is ${await height()} px high`)
  await timer(page).waitFor()
  await page.reload()
  await timer(page).waitFor()
  assert.ok((await height()) <= 60, 'a reload remembers it')
  await bar(page).getByRole('button', { name: 'Show all of the step' }).tap()
  await bar(page).getByText('1 of 1 done').waitFor()
})

test('words written without a connection into what was locked meanwhile are refused and offered back', async (t) => {
  const { server, map, ana, a, b } = await anaAndBo(t, browser())
  ana.tolerate(SERVER_AWAY)
  await begin(server, map, [step('Arrive'), step('What they do', { lock: true, focus: { lanes: ['l2'] } })])
  await bar(ana.page).waitFor()
  await ana.context.setOffline(true)
  await a.says('Offline')
  await a.edit('Lost in forms')
  await ana.page.keyboard.type(' and letters')
  await command(server, map, { nextStep: {} })
  await ana.context.setOffline(false)
  const dialog = ana.page.getByRole('alertdialog', { name: 'An edit of yours was not accepted' })
  await dialog.getByText('Lost in forms and letters').waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await a.card('Lost in forms').waitFor()
  assert.equal(await a.card('Lost in forms and letters').count(), 0)
  assert.equal(await b.card('Lost in forms and letters').count(), 0)
  // And inside the focus one works on.
  await a.addCard('Actions', 1, 'Calls the agency')
  await b.card('Calls the agency').waitFor()
})
