// A brainstorm: writing in the cells, in the list, and the reveal.

import { facilitator } from '../../harness/facilitation.mjs'

const QUESTION = 'What makes people give up?'

const underWay = async (stage, { signed = false, focus = {} } = {}) => {
  const map = await stage.map('renting-a-flat.current.json', 'participant')
  stage.fay = await facilitator(stage.server, stage.made)
  await stage.fay.does({ startBrainstorm: { setup: { prompt: QUESTION, focus, signed } } })
  await stage.page.getByRole('region', { name: 'Brainstorm' }).waitFor()
  return map
}

const write = async (stage, cell, ...texts) => {
  await cell.focus()
  await stage.page.keyboard.press('n')
  for (const text of texts) {
    await stage.page.keyboard.type(text)
    await stage.page.keyboard.press('Enter')
  }
  await stage.page.keyboard.press('Escape')
}

const saved = (stage) => stage.page.locator('[data-draft-state=saved]').first().waitFor()

export default {
  brainstorm: async (stage) => {
    const map = await underWay(stage)
    await write(stage, map.cell('Pains', 0), 'Half of the listings are gone already', 'Every portal wants the same form')
    await saved(stage)
  },
  'brainstorm-list': async (stage) => {
    const map = await underWay(stage, { signed: true })
    await write(stage, map.cell('Pains', 1), 'Nobody answers for a week')
    const open = stage.page.getByRole('button', { name: 'Write in a list' })
    if ((await open.getAttribute('aria-expanded')) !== 'true') await open.click()
    const field = stage.page.getByRole('textbox', { name: 'Your card' })
    await field.fill('The deposit has to be paid before the keys are there')
    await field.press('Enter')
    await saved(stage)
  },
}
