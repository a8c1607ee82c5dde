// The bar of a step, and the map in it, as everyone sees them. Each is one moment of a step: running, its last minute, its end, paused.

import { blindfold } from '../../harness/blindfold.mjs'
import { begin, command, step } from '../../harness/workshop.mjs'

const PAINS = step('Collect the pains', {
  instructions:
    'Where does it hurt? One pain a card, in the customer’s own words.\n\nThink of people you have spoken to, not of what might be. Add a source where you have one; a guess is welcome, too, and stays marked as an assumption.',
  minutes: 12,
  focus: { stages: ['search', 'viewing', 'applying'], lanes: ['act', 'feel', 'pain'] },
})
const AGENDA = (more) => [
  step('Arrive', { minutes: 5 }),
  step('Walk the journey', { minutes: 10 }),
  { ...PAINS, ...more },
  step('Vote on the worst moments', { minutes: 8, mode: 'vote' }),
  step('Opportunities', { minutes: 15 }),
  step('Take it home', { minutes: 5, mode: 'discuss' }),
]

/** Ana in the third step, with two others, one of them done. */
async function inStep(stage, { more = {}, role = 'participant' } = {}) {
  const map = await stage.map('renting-a-flat.current.json', role)
  const { id } = stage.made
  const [bo] = [await stage.other('Bo'), await stage.other('Jo Lindqvist')]
  await begin(stage.server, id, AGENDA(more), 2)
  await bo.page.getByRole('button', { name: 'I’m done' }).click()
  await stage.page.getByText(/^1 of \d done/).waitFor()
  return { map, page: stage.page, tell: (what) => command(stage.server, id, what) }
}

const phase = (page, name) => page.locator(`[data-phase="${name}"]`).waitFor()

export default {
  workshop: (stage) => inStep(stage),
  'workshop-open': async (stage) => {
    const { page } = await inStep(stage)
    await page.getByRole('button', { name: 'Instructions' }).click()
  },
  'workshop-lock': async (stage) => {
    await inStep(stage, { more: { lock: true } })
  },
  'workshop-lock-facilitator': async (stage) => {
    await inStep(stage, { more: { lock: true }, role: 'facilitator' })
  },
  'workshop-kept-words': async (stage) => {
    const blind = await blindfold(stage.page)
    const { map, page } = await inStep(stage)
    blind.on()
    await command(stage.server, stage.made.id, { nextStep: {} })
    await command(stage.server, stage.made.id, { changeStep: { id: 4, step: { ...PAINS, title: 'Vote on the worst moments', lock: true } } })
    await page.getByRole('gridcell').first().focus()
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: /^Text of the/ }).waitFor()
    await page.keyboard.insertText('The agency never says when it will call back, so they sit at home and wait.')
    await page.getByRole('alertdialog').waitFor()
    blind.off()
    await map.saved()
  },
  'workshop-last': async (stage) => {
    const { page, tell } = await inStep(stage)
    await tell({ extend: { seconds: -678 } })
    await phase(page, 'last')
  },
  'workshop-up': async (stage) => {
    const { page, tell } = await inStep(stage)
    await tell({ extend: { seconds: -3600 } })
    await phase(page, 'zero')
  },
  'workshop-up-locked': async (stage) => {
    const { page, tell } = await inStep(stage, { more: { atZero: 'lock' } })
    await tell({ extend: { seconds: -3600 } })
    await phase(page, 'zero')
  },
  'workshop-paused': async (stage) => {
    const { page, tell } = await inStep(stage)
    await tell({ pause: {} })
    await phase(page, 'paused')
  },
  'workshop-no-limit': async (stage) => {
    const { page } = await inStep(stage, { more: { minutes: undefined } })
    await phase(page, 'open')
  },
  'workshop-observer': (stage) => inStep(stage, { role: 'observer' }),
  'workshop-opportunities': async (stage) => {
    await inStep(stage)
    await stage.tab('Opportunities')
  },
  'workshop-present': async (stage) => {
    const { page, map } = await inStep(stage)
    await map.page.getByRole('button', { name: 'More' }).first().click()
    await page.getByRole('menuitem', { name: 'Present' }).click()
    await page.getByRole('navigation', { name: 'Slides' }).waitFor()
  },
}
