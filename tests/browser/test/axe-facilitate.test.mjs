// Axe on the facilitator's panel: without an agenda, with one, a step's fields open, its clock in each state, templates over it.

import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { findsNothing } from '../harness/axe.mjs'
import { inMap, readSample } from '../harness/samples.mjs'
import { chromiumForAll } from '../harness/workshop.mjs'

const browser = chromiumForAll()

test('the panel, from no agenda to one at zero', async (t) => {
  const { server, id, page } = await inMap(t, browser(), await readSample('renting-a-flat.current.json'), 'facilitator')
  const tell = (command) => request(server.http, `/api/maps/${id}/commands`, { method: 'POST', body: { command } })
  const wide = () => page.setViewportSize({ width: 1440, height: 900 })
  const panel = page.getByRole('complementary', { name: 'Facilitate' })
  await page.getByRole('button', { name: 'Facilitate' }).click()
  await panel.getByText('No agenda yet').waitFor()
  await findsNothing(page, 'the panel without an agenda')
  await wide()
  await panel.getByRole('button', { name: 'Choose a template' }).click()
  const dialog = page.getByRole('dialog', { name: 'Agenda templates' })
  await dialog.waitFor()
  await findsNothing(page, 'templates', '[role=dialog]')
  await wide()
  await dialog.getByText('Service blueprint', { exact: true }).click()
  await findsNothing(page, 'a template this map has no lanes for', '[role=dialog]')
  await wide()
  await dialog.getByText('Layer by layer', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Use this agenda' }).click()
  await panel.getByRole('button', { name: /Where it hurts, alone/ }).first().click()
  await panel.getByRole('textbox', { name: 'Title' }).waitFor()
  await findsNothing(page, 'a step with its fields open', '.f-panel')
  await wide()
  await panel.getByRole('button', { name: /^Focus/ }).click()
  await page.getByRole('dialog', { name: 'Focus of this step' }).waitFor()
  await findsNothing(page, 'the choice of a focus', '[role=dialog]')
  await wide()
  await page.keyboard.press('Escape')
  await panel.getByRole('button', { name: 'Start “Where it hurts, alone” for everyone' }).click()
  await panel.getByRole('button', { name: 'Pause for all' }).waitFor()
  await findsNothing(page, 'a step under way, others done', '.f-panel')
  await tell({ pause: {} })
  await panel.getByRole('button', { name: 'Resume for all' }).waitFor()
  await findsNothing(page, 'a clock that stands', '.f-panel')
  await tell({ resume: {} })
  await tell({ extend: { seconds: -3600 } })
  await panel.getByText('It waits for you to go on').waitFor()
  await findsNothing(page, 'a step at zero', '.f-panel')
})
