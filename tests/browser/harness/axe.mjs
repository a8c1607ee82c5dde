// What axe finds on a page, in light and dark, from a small phone to a wall, and whether the page can be pushed sideways.

import assert from 'node:assert/strict'
import axe from 'axe-core'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** The only rules whose answer depends on the theme: in the other one, the rest would only say again what they said. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** Each width with what is asked in each theme. All of it costs more than a run of all tests has: LOOKS=all asks it. */
const ALL = process.env.LOOKS === 'all'
const WIDTHS = [
  { width: 1440, looks: ALL ? { light: TAGS, dark: OF_COLOUR } : { light: TAGS } },
  // Between two that are looked at whole: only whether it can be pushed sideways.
  { width: 390, looks: {} },
  { width: 360, looks: ALL ? { dark: TAGS, light: OF_COLOUR } : { dark: TAGS } },
  // Nothing is drawn here that is not at 1440; only more of it has room.
  { width: 2560, looks: ALL ? { light: ['target-size', 'scrollable-region-focusable', 'color-contrast'] } : {} },
]

/** Fails with every violation of every combination at once. `within` limits axe to the part that other looks have not seen. */
export async function findsNothing(page, what, within) {
  const found = []
  for (const { width, looks } of WIDTHS) {
    await page.setViewportSize({ width, height: width >= 1440 ? 900 : 780 })
    for (const [colorScheme, asked] of Object.entries(looks)) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await settled(page)
      const { passed, rules, violations } = await look(page, asked, within)
      assert.notEqual(passed, 0, `${what}: axe looked at nothing`)
      // 2.5.8 is new in WCAG 2.2, and not asked by every version of axe.
      if (asked === TAGS) assert.ok(rules.includes('target-size'), `${what}: axe does not look at the size of targets`)
      for (const { id, help, nodes } of violations) {
        const places = nodes.slice(0, 4).map(({ target, failureSummary }) => `      ${target.join(' ')}\n        ${failureSummary.split('\n').slice(1).join('; ').trim()}`)
        found.push(`  ${width} px, ${colorScheme}: ${id} (${help}), ${nodes.length} ×\n${places.join('\n')}`)
      }
    }
    const wide = await pushedSideways(page)
    if (wide !== null) found.push(`  ${width} px: the page is ${wide} px wide and can be pushed sideways`)
  }
  assert.equal(found.length, 0, `${what}:\n${found.join('\n')}`)
}

/** How wide the page is if it is wider than the window. What hangs on a button finds its place anew after the window has changed. */
async function pushedSideways(page) {
  const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth
  const is = await page.waitForFunction(fits, undefined, { timeout: 5_000 }).then(() => true, () => false)
  return is ? null : page.evaluate(() => document.documentElement.scrollWidth)
}

/** One run of axe, brought into the page once. The pages have no frames, so one script sees all. */
async function look(page, asked, within) {
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(axe.source)
  const options = { resultTypes: ['violations'], runOnly: { type: asked === TAGS ? 'tag' : 'rule', values: asked } }
  return page.evaluate(
    async ({ options, within }) => {
      const { violations, passes, incomplete, inapplicable } = await window.axe.run(within ?? document, options)
      const rules = [violations, passes, incomplete, inapplicable].flat().map(({ id }) => id)
      return { passed: passes.length, rules, violations }
    },
    { options, within },
  )
}

/** Two frames and no running transition: colours and places are what they will stay. */
async function settled(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await frame()
    const running = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(running.map(({ finished }) => finished))
  })
}
