// Everything a map holds, filled in as a person would and compared with what the server then has; and what was there before and is
// no concern of this client comes out as it went in.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { eventually } from '../harness/eventually.mjs'
import { inMap, readSample } from '../harness/samples.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const KINDS = ['touchpoint', 'action', 'expectation', 'emotion', 'pain', 'opportunity', 'evidence', 'frontstage', 'backstage', 'support', 'metric', 'note']

const ONE_LANE_EACH = {
  format: 'cairn.map/1',
  title: 'Every kind',
  kind: 'current-state',
  personas: [{ id: 'p1', name: 'Mira', primary: true }, { id: 'p2', name: 'Tomasz' }],
  stages: [{ id: 's1', title: 'Search' }],
  lanes: KINDS.map((kind) => ({ id: kind, kind, title: `Lane of ${kind}` })),
  cards: [{ id: 'old', lane: 'pain', stage: 's1', text: 'Nobody answers' }],
  comments: [],
}

/** The panel beside the map, by what its fields are called. */
class Panel {
  constructor(page, name = 'Card details') {
    this.page = page
    this.at = page.getByRole('complementary', { name })
  }

  async text(name, words) {
    await this.at.getByRole('textbox', { name, exact: true }).fill(words)
    await this.page.keyboard.press('Tab')
  }

  async choose(group, option) {
    await this.at.getByRole('radiogroup', { name: group }).getByRole('radio', { name: option, exact: true }).click()
  }

  async turn(name) {
    await this.at.getByRole('switch', { name }).focus()
    await this.page.keyboard.press('Space')
  }

  /** Anything may be written where there are suggestions; Enter is the decision. */
  async write(name, words) {
    await this.at.getByRole('combobox', { name }).fill(words)
    await this.page.keyboard.press('Enter')
    await this.page.keyboard.press('Tab')
  }

  async pick(name, option) {
    await this.at.getByRole('button', { name }).click()
    await this.page.getByRole('option', { name: option }).click()
  }

  async source(kind, title, link, quote) {
    await this.at.getByRole('button', { name: 'Add a source' }).click()
    await this.pick(/Kind of source/, kind)
    await this.at.getByRole('textbox', { name: 'What it is' }).fill(title)
    await this.at.getByRole('textbox', { name: /^Link/ }).fill(link)
    await this.at.getByRole('textbox', { name: /^Quote/ }).fill(quote)
    await this.at.getByRole('button', { name: 'Add source' }).click()
  }

  async close() {
    await this.at.getByRole('button', { name: 'Close details' }).click()
    await this.at.waitFor({ state: 'detached' })
  }
}

const EMOTION_STEPS = 3 // from 0 down to −1.5, in halves

