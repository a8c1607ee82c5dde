// A person with a keyboard and nothing else: going somewhere with Tab, and knowing where one is.

import { eventually } from './eventually.mjs'

/** More stops than any screen has; it only ends a test that would otherwise go round and round. */
const MOST = 120

/** Goes on with Tab until the focus is there. */
export async function tabTo(page, locator, keys = 'Tab') {
  // Suggestions that open on the way hide everything else from roles and names: it is found before setting out.
  const goal = await locator.elementHandle()
  for (let step = 0; step < MOST; step += 1) {
    if (await goal.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(keys)
  }
  const at = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))
  throw new Error(`${MOST} × ${keys} do not lead to ${locator}; the focus is on ${at}`)
}

/** What the focus is on, as a screen reader would name it. */
export const standing = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)

/** The focus is on something that is on screen and not under anything: never on the page itself. */
export async function isSomewhere(page, where) {
  await eventually(`the focus can be seen ${where}`, () =>
    page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) throw new Error('the focus is on the page itself')
      const name = element.getAttribute('aria-label') ?? element.outerHTML.slice(0, 160)
      const { x, y, width, height } = element.getBoundingClientRect()
      const [left, top] = [Math.max(x, 0), Math.max(y, 0)]
      const [right, bottom] = [Math.min(x + width, innerWidth), Math.min(y + height, innerHeight)]
      if (right - left < 1 || bottom - top < 1) throw new Error(`${name} is out of sight`)
      const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      // A switch or a radio is drawn by its label, over a field that cannot be seen.
      const own = element.closest('label') ?? element
      if (!own.contains(above) && !above?.contains(own)) throw new Error(`${name} is under ${above?.outerHTML.slice(0, 120)}`)
      return true
    }),
  )
}
