// Before a map: home, making one, joining one.

import { joinByLink } from '../../harness/workshop.mjs'

/** A map that is looked at every quarter, and was so many days ago. */
export const reviewedBefore = (days) => ({
  review: { everyDays: 90, lastReviewed: new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10) },
})

export default {
  'home-empty': async (stage) => {
    await stage.open()
    await stage.page.getByRole('button', { name: 'New map' }).waitFor()
  },
  'home-maps': async (stage) => {
    for (const sample of ['library-card.blueprint.json', 'nurse-night-shift.day.json']) await stage.put(sample)
    await stage.map()
    await stage.open()
    await stage.page.getByRole('link').nth(2).waitFor()
  },
  'home-reviews': async (stage) => {
    for (const [sample, days] of [
      ['library-card.blueprint.json', 400],
      ['nurse-night-shift.day.json', 85],
      ['renting-a-flat.current.json', 10],
    ]) {
      await joinByLink(stage.user, await stage.put(sample, reviewedBefore(days)), 'facilitator')
    }
    await stage.open()
    await stage.page.getByRole('link').nth(2).waitFor()
  },
  'new-map': async (stage) => {
    await stage.open()
    await stage.page.getByRole('button', { name: 'New map' }).click()
    await stage.page.getByRole('dialog').waitFor()
  },
  import: async (stage) => {
    await stage.open()
    const choosing = stage.page.waitForEvent('filechooser')
    await stage.page.getByRole('button', { name: 'import a file' }).click()
    const text = 'Phase,What happens,Topic,How bad\nSearch,Compares listings on two portals,Actions,\nSearch,The same flat three times,Pains,3\nApply,Fills in the form again,Actions,\nApply,Nobody answers,Pains,5\n'
    await (await choosing).setFiles({ name: 'renting-a-flat.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    const dialog = stage.page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'What “What happens” becomes' }).selectOption('Card')
    await dialog.getByText('4 cards').waitFor()
  },
  'import-first': async (stage) => {
    await stage.open()
    // A server that does not come to an answer.
    await stage.page.route('**/api/maps/import', () => undefined)
    const choosing = stage.page.waitForEvent('filechooser')
    await stage.page.getByRole('button', { name: 'import a file' }).click()
    await (await choosing).setFiles({ name: 'flat.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await stage.page.getByRole('progressbar', { name: 'Import' }).waitFor()
  },
  'import-refused': async (stage) => {
    await stage.open()
    const choosing = stage.page.waitForEvent('filechooser')
    await stage.page.getByRole('button', { name: 'import a file' }).click()
    const text = 'Stage,Card,Severity\nSearch,Compares,\nSearch,Too slow,high\n'
    await (await choosing).setFiles({ name: 'pains.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await stage.page.getByRole('dialog').getByRole('alert').waitFor()
  },
  'no-such-map': async (stage) => {
    await stage.open('/map/nosuchmap0000000')
    await stage.page.getByRole('heading', { name: 'There is no such map' }).waitFor()
  },
  join: async (stage) => {
    const { id, invites } = await stage.put('renting-a-flat.current.json')
    await stage.open(`/join/${id}#${invites.facilitator}`)
    await stage.page.getByRole('textbox', { name: 'Your name' }).waitFor()
  },
}
