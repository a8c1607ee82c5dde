// Emotion rounds: answering, and how the room felt.

import { request } from '../../../conformance/harness/maps.mjs'
import { facilitator, Member } from '../../harness/facilitation.mjs'
import { rounds } from './brainstorm.mjs'

const opened = async (stage, role = 'participant') => {
  const map = await stage.map('renting-a-flat.current.json', role)
  stage.fay = await facilitator(stage.server, stage.made)
  await stage.fay.does({ openEmotionRound: { setup: { question: 'How does each stage feel to Mira?', seconds: 300 } } })
  await stage.page.getByRole('region', { name: 'Emotion round' }).waitFor()
  return map
}

const answering = async (stage) => {
  const map = await opened(stage)
  await stage.page.getByRole('button', { name: 'Place your feelings' }).click()
  const sliders = stage.page.getByRole('slider')
  for (const [at, keys] of [['ArrowUp', 'ArrowUp'], ['ArrowDown'], ['End']].entries()) {
    await sliders.nth(at).focus()
    for (const key of keys) await stage.page.keyboard.press(key)
  }
  await stage.page.locator('[data-feelings-state=saved]').waitFor()
  return map
}

/** Nine people, each with an opinion, and the round closed. */
const felt = async (stage, role = 'facilitator') => {
  const map = await opened(stage, role)
  const { stages } = await request(stage.server.http, `/api/maps/${stage.made.id}`)
  const moods = [
    [1, 1, 1.5, 1, 0.5, 1, 1, 1.5, 1],
    [-2, 2, -1.5, 1.5, 0, -2, 1, 2, -0.5],
    [-1, -1.5, -1, -2, -1, -0.5, -1, -1.5, -1],
    [0, 0.5, -0.5, 1, -1, 0, 0.5, 0, 0],
    [1.5, 2, 2, 1, -1, 2, 1.5, 2, 0.5],
  ]
  for (let who = 0; who < 9; who += 1) {
    const guest = await Member.join(stage.server, stage.made, `Guest ${who + 1}`)
    for (const [at, { id }] of stages.entries()) {
      await guest.does({ feel: { round: 1, stage: id, score: moods[at % moods.length][who] } })
    }
  }
  await stage.fay.does({ closeRound: { round: 1 } })
  await stage.page.getByRole('region', { name: 'The emotion round that has ended' }).waitFor()
  return map
}

const shown = async (stage) => {
  await felt(stage)
  await stage.page.getByRole('button', { name: 'Show how it felt' }).click()
  await stage.page.getByRole('dialog', { name: 'How the room felt' }).waitFor()
}

export default {
  'feelings-open': (stage) => opened(stage),
  feelings: (stage) => answering(stage),
  'feelings-ended': (stage) => felt(stage),
  'feelings-result': (stage) => shown(stage),
  'feelings-apply': async (stage) => {
    await shown(stage)
    await stage.page.getByRole('button', { name: /^Apply the median/ }).click()
    await stage.page.getByRole('button', { name: /^Change \d+ cards/ }).scrollIntoViewIfNeeded()
  },
  'feelings-report': async (stage) => {
    await felt(stage)
    await stage.tab('Report')
    await stage.page.getByRole('heading', { name: 'How the room felt' }).evaluate((heading) => heading.scrollIntoView())
  },
  'feelings-overlay': async (stage) => {
    const map = await felt(stage)
    await stage.page.getByRole('toolbar', { name: 'Map' }).getByRole('button', { name: 'View' }).click()
    await stage.page.getByRole('menuitemcheckbox', { name: 'How the room felt' }).click()
    await stage.page.keyboard.press('Escape')
    await stage.page.locator('.e-crowd').waitFor({ state: 'attached' })
    await map.grid.locator('.m-row--emotion').scrollIntoViewIfNeeded()
  },
  'feelings-panel': async (stage) => {
    await felt(stage)
    const panel = await rounds(stage)
    await panel.getByRole('button', { name: 'New emotion round' }).click()
    await panel.getByRole('button', { name: 'Open the round' }).scrollIntoViewIfNeeded()
  },
  'feelings-progress': async (stage) => {
    await opened(stage, 'facilitator')
    const panel = await rounds(stage)
    await panel.getByText(/are done/).waitFor()
  },
}
