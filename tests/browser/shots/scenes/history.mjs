// How a map came to be: played, with its moments, a filter, who did what, and a moment that is not there.

import { holdWorkshop } from '../../harness/history.mjs'

const held = async (stage, role = 'facilitator') => {
  const map = await stage.map('renting-a-flat.current.json', role)
  const bo = await stage.other('Bo Lindqvist')
  const what = await holdWorkshop(stage.server, stage.made, [map, bo])
  return { map, ...what }
}
const replay = async (stage, at = '') => {
  await stage.open(`/map/${stage.made.id}/history${at}`)
  await stage.page.getByRole('slider', { name: 'Moment' }).waitFor()
  await stage.page.locator('.h-map [data-card]').first().waitFor()
}
const isWide = (stage) => stage.page.viewportSize().width > 900
const beside = async (stage) => {
  if (!isWide(stage)) await stage.page.getByRole('button', { name: 'Moments and people' }).click()
}

export default {
  history: async (stage) => {
    const { last } = await held(stage)
    await replay(stage, `?at=${Math.round(last * 0.55)}`)
  },
  'history-vote': async (stage) => {
    await held(stage)
    await replay(stage)
    await beside(stage)
    await stage.page.getByRole('button', { name: /^Vote opened/ }).click()
    if (!isWide(stage)) await stage.page.getByRole('complementary').getByRole('button', { name: 'Close', exact: true }).click()
    await stage.page.getByText('In the vote').first().waitFor()
  },
  'history-moments': async (stage) => {
    await held(stage)
    await replay(stage)
    await beside(stage)
    await stage.page.getByRole('button', { name: /^Cards revealed/ }).click()
  },
  'history-people': async (stage) => {
    await held(stage)
    await replay(stage)
    await beside(stage)
    await stage.page.getByRole('tab', { name: 'Who did what' }).click()
  },
  'history-filter': async (stage) => {
    const { last } = await held(stage)
    await replay(stage, `?at=${last}`)
    await stage.page.getByRole('button', { name: /^Filter/ }).click()
    await stage.page.getByRole('checkbox', { name: 'Bo Lindqvist' }).check({ force: true })
  },
  'history-playing': async (stage) => {
    const { last } = await held(stage)
    await replay(stage, `?at=${Math.round(last * 0.4)}`)
    await stage.page.keyboard.press('Space')
    await stage.page.getByRole('button', { name: 'Pause' }).waitFor()
    await stage.page.locator('.h-map .m-visitor').first().waitFor()
  },
  'history-filtered': async (stage) => {
    const { last } = await held(stage)
    await replay(stage, `?at=${last}`)
    await stage.page.getByRole('button', { name: /^Filter/ }).click()
    await stage.page.getByRole('checkbox', { name: 'Bo Lindqvist' }).check({ force: true })
    await stage.page.keyboard.press('Escape')
    await stage.page.getByRole('dialog').waitFor({ state: 'detached' })
    await stage.page.keyboard.press(',')
    await stage.page.locator('.h-map .m-visitor').first().waitFor()
  },
  'history-lost': async (stage) => {
    await held(stage)
    await stage.page.route('**/history', (route) => (route.request().resourceType() === 'fetch' ? route.abort() : route.continue()))
    await replay(stage)
    await stage.page.getByRole('button', { name: 'Try again' }).waitFor()
  },
  'history-gone': async (stage) => {
    await held(stage)
    await stage.open(`/map/${stage.made.id}/history?at=99999`)
    await stage.page.getByRole('heading', { name: 'There is no such moment' }).waitFor()
  },
}
