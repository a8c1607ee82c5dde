// Axe on what people do among each other: the roster, its questions, the QR code, the parking lot, the banners of a call and of following.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { inMap } from '../harness/samples.mjs'
import { chromiumForAll, joinByLink, person } from '../harness/workshop.mjs'

const browser = chromiumForAll()

test('the roster, its menu and questions, the QR code and the parking lot', async (t) => {
  const { server, id, invites, map, page } = await inMap(t, browser(), undefined, 'facilitator')
  const bo = await person(t, browser(), { server, name: 'Bo' })
  const bosMap = await joinByLink(bo, { id, invites })
  await bosMap.does('Raise your hand')
  const wide = () => page.setViewportSize({ width: 1440, height: 900 })
  const roster = async () => {
    await wide()
    await page.getByRole('button', { name: /2 people here, 1 hand up/ }).click()
    await page.getByRole('button', { name: 'Options for Bo' }).waitFor()
  }
  await roster()
  await findsNothing(page, 'a hand in the roster', '[role=dialog]')
  await wide()
  await page.getByRole('button', { name: 'Options for Bo' }).click()
  await page.getByRole('menu').waitFor()
  await findsNothing(page, 'the menu of a person', '[role=menu]')
  await wide()
  await page.getByRole('menuitem', { name: /^Remove/ }).click()
  await page.getByRole('alertdialog', { name: 'Remove Bo?' }).waitFor()
  await findsNothing(page, 'asking before somebody is removed', '[role=alertdialog]')
  await wide()
  await page.getByRole('button', { name: 'Keep them' }).click()
  await roster()
  await page.getByRole('button', { name: 'Options for yourself' }).click()
  await page.getByRole('menuitem', { name: /^Hand over/ }).click()
  await page.getByRole('dialog', { name: 'Hand over facilitation' }).waitFor()
  await findsNothing(page, 'handing over', '[role=dialog]')
  await page.keyboard.press('Escape')

  await wide()
  await page.getByRole('button', { name: 'Share' }).click()
  const row = page.getByRole('region', { name: 'Participants' })
  await row.getByRole('button', { name: 'Make a link…' }).click()
  await row.getByRole('button', { name: 'Make a new link' }).waitFor()
  await findsNothing(page, 'asking before a link is made', '[role=dialog]')
  await wide()
  await row.getByRole('button', { name: 'Make a new link' }).click()
  await row.getByRole('button', { name: 'Show QR code for participants' }).click()
  await page.getByRole('img', { name: /^QR code/ }).waitFor()
  await findsNothing(page, 'the QR code', '.qr')
  await page.keyboard.press('Escape')
  await page.getByRole('img', { name: /^QR code/ }).waitFor({ state: 'detached' })
  await page.getByRole('dialog', { name: 'Invite people' }).getByRole('button', { name: 'Close' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await wide()
  await map.card('Hopeful').focus()
  await map.does('Open the parking lot')
  await page.getByRole('textbox', { name: 'Park something' }).fill('Who pays?')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Make “Who pays/ }).waitFor()
  await findsNothing(page, 'the parking lot', '[role=dialog]')
})

test('the banners of a call and of following', async (t) => {
  const { server, id, invites, map, page } = await inMap(t, browser())
  const bo = await person(t, browser(), { server, name: 'Bo' })
  const bosMap = await joinByLink(bo, { id, invites }, 'facilitator')
  await map.edit('Compares listings')
  await bosMap.card('Hopeful').focus()
  await bosMap.does('Bring everyone here')
  await page.getByRole('button', { name: 'Stay here' }).waitFor()
  await findsNothing(page, 'a call while one types')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Stay here' }).click()
  await map.does('Follow Bo')
  await page.getByRole('button', { name: 'Stop following' }).waitFor()
  await findsNothing(page, 'following, out of a call', '.company')
})
