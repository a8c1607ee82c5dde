// What axe finds on a page, in light and dark, from a small phone to a wall, and whether the page can be pushed sideways.

import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Each with its themes, and with the rules asked where not all are. */
const WIDTHS = [
  { width: 1440, themes: ['light', 'dark'] },
  // Between two that are looked at whole: only whether it can be pushed sideways.
  { width: 390, themes: [] },
  { width: 360, themes: ['light', 'dark'] },
  // Nothing is drawn here that is not at 1440; only more of it has room.
  { width: 2560, themes: ['light'], rules: ['target-size', 'scrollable-region-focusable', 'color-contrast'] },
]

/** The only rules whose answer depends on the theme: in dark, the others would only say again what they said in light. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** Fails with every violation of every combination at once. `within` limits axe to the part that other looks have not seen. */
export async function findsNothing(page, what, within) {
  const found = []
  for (const { width, themes, rules } of WIDTHS) {
    await page.setViewportSize({ width, height: width >= 1440 ? 900 : 780 })
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await settled(page)
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
      if (within !== undefined) axe.include(within)
      if (rules !== undefined) axe.withRules(rules)
      else if (colorScheme === 'light') axe.withTags(TAGS)
      else axe.withRules(OF_COLOUR)
      const { violations, passes, incomplete, inapplicable } = await axe.analyze()
      assert.notEqual(passes.length, 0, `${what}: axe looked at nothing`)
      if (colorScheme === 'light') {
        const asked = [violations, passes, incomplete, inapplicable].flat().map(({ id }) => id)
        // 2.5.8 is new in WCAG 2.2, and not asked by every version of axe.
        assert.ok(asked.includes('target-size'), `${what}: axe does not look at the size of targets`)
      }
      for (const { id, help, nodes } of violations) {
        const places = nodes.slice(0, 4).map(({ target, failureSummary }) => `      ${target.join(' ')}\n        ${failureSummary.split('\n').slice(1).join('; ').trim()}`)
        found.push(`  ${width} px, ${colorScheme}: ${id} (${help}), ${nodes.length} ×\n${places.join('\n')}`)
      }
    }
    const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth }))
    if (wide > room) found.push(`  ${width} px: the page is ${wide} px wide and can be pushed sideways`)
  }
  assert.equal(found.length, 0, `${what}:\n${found.join('\n')}`)
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
