// Axe on emotion rounds: the handles, the line about the end, the result with its picture and the plan of the median, the curve over the lane.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { facilitator, Member } from '../harness/facilitation.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

test('answering, the result, applying it, and the curve of the room over the lane', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const fay = await facilitator(server, made)
  const bo = await Member.join(server, made, 'Bo')
  const ana = await person(t, browser(), { server, name: 'Ana' })
  await comeIn(ana, made, 'facilitator')
  const { page } = ana
  const wide = () => page.setViewportSize({ width: 1440, height: 900 })
  await fay.does({ openEmotionRound: { setup: { question: 'How does it feel?', seconds: 3600 } } })
  await page.getByRole('button', { name: 'Place your feelings' }).click()
  await page.getByRole('slider', { name: 'Search' }).press('End')
  await bo.does({ feel: { round: 1, stage: 's1', score: -2 } })
  await bo.does({ feel: { round: 1, stage: 's2', score: 0.5 } })
  await findsNothing(page, 'the handles of a round', '.map-page')

  await wide()
  await fay.does({ closeRound: { round: 1 } })
  await page.getByRole('button', { name: 'Show how it felt' }).click()
  await page.getByRole('dialog', { name: 'How the room felt' }).waitFor()
  await page.getByRole('button', { name: /^Apply the median/ }).click()
  await findsNothing(page, 'the result and the plan of the median', '[role=dialog]')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await wide()
  await page.getByRole('toolbar', { name: 'Map' }).getByRole('button', { name: 'View' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'How the room felt' }).click()
  await page.keyboard.press('Escape')
  await page.locator('.e-crowd').waitFor({ state: 'attached' })
  await findsNothing(page, 'how the room felt over the lane', '.map-page')
})
