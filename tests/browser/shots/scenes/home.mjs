// Before a map: home, making one, joining one.

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
  'new-map': async (stage) => {
    await stage.open()
    await stage.page.getByRole('button', { name: 'New map' }).click()
    await stage.page.getByRole('dialog').waitFor()
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
