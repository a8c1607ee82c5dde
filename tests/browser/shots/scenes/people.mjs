// People: the roster, hands, invites and their QR code, the parking lot, the facilitator's call, following.

import { begin, step } from '../../harness/workshop.mjs'

const facesOf = (stage) => stage.page.getByRole('button', { name: /people here/ })

/** Ana facilitates; Bo and Jo are there, and Bo's hand is up. */
const withOthers = async (stage, role, bos) => {
  const map = await stage.map('renting-a-flat.current.json', role)
  const [bo, jo] = [await stage.other('Bo', bos), await stage.other('Jo Lindqvist')]
  await bo.does('Raise your hand')
  await stage.page.getByRole('button', { name: /1 hand up/ }).waitFor()
  return { map, bo, jo }
}

export default {
  'people-all': async (stage) => {
    await withOthers(stage)
    await facesOf(stage).click()
    await stage.page.getByRole('button', { name: 'Lower the hand of Bo' }).waitFor()
  },
  'people-in-step': async (stage) => {
    const { jo } = await withOthers(stage, 'participant')
    await begin(stage.server, stage.made.id, [step('Collect the pains', { instructions: 'One pain a card, in the customer’s own words.' }), step('Vote')], 0)
    await jo.page.getByRole('button', { name: 'I’m done' }).click()
    await stage.page.getByText(/^1 of \d done/).waitFor()
    await stage.page.getByRole('region', { name: 'Step under way' }).getByRole('button', { name: 'Raise hand' }).click()
    await stage.page.getByRole('button', { name: /2 hands up/ }).click()
    await stage.page.getByRole('dialog').getByText('Done', { exact: true }).waitFor()
  },
  'people-tab': async (stage) => {
    await withOthers(stage)
    await stage.page.getByRole('button', { name: 'Facilitate' }).click()
    await stage.page.getByRole('tab', { name: /^People/ }).click()
    await stage.page.getByRole('button', { name: 'Lower the hand of Bo' }).waitFor()
  },
  'people-menu': async (stage) => {
    await withOthers(stage)
    await facesOf(stage).click()
    await stage.page.getByRole('button', { name: 'Options for Bo' }).click()
    await stage.page.getByRole('menu').waitFor()
  },
  'people-as-participant': async (stage) => {
    await withOthers(stage, 'participant')
    await facesOf(stage).click()
    await stage.page.getByRole('button', { name: 'Follow Bo' }).waitFor()
  },
  'people-remove': async (stage) => {
    await withOthers(stage)
    await facesOf(stage).click()
    await stage.page.getByRole('button', { name: 'Options for Bo' }).click()
    await stage.page.getByRole('menuitem', { name: /Remove/ }).click()
    await stage.page.getByRole('alertdialog', { name: 'Remove Bo?' }).waitFor()
  },
  'people-hand-over': async (stage) => {
    await withOthers(stage)
    await facesOf(stage).click()
    await stage.page.getByRole('button', { name: 'Options for yourself' }).click()
    await stage.page.getByRole('menuitem', { name: /Hand over/ }).click()
    await stage.page.getByRole('dialog', { name: 'Hand over facilitation' }).waitFor()
  },
  'invite-replace': async (stage) => {
    await withOthers(stage)
    await stage.page.getByRole('button', { name: 'Share' }).click()
    await stage.page.getByRole('button', { name: /^Make a link/ }).first().click()
    await stage.page.getByRole('button', { name: 'Make a new link' }).click()
    await stage.page.getByRole('button', { name: /^Replace/ }).first().click()
    await stage.page.getByRole('alert').waitFor()
  },
  'invite-qr': async (stage) => {
    await stage.map()
    await stage.page.getByRole('button', { name: 'Share' }).click()
    await stage.page.getByRole('button', { name: /^Make a link/ }).first().click()
    await stage.page.getByRole('button', { name: 'Make a new link' }).click()
    await stage.page.getByRole('button', { name: 'Show QR code for participants' }).click()
    await stage.page.getByRole('img', { name: /^QR code/ }).waitFor()
  },
  parking: async (stage) => {
    const map = await stage.map()
    const bo = await stage.other('Bo')
    await bo.does('Open the parking lot')
    await bo.page.getByRole('textbox', { name: 'Park something' }).fill('Who pays for the survey once the pilot is over?')
    await bo.page.keyboard.press('Enter')
    await bo.page.getByText('Who pays').waitFor()
    await map.does('Open the parking lot')
    await stage.page.getByRole('textbox', { name: 'Park something' }).fill('Ask the housing office for last year’s figures')
    await stage.page.keyboard.press('Enter')
    await stage.page.getByText('Who pays').waitFor()
    await stage.page.getByText('last year’s').waitFor()
  },
  'parking-empty': async (stage) => {
    const map = await stage.map()
    await map.does('Open the parking lot')
    await stage.page.getByText('Nothing is parked').waitFor()
  },
  called: async (stage) => {
    const { bo } = await withOthers(stage, 'participant', 'facilitator')
    await bo.grid.getByRole('listitem').nth(12).focus()
    await bo.does('Bring everyone here')
    await stage.page.getByRole('region', { name: 'Where everyone was brought' }).waitFor()
  },
  'called-typing': async (stage) => {
    const { map, bo } = await withOthers(stage, 'participant', 'facilitator')
    await map.grid.getByRole('listitem').nth(1).focus()
    await stage.page.keyboard.press('Enter')
    await map.typing.waitFor()
    await bo.grid.getByRole('listitem').nth(12).focus()
    await bo.does('Bring everyone here')
    await stage.page.getByRole('button', { name: 'Stay here' }).waitFor()
  },
  calling: async (stage) => {
    const { map } = await withOthers(stage)
    await map.grid.getByRole('listitem').nth(1).focus()
    await map.does('Bring everyone here')
    await stage.page.getByRole('button', { name: 'Let everyone go' }).waitFor()
  },
  following: async (stage) => {
    const { bo } = await withOthers(stage, 'participant')
    await bo.grid.getByRole('listitem').nth(12).focus()
    await facesOf(stage).click()
    await stage.page.getByRole('button', { name: 'Follow Bo' }).click()
    await stage.page.getByRole('button', { name: 'Stop following' }).waitFor()
  },
}