/** What a person does in the panel of each kind of card, and what the map then holds beside text, place, author and time. */
const FILLED = {
  touchpoint: [
    async (panel) => {
      // Esc takes back what was typed, and the panel stays.
      await panel.at.getByRole('combobox', { name: 'Channel' }).fill('we')
      await panel.page.getByRole('option', { name: 'web' }).waitFor()
      await panel.page.keyboard.press('Escape')
      await panel.page.getByRole('listbox').waitFor({ state: 'detached' })
      assert.equal(await panel.at.getByRole('combobox', { name: 'Channel' }).inputValue(), '')
      await panel.write('Channel', 'Kiosk')
      await panel.turn('Moment of truth')
      await panel.turn('Beyond our control')
    },
    { channel: 'Kiosk', owned: false, momentOfTruth: true },
  ],
  action: [async () => undefined, {}],
  expectation: [
    async (panel) => {
      await panel.text('What actually happens', 'Nine days of silence')
      await panel.choose(/^Gap/, '3')
    },
    { actual: 'Nine days of silence', gap: 3 },
  ],
  emotion: [
    async (panel) => {
      await panel.at.getByRole('slider', { name: 'Feeling' }).focus()
      for (let step = 0; step < EMOTION_STEPS; step += 1) await panel.page.keyboard.press('ArrowLeft')
      await panel.pick(/^Mira Whose feeling|Whose feeling/, 'Tomasz')
      await panel.text('In their words', 'Lost')
    },
    { score: -1.5, persona: 'p2', quote: 'Lost' },
  ],
  pain: [(panel) => panel.choose(/^Severity/, '4'), { severity: 4 }],
  opportunity: [
    async (panel) => {
      await panel.choose(/^Impact/, '5')
      await panel.choose(/^Value/, '4')
      await panel.choose(/^Effort/, '2')
      await panel.choose(/^Status/, 'Planned')
      await panel.write('Owner', 'Bo')
      await panel.at.getByLabel('Due').fill('2027-03-01')
      await panel.page.keyboard.press('Tab')
      await panel.at.getByRole('button', { name: 'Link a pain or expectation' }).click()
      await panel.page.getByRole('menuitem', { name: 'Nobody answers' }).click()
    },
    { impact: 5, value: 4, effort: 2, status: 'planned', owner: 'Bo', due: '2027-03-01', addresses: ['old'] },
  ],
  metric: [
    async (panel) => {
      await panel.text('Value', '11.5')
      await panel.text('Unit', 'days')
      await panel.text('Target', 'as fast as the post')
    },
    { value: 11.5, unit: 'days', target: 'as fast as the post' },
  ],
  note: [async () => undefined, {}],
}
for (const kind of ['evidence', 'frontstage', 'backstage', 'support']) {
  FILLED[kind] = [
    async (panel) => {
      await panel.write('Actor', `Who does ${kind}`)
      await panel.turn('Fail point')
    },
    { actor: `Who does ${kind}`, failPoint: true },
  ]
}

