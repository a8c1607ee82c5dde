// The facilitator's panel: from no agenda to one that runs, and each moment of its clock.

import { request } from '../../../conformance/harness/maps.mjs'

/** As the host of this machine would, from a terminal. */
const tell = (stage, what) =>
  request(stage.server.http, `/api/maps/${stage.made.id}/commands`, { method: 'POST', body: { command: what } })

async function open(stage) {
  await stage.map()
  await stage.page.getByRole('button', { name: 'Facilitate' }).click()
  const panel = stage.page.getByRole('complementary', { name: 'Facilitate' })
  await panel.getByRole('button').first().waitFor()
  return { panel, page: stage.page }
}

async function templates(stage) {
  const { panel, page } = await open(stage)
  await panel.getByRole('button', { name: 'Choose a template' }).click()
  const dialog = page.getByRole('dialog', { name: 'Agenda templates' })
  await dialog.waitFor()
  return { panel, page, dialog }
}

async function planned(stage) {
  const { panel, page, dialog } = await templates(stage)
  await dialog.getByRole('button', { name: 'Use this agenda' }).click()
  await panel.getByText('What happens next').waitFor()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  return { panel, page }
}

const steps = (panel) => panel.getByRole('list').last().getByRole('listitem')

/** In the eighth step, with three others, one of them done. */
async function running(stage) {
  const made = await planned(stage)
  const others = [await stage.other('Bo'), await stage.other('Jo Lindqvist'), await stage.other('Cy Okafor')]
  await made.panel.getByRole('button', { name: 'Start “Where it hurts, alone” for everyone' }).click()
  await made.panel.getByRole('button', { name: /^Pause/ }).waitFor()
  await others[0].page.getByRole('button', { name: 'I’m done' }).click()
  await made.panel.getByText('1 of 3 done').waitFor()
  return made
}

export default {
  'facilitate-none': (stage) => open(stage),
  'facilitate-templates': (stage) => templates(stage),
  'facilitate-templates-missing': async (stage) => {
    const { dialog } = await templates(stage)
    await dialog.getByText('Service blueprint', { exact: true }).click()
  },
  'facilitate-planned': (stage) => planned(stage),
  'facilitate-running': (stage) => running(stage),
  'facilitate-names': async (stage) => {
    const { panel } = await running(stage)
    await panel.getByRole('button', { name: /1 of 3 done/ }).click()
  },
  'facilitate-paused': async (stage) => {
    const { panel } = await running(stage)
    await panel.getByRole('button', { name: 'Pause for all' }).click()
    await panel.getByRole('button', { name: 'Resume for all' }).waitFor()
  },
  'facilitate-zero': async (stage) => {
    const { panel } = await running(stage)
    await tell(stage, { extend: { seconds: -3600 } })
    await panel.getByText('It waits for you').waitFor()
  },
  'facilitate-edit': async (stage) => {
    const { panel } = await planned(stage)
    await steps(panel).nth(6).getByRole('button').first().click()
    await panel.getByRole('textbox', { name: 'Title' }).waitFor()
    await panel.getByRole('button', { name: 'Duplicate' }).scrollIntoViewIfNeeded()
  },
  'facilitate-focus': async (stage) => {
    const { panel, page } = await planned(stage)
    await steps(panel).nth(6).getByRole('button').first().click()
    await panel.getByRole('button', { name: /^Focus/ }).click()
    await page.getByRole('dialog', { name: 'Focus of this step' }).waitFor()
  },
  'facilitate-replace': async (stage) => {
    const { panel, page } = await running(stage)
    await panel.getByRole('button', { name: 'Templates' }).click()
    await page.getByText('is under way. Finish').waitFor()
  },
  'facilitate-report': async (stage) => {
    const { page } = await running(stage)
    await stage.tab('Report')
    await page.getByRole('article', { name: 'Report' }).waitFor()
  },
  'facilitate-details': async (stage) => {
    const { page } = await running(stage)
    // On a phone the panel covers the map.
    if (page.viewportSize().width < 721) return
    await page.getByRole('grid').getByRole('listitem').first().focus()
    await page.keyboard.press('Space')
    await page.getByRole('complementary', { name: 'Card details' }).waitFor()
  },
}
