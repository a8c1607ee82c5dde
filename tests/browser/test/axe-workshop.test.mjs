// Axe on what a workshop adds to the page: the bar of a step in each of its moments, and the map outside its focus.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { inMap } from '../harness/samples.mjs'
import { begin, chromiumForAll, command, step } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const SAMPLE = {
  title: 'Collect the pains',
  instructions: 'Where does it hurt?\n\nOne pain a card, in the customer’s own words.',
  focus: { stages: ['s1'], lanes: ['l2', 'l3'] },
}

test('the bar of a step, running, opened, in its last minute, paused and at its end', async (t) => {
  const { server, id, page } = await inMap(t, browser())
  const phase = (name) => page.locator(`[data-phase="${name}"]`).waitFor()
  await begin(server, id, [step('Arrive', { ...SAMPLE, minutes: 480 }), step('One minute each', { minutes: 1 }), step('Walk the journey')])
  await phase('calm')
  await findsNothing(page, 'a step under way')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Instructions' }).click()
  await findsNothing(page, 'its instructions', '.workshop')
  await command(server, id, { pause: {} })
  await phase('paused')
  await findsNothing(page, 'a paused step', '.workshop')
  await command(server, id, { nextStep: {} })
  await phase('last')
  await findsNothing(page, 'the last minute, or the end it came to meanwhile', '.workshop')
  await command(server, id, { extend: { seconds: -3600 } })
  await phase('zero')
  await findsNothing(page, 'a step whose time is up', '.workshop')
  await command(server, id, { nextStep: {} })
  await phase('open')
  await findsNothing(page, 'a step without a limit', '.workshop')
})

test('a map outside the focus, locked, with overlays on it', async (t) => {
  const { server, id, page } = await inMap(t, browser())
  await begin(server, id, [step('Pains', { ...SAMPLE, lock: true })])
  await page.locator('[data-bounds="outside still"]').first().waitFor()
  await findsNothing(page, 'a locked map')
  await page.setViewportSize({ width: 1440, height: 900 })
  const view = async (choice) => {
    await page.getByRole('toolbar', { name: 'Map' }).getByRole('button', { name: 'View' }).click()
    await page.getByRole('menuitemradio', { name: choice }).click()
    await page.getByRole('region', { name: 'What you see of the map' }).waitFor()
  }
  for (const overlay of ['Assumptions and evidence', /^Age/]) {
    await view(overlay)
    await findsNothing(page, `a locked map seen through ${overlay}`, '.m-grid')
    await page.setViewportSize({ width: 1440, height: 900 })
  }
})
