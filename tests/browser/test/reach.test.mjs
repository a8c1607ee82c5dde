// The same screens for a finger, for large text, and in the system's own colours.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSample } from '../harness/samples.mjs'
import { begin, chromiumForAll, importMap, comeIn, person, serverFor, step } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** Goes from screen to screen of a full map, a step of a workshop under way in it, and looks at each. */
async function everyScreen(t, options, look) {
  const server = await serverFor(t)
  const made = await importMap(server, await readSample('renting-a-flat.current.json'))
  const ana = await person(t, browser(), { server, name: 'Ana', ...options })
  const { page } = ana
  const part = async (name, shown) => {
    await page.getByRole('link', { name, exact: true }).click()
    await shown.waitFor()
    await look(page, name)
  }
  await ana.open(`/join/${made.id}#${made.invites.participant}`)
  await page.getByRole('textbox', { name: 'Your name' }).waitFor()
  await look(page, 'Join')
  const instructions = 'Where does it hurt? One pain a card, in the customer’s own words.'
  await begin(server, made.id, [step('Collect the pains', { minutes: 480, instructions, focus: { lanes: ['pain'] } })])
  const map = await comeIn(ana, made)
  await map.saved()
  await page.getByRole('region', { name: 'Step under way' }).waitFor()
  await look(page, 'Map')
  await map.card('Listing portal').focus()
  await page.keyboard.press('Space')
  await page.getByRole('complementary').waitFor()
  await look(page, 'Details')
  await page.keyboard.press('Escape')
  await part('Opportunities', page.getByRole('grid', { name: 'Opportunities' }))
  await page.getByRole('radio', { name: 'Matrix' }).press('Space')
  await page.getByRole('grid', { name: 'Impact against effort' }).waitFor()
  await look(page, 'Matrix')
  await part('Report', page.getByRole('article', { name: 'Report' }))
  await page.goto(`${server.http}/map/${made.id}/present`)
  await page.getByRole('region', { name: /^Slide 1 of/ }).waitFor()
  await look(page, 'Present')
  await ana.open('/')
  await page.getByRole('link', { name: /^Renting/ }).waitFor()
  await look(page, 'Home')
}

test('ACCESS-6 a finger finds 36 px at least, and 44 px where it goes most', async (t) => {
  const found = []
  let seen = 0
  await everyScreen(t, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page, screen) => {
    const targets = await page.evaluate(() =>
      [...document.querySelectorAll('a[href], button, input:not([type=hidden]), [role=slider], [data-details]')]
        .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.visually-hidden, .skip-link, .o-row--heads, [aria-hidden=true] > button'))
        .map((element) => {
          const { width, height } = (element.closest('label, .m-switch') ?? element).getBoundingClientRect()
          return { name: element.getAttribute('aria-label') ?? element.textContent, is: `${element.tagName} ${element.className}`, width, height }
        })
        .filter(({ width, height }) => width > 1 && height > 1),
    )
    seen += targets.length
    for (const { name, is, width, height } of targets) {
      // Marks in a row may be as narrow as 2.5.8 allows.
      const main = /c-button--(m|l)\b|map-bar__home|map-parts__link|c-menu__item/.test(is)
      const [wide, high] = [24, main ? 44 : 36]
      if (width < wide - 0.5 || height < high - 0.5) found.push(`${screen}: ${name} (${is}) ${Math.round(width)} × ${Math.round(height)}`)
    }
  })
  assert.ok(seen > 100, 'targets were looked at')
  assert.deepEqual([...new Set(found)], [])
})

test('text at 200 % pushes nothing off the page', async (t) => {
  await everyScreen(t, { viewport: { width: 1280, height: 800 } }, async (page, screen) => {
    await page.addStyleTag({ content: 'html { font-size: 200% !important }' })
    const lost = await page.evaluate(() => {
      const room = document.documentElement.clientWidth
      const isHidden = (element) => element.closest('.visually-hidden, .skip-link, .m-scroller, .o-scroller, .m-panel__body, [inert], [aria-hidden=true]')
      const outside = [...document.querySelectorAll('button, a[href], input, h1, h2')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !isHidden(element))
        .filter((element) => {
          const { left, right, width } = element.getBoundingClientRect()
          return width > 1 && (left < -1 || right > room + 1)
        })
        .map((element) => element.getAttribute('aria-label') ?? element.textContent)
      return { outside, sideways: document.documentElement.scrollWidth - room }
    })
    assert.deepEqual(lost, { outside: [], sideways: 0 }, screen)
  })
})

test('in forced colours what is chosen, current or in focus is marked', async (t) => {
  await everyScreen(t, { forcedColors: 'active' }, async (page, screen) => {
    const unmarked = await page.evaluate(() =>
      [...document.querySelectorAll('[aria-current=page], [role=radio][aria-checked=true]')]
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const { outlineStyle, outlineWidth } = getComputedStyle(element)
          return outlineStyle === 'none' || outlineWidth === '0px'
        })
        .map((element) => element.textContent),
    )
    assert.deepEqual(unmarked, [], screen)
    if (screen !== 'Map') return
    await page.getByRole('gridcell').first().focus()
    await page.keyboard.press('ArrowRight')
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)
    assert.notEqual(ring, 'none', 'the focus has a ring')
  })
})
