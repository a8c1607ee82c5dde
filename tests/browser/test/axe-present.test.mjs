// Axe on a presentation: the opening, a stage and the closing are drawn each in their own way.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { inMap, readSample } from '../harness/samples.mjs'
import { chromiumForAll } from '../harness/workshop.mjs'

const browser = chromiumForAll()

test('the opening, a stage and the closing', async (t) => {
  const { page } = await inMap(t, browser(), await readSample('renting-a-flat.current.json'))
  // A window that fills the screen takes no other width, nor does one that has only just ceased to: here the browser refuses.
  await page.evaluate(() => {
    Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused'))
  })
  await page.getByRole('button', { name: 'Present', exact: true }).click()
  await page.getByRole('region', { name: /^Slide 1 of/ }).waitFor()
  await findsNothing(page, 'the opening')
  for (const [key, what] of [['4', 'a stage'], ['End', 'the closing']]) {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.keyboard.press(key)
    await page.getByRole('region', { name: key === '4' ? /^Slide 5 of/ : /What to do first$/ }).waitFor()
    await findsNothing(page, what, '.present')
  }
})