test('every field of every kind of card is on the server as it was typed', async (t) => {
  const { server, id, page, map } = await inMap(t, browser(), ONE_LANE_EACH)
  const panel = new Panel(page)
  for (const kind of KINDS) {
    await map.addCard(`Lane of ${kind}`, 0, `A new ${kind}`)
    await map.card(`A new ${kind}`).focus()
    await page.keyboard.press('Space')
    await FILLED[kind][0](panel)
    await panel.close()
  }
  // What any card may carry, once.
  await map.card('A new note').focus()
  await page.keyboard.press('Space')
  await panel.choose('Confidence', 'Evidence')
  await panel.source('Survey', 'First', 'javascript:alert(1)', '')
  await panel.source('Interview', 'Mira', 'https://cairn.example/mira', 'I counted the days.')
  await panel.at.getByRole('button', { name: 'Source “Mira”' }).click()
  await page.getByRole('menuitem', { name: 'Move up' }).click()
  await panel.at.getByRole('button', { name: 'Source “First”' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await panel.at.getByRole('textbox', { name: 'What it is' }).fill('Survey of August')
  await panel.at.getByRole('button', { name: 'Save source' }).click()
  // MAP-18: only http(s) becomes a link.
  await panel.at.getByRole('link', { name: 'Mira' }).waitFor()
  assert.equal(await panel.at.getByRole('link').count(), 1)
  await panel.at.getByRole('textbox', { name: 'Comment' }).fill('Heard twice')
  await page.keyboard.press('Control+Enter')
  await panel.at.getByRole('button', { name: 'Edit comment' }).click()
  await panel.at.getByRole('textbox', { name: 'Your comment' }).fill('Heard three times')
  await panel.at.getByRole('button', { name: 'Save', exact: true }).click()
  await panel.at.getByRole('button', { name: 'Resolve' }).click()
  await panel.at.getByRole('radiogroup', { name: 'Colour' }).getByRole('radio', { name: 'Brick' }).check({ force: true })
  await panel.at.getByText(/^Written by Ana, /).waitFor()
  // A comment begun is there when one comes back to the card.
  await panel.at.getByRole('textbox', { name: 'Comment' }).fill('Half a thou')
  await panel.close()
  await map.card('A new note').focus()
  await page.keyboard.press('Space')
  assert.equal(await panel.at.getByRole('textbox', { name: 'Comment' }).inputValue(), 'Half a thou')
  await panel.close()
  await map.saved()

  // Whose each text is, of those that this card's details have (HIST-6).
  await map.card('A new expectation').focus()
  await page.keyboard.press('Space')
  await panel.at.getByRole('button', { name: 'Who wrote what, and when' }).click()
  const told = panel.at.getByRole('region', { name: 'Who wrote what, and when' })
  for (const [name, text] of [['What they expect', 'A new expectation'], ['What actually happens', 'Nine days of silence']]) {
    await told.getByRole('list', { name }).getByRole('listitem').filter({ hasText: text }).getByText(/^Ana, /).waitFor()
  }
  await panel.close()

  const { cards, comments } = await request(server.http, `/api/maps/${id}`)
  const made = cards.filter((card) => card.id !== 'old')
  for (const card of made) {
    assert.match(card.createdAt, /^\d{4}-\d\d-\d\dT/)
    assert.equal(card.author, 'Ana')
  }
  const bare = ({ id: _, createdAt: __, author: ___, ...fields }) => fields
  const byLane = (list) => Object.fromEntries(list.map((card) => [card.lane, card]))
  const wanted = KINDS.map((kind) => ({ lane: kind, stage: 's1', text: `A new ${kind}`, ...FILLED[kind][1] }))
  const note = wanted.find(({ lane }) => lane === 'note')
  Object.assign(note, {
    confidence: 'evidence',
    sources: [
      { kind: 'interview', title: 'Mira', url: 'https://cairn.example/mira', quote: 'I counted the days.' },
      { kind: 'survey', title: 'Survey of August', url: 'javascript:alert(1)' },
    ],
    color: '#b4472f',
  })
  assert.deepEqual(byLane(made.map(bare)), byLane(wanted))
  assert.deepEqual(
    comments.map(({ id: _, at: __, card, ...fields }) => [cards.find((one) => one.id === card).text, fields]),
    [['A new note', { author: 'Ana', text: 'Heard three times', resolved: true }]],
  )

  // One undo a step: the colour goes, nothing else does.
  await map.card('A new note').focus()
  await page.keyboard.press('Control+z')
  await map.saved()
  const after = await request(server.http, `/api/maps/${id}`)
  const { color: _, ...uncoloured } = made.find((card) => card.lane === 'note')
  assert.deepEqual(after.cards.find((card) => card.lane === 'note'), uncoloured)
  assert.deepEqual(after.comments, comments)
})

test('the map itself, its personas, stages and lanes: on the server as they were typed, and one undo away', async (t) => {
  const { server, id, page, map } = await inMap(t, browser(), { ...ONE_LANE_EACH, personas: [] })
  const stored = async () => {
    await map.saved()
    return request(server.http, `/api/maps/${id}`)
  }
  // Nobody's journey yet: the corner leads to where that is said.
  await map.grid.locator('[data-spot=corner]').focus()
  await page.keyboard.press('Enter')
  const panel = new Panel(page, 'About this map')
  await panel.text('Title', 'Renting')
  await panel.text('From where to where', 'From search to keys')
  await panel.text('What decision it serves', 'Where people give up')
  await panel.write('Owner', 'Ana Ruiz')
  await panel.choose('Reviewed every', 'Half-year')
  await panel.text('Days between reviews', '45')
  await panel.at.getByRole('button', { name: 'Reviewed, unchanged' }).click()
  await panel.at.getByText(/^Last reviewed today by Ana\. The next review is due .*, in 45 days\.$/).waitFor()
  for (const [name, role] of [['Mira', 'moves for a job'], ['Tomasz', 'moves with his daughter']]) {
    await panel.at.getByRole('button', { name: 'Add a persona' }).click()
    // A new persona is unfolded, and one types its name at once.
    await eventually('the name has the focus', () => page.evaluate(() => document.activeElement.closest('[data-field]')?.dataset.field.endsWith(' name') || Promise.reject(new Error('not yet'))))
    await page.keyboard.type(name)
    await panel.text('Role', role)
  }
  await panel.text('In their words', 'I need a door of my own')
  await panel.text('Goals', 'A second room\nNear the school')
  await panel.text('Needs', 'A form that fits')
  await panel.text('Frustrations', 'Explaining himself')
  await panel.text('About them', '42, drives a bus')
  await panel.turn(/^Primary/)
  await panel.at.getByRole('button', { name: 'Move “Tomasz” up' }).click()
  await panel.close()
  await map.grid.getByRole('columnheader', { name: /Tomasz’s journey.*and one more/ }).waitFor()

  const day = await page.evaluate(() => {
    const now = new Date()
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
  })
  await map.stage('Search').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Describe…' }).click()
  const stage = new Panel(page, 'About this stage')
  await stage.text('Name', 'Look around')
  await stage.text('What happens in it', 'From wish to list')
  await stage.close()
  await map.lane('Lane of note').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Kind and details…' }).click()
  const lane = new Panel(page, 'About this lane')
  await lane.text('Name', 'Open questions')
  await lane.pick(/What its cards are/, 'Expectations')
  await lane.turn('Hidden')
  await lane.close()

  const document = await stored()
  const { title, kind, scenario, goal, owner, review } = document
  assert.deepEqual(
    { title, kind, scenario, goal, owner, review },
    {
      title: 'Renting',
      kind: 'current-state',
      scenario: 'From search to keys',
      goal: 'Where people give up',
      owner: 'Ana Ruiz',
      review: { everyDays: 45, lastReviewed: day, by: 'Ana' },
    },
  )
  assert.deepEqual(
    document.personas.map(({ id: _, ...persona }) => persona),
    [
      {
        name: 'Tomasz',
        role: 'moves with his daughter',
        primary: true,
        quote: 'I need a door of my own',
        goals: ['A second room', 'Near the school'],
        needs: ['A form that fits'],
        frustrations: ['Explaining himself'],
        bio: '42, drives a bus',
      },
      { name: 'Mira', role: 'moves for a job', primary: false },
    ],
  )
  assert.deepEqual(document.stages, [{ id: 's1', title: 'Look around', description: 'From wish to list' }])
  assert.deepEqual(document.lanes.at(-1), { id: 'note', kind: 'expectation', title: 'Open questions', hidden: true })

  // Read aloud, and from there to the fields of one; what is deleted comes back.
  await map.grid.locator('[data-spot=corner]').click()
  const dialog = page.getByRole('dialog', { name: 'Whose journey' })
  await dialog.getByText('“I need a door of my own”').waitFor()
  await dialog.getByRole('button', { name: 'Edit Tomasz' }).click()
  await panel.at.getByRole('button', { name: 'Delete “Tomasz”' }).click()
  await page.getByText(/^Deleted “Tomasz”/).first().waitFor()
  assert.equal((await stored()).personas.length, 1)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await panel.at.getByRole('button', { name: /^Tomasz/ }).waitFor()
  assert.deepEqual((await stored()).personas, document.personas)
})

/** Fields no client knows, wherever there may be some. */
function withUnknown(document) {
  const some = { 'x-note': { deep: [1, { two: null }] } }
  const each = (list) => (list ?? []).map((entry) => ({ ...entry, ...some }))
  return {
    ...document,
    ...some,
    review: { ...document.review, board: 'UX' },
    personas: each(document.personas),
    stages: each(document.stages),
    lanes: each(document.lanes),
    cards: each(document.cards).map((card) => (card.sources === undefined ? card : { ...card, sources: each(card.sources) })),
    comments: each(document.comments),
  }
}

test('import, edit, export: of every sample only what was edited is another', async (t) => {
  const server = await serverFor(t)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const { page } = ana
  for (const file of ['renting-a-flat.current', 'renting-a-flat.future', 'library-card.blueprint', 'nurse-night-shift.day']) {
    const made = await importMap(server, withUnknown(await readSample(`${file}.json`)))
    const before = await request(server.http, `/api/maps/${made.id}`)
    const map = await comeIn(ana, made)
    await map.saved()
    if (before.kind === 'service-blueprint') {
      // The three lines are said by the lanes below them.
      for (const [kind, line] of [['frontstage', 'interaction'], ['backstage', 'visibility'], ['support', 'internal interaction']]) {
        await map.grid.getByRole('rowheader', { name: new RegExp(`lane of ${kind}, below the line of ${line}$`) }).waitFor()
      }
      assert.deepEqual(await page.locator('.m-line').allTextContents(), ['Line of interaction', 'Line of visibility', 'Line of internal interaction'])
    }
    const card = before.cards.find((one) => (one.sources?.length ?? 0) > 0)
    await map.grid.locator(`[data-card="${card.id}"]`).focus()
    await page.keyboard.press('Space')
    const panel = new Panel(page)
    const text = panel.at.locator('[data-field=text] textarea')
    await text.press('End')
    await text.press('Control+End')
    await page.keyboard.type(' (checked)')
    await panel.at.getByRole('button', { name: /^Source “/ }).first().click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await panel.at.getByRole('textbox', { name: /^Quote/ }).fill('Said so')
    await panel.at.getByRole('button', { name: 'Save source' }).click()
    await panel.close()
    await page.getByRole('button', { name: 'About this map' }).click()
    const about = new Panel(page, 'About this map')
    await about.text('Days between reviews', '30')
    await about.at.getByRole('button', { name: new RegExp(`^${before.personas[0].name}`) }).click()
    await about.text('Role', 'somebody')
    await about.close()
    await map.saved()

    const wanted = structuredClone(before)
    wanted.review.everyDays = 30
    wanted.personas[0].role = 'somebody'
    const edited = wanted.cards.find((one) => one.id === card.id)
    edited.text += ' (checked)'
    edited.sources[0].quote = 'Said so'
    // MAP-38: the day it was touched, by the calendar of who did it.
    edited.lastTouched = await page.evaluate(() => new Date().toISOString().slice(0, 10))
    assert.deepEqual(await request(server.http, `/api/maps/${made.id}`), wanted, file)
  }
})

test('what an opportunity addresses is drawn, said, and one click away from a pain', async (t) => {
  const document = {
    ...ONE_LANE_EACH,
    stages: ['s1', 's2', 's3', 's4', 's5', 's6', 's7'].map((id) => ({ id, title: `Stage ${id}` })),
    lanes: [{ id: 'pain', kind: 'pain', title: 'Pains' }, { id: 'opportunity', kind: 'opportunity', title: 'Opportunities' }],
    cards: [
      { id: 'near', lane: 'pain', stage: 's1', text: 'Nobody answers' },
      { id: 'far', lane: 'pain', stage: 's7', text: 'Nobody says goodbye' },
      { id: 'idea', lane: 'opportunity', stage: 's2', text: 'Answer', addresses: ['near', 'far'] },
    ],
  }
  const { server, id, page, map } = await inMap(t, browser(), document)
  const lines = page.locator('.m-links__line')
  await page.setViewportSize({ width: 900, height: 800 })
  await map.card('Answer').focus()
  await eventually('two links are drawn', async () => (await lines.count()) === 2)
  // One card is in sight and outlined, the other is pointed at and named.
  assert.equal(await page.locator('.m-links__end').count(), 1)
  await page.locator('.m-links__name', { hasText: 'Nobody says goodbye' }).waitFor()
  assert.equal(
    await map.card('Answer').getAttribute('aria-description'),
    'Addresses: “Nobody answers” in Pains, Stage s1; “Nobody says goodbye” in Pains, Stage s7',
  )
  // At any size of the sheet the outline lies around its card.
  for (const style of ['zoom: 0.6', 'transform: scale(0.7); transform-origin: 0 0', '']) {
    await page.locator('.m-sheet').evaluate((sheet, add) => sheet.setAttribute('style', `--stages: 7; ${add}`), style)
    await page.locator('.m-scroller').evaluate((scroller) => scroller.dispatchEvent(new Event('scroll')))
    await eventually(`the outline fits with “${style}”`, async () => {
      const [card, outline] = await Promise.all([map.card('Nobody answers'), page.locator('.m-links__end').first()].map((one) => one.boundingBox()))
      if (['x', 'y', 'width', 'height'].every((side) => Math.abs(card[side] - outline[side]) <= 7)) return true
      throw new Error(JSON.stringify({ card, outline }))
    })
  }
  // Nothing of it takes the pointer, and a card under the pointer shows its own.
  await map.card('Nobody answers').hover()
  await eventually('one link is drawn', async () => (await lines.count()) === 1)
  const { x, y, width, height } = await map.card('Nobody answers').boundingBox()
  assert.equal(await page.evaluate(([left, top]) => document.elementFromPoint(left, top).closest('[data-card]')?.dataset.card, [x + width / 2, y + height / 2]), 'near')
  await page.mouse.move(2, 2)
  // Scrolled there, it is the other end that is out of sight.
  await map.card('Nobody says goodbye').focus()
  await page.locator('.m-links__name', { hasText: 'Answer' }).waitFor()
  await map.grid.getByRole('listitem', { name: /Nobody says goodbye; addressed by 1$/ }).waitFor()

  await page.keyboard.press('Space')
  const panel = new Panel(page)
  await panel.at.getByRole('button', { name: 'Add an opportunity for this' }).click()
  await map.typing.waitFor()
  await page.keyboard.type('Say goodbye')
  await page.keyboard.press('Enter')
  await map.grid.getByRole('listitem', { name: /Nobody says goodbye; addressed by 2$/ }).waitFor()
  await map.saved()
  const made = (await request(server.http, `/api/maps/${id}`)).cards.find((card) => card.text === 'Say goodbye')
  assert.deepEqual([made.lane, made.stage, made.addresses], ['opportunity', 's7', ['far']])
  await page.keyboard.press('Control+z')
  await map.grid.getByRole('listitem', { name: /Nobody says goodbye; addressed by 1$/ }).waitFor()
})

test('a future state is linked to the map it improves on, and back; an invite’s token stays out of the map', async (t) => {
  const server = await serverFor(t)
  const [today, tomorrow] = await Promise.all([
    importMap(server, { ...ONE_LANE_EACH, title: 'As it is' }),
    importMap(server, { ...ONE_LANE_EACH, title: 'As it should be', kind: 'future-state' }),
  ])
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const { page } = ana
  await comeIn(ana, today)
  const map = await comeIn(ana, tomorrow)
  await page.getByRole('button', { name: 'About this map' }).click()
  const panel = new Panel(page, 'About this map')
  const named = async () => {
    await map.saved()
    return (await request(server.http, `/api/maps/${tomorrow.id}`)).currentState
  }
  await panel.write('Improves on', `${server.http}/join/${today.id}#${today.invites.participant}`)
  assert.equal(await named(), today.id)
  await panel.write('Improves on', '')
  assert.equal(await named(), undefined)
  await panel.at.getByRole('combobox', { name: 'Improves on' }).click()
  await page.getByRole('option', { name: 'As it is' }).click()
  assert.equal(await named(), today.id)
  await page.getByRole('banner').getByRole('link', { name: 'As it is' }).click()
  await page.getByRole('banner').getByRole('link', { name: 'As it should be' }).waitFor()
  await page.goto(server.http)
  await page.getByRole('link', { name: /As it should be.*Improves on As it is/ }).waitFor()
})

test('an observer reads everything and finds no control', async (t) => {
  const sample = await readSample('renting-a-flat.current.json')
  const { page, map } = await inMap(t, browser(), sample, 'observer')
  const panel = new Panel(page)
  const controls = () => panel.at.locator('input, textarea, select, [role=radio], [role=switch], [role=slider], [role=combobox]').count()
  for (const kind of ['touchpoint', 'expectation', 'feeling', 'pain', 'opportunity']) {
    await map.grid.getByRole('listitem', { name: new RegExp(`^${kind}.*source`, 'i') }).first().focus()
    await page.keyboard.press('Space')
    await panel.at.locator('[data-field=text]').waitFor()
    assert.equal(await controls(), 0, kind)
    assert.equal(await panel.at.locator('[disabled], [aria-disabled=true]').count(), 0, kind)
    await panel.close()
  }
  await page.getByRole('button', { name: 'About this map' }).click()
  const about = new Panel(page, 'About this map')
  await about.at.getByText(sample.personas[0].bio).waitFor()
  await about.at.getByText(/^Last reviewed 16 November 2026\./).waitFor()
  assert.equal(await about.at.locator('input, textarea, button:not([aria-label="Close details"])').count(), 0)
})
