// A brainstorm: writing in the cells, in the list, and the reveal.

import { request } from '../../../conformance/harness/maps.mjs'
import { facilitator, Member } from '../../harness/facilitation.mjs'

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

/** The facilitators' panel at its rounds. */
export const rounds = async (stage) => {
  await stage.page.getByRole('button', { name: 'Facilitate' }).click()
  const panel = stage.page.getByRole('complementary', { name: 'Facilitate' })
  await panel.getByRole('tab', { name: 'Rounds' }).click()
  return panel
}

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
  'brainstorm-start': async (stage) => {
    await stage.map()
    const panel = await rounds(stage)
    await panel.getByRole('button', { name: 'New brainstorm' }).click()
    await panel.getByRole('form', { name: 'Start a brainstorm' }).getByRole('textbox', { name: 'Question' }).fill(QUESTION)
  },
  'brainstorm-reveal': async (stage) => {
    await stage.map()
    const panel = await rounds(stage)
    const fay = await facilitator(stage.server, stage.made)
    await fay.does({ startBrainstorm: { setup: { prompt: QUESTION, focus: {}, signed: false } } })
    const { lanes, stages } = await request(stage.server.http, `/api/maps/${stage.made.id}`)
    for (const name of ['Bo Okafor', 'Cy']) {
      const guest = await Member.join(stage.server, stage.made, name)
      for (let nth = 0; nth < 3; nth += 1) {
        await guest.does({ writeDraft: { draft: `d${nth}`, lane: lanes[0].id, stage: stages[nth].id, text: `${name} ${nth}` } })
      }
    }
    await panel.getByText(/6 cards/).first().waitFor()
    await panel.getByRole('button', { name: 'Reveal…' }).click()
  },
  'brainstorm-left': async (stage) => {
    const map = await underWay(stage)
    await write(stage, map.cell('Pains', 0), 'Half of the listings are gone already')
    await saved(stage)
    await stage.fay.does({ discardDrafts: {} })
    await stage.page.getByRole('region', { name: 'Words that were not saved' }).waitFor()
  },
}
