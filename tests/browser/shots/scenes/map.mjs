// The map itself, and what opens over and beside it.

export default {
  export: async (stage) => {
    const map = await stage.map()
    await map.page.getByRole('button', { name: 'More', exact: true }).click()
    await map.page.getByRole('menuitem', { name: 'Export…' }).click()
    await map.page.getByRole('dialog', { name: 'Export' }).waitFor()
  },
  map: async (stage) => {
    const map = await stage.map()
    const [bo, jo] = [await stage.other('Bo'), await stage.other('Jo Lindqvist')]
    await bo.grid.getByRole('listitem').nth(4).focus()
    await bo.page.keyboard.press('Enter')
    await bo.typing.waitFor()
    await jo.grid.getByRole('listitem').nth(1).focus()
    await map.grid.getByRole('listitem', { name: /; here: Bo/ }).waitFor()
    await map.grid.getByRole('listitem', { name: /; here: Jo/ }).waitFor()
  },
  'map-typing': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem').nth(1).focus()
    await stage.page.keyboard.press('Enter')
    await map.typing.waitFor()
  },
  'map-feelings': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem', { name: /^feeling/i }).first().focus()
  },
  'map-blueprint': async (stage) => {
    await stage.map('library-card.blueprint.json')
  },
  'map-day': async (stage) => {
    await stage.map('nurse-night-shift.day.json')
  },
  'map-empty': async (stage) => {
    await stage.blankMap()
  },
  'map-offline': async (stage) => {
    const map = await stage.map()
    await stage.user.context.setOffline(true)
    await map.says('Offline')
    await map.addCard('Touchpoints', 0, 'Written offline')
  },
  'menu-stage': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('columnheader').nth(1).focus()
    await stage.page.keyboard.press('Enter')
    await stage.page.getByRole('menu').waitFor()
  },
  'panel-opportunity': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem', { name: /^opportunity/i }).first().focus()
    await stage.page.keyboard.press('Space')
    await stage.page.getByRole('complementary', { name: 'Card details' }).waitFor()
  },
  'panel-map': async (stage) => {
    await stage.map()
    await stage.page.getByRole('button', { name: 'About this map' }).click()
    await stage.page.getByRole('complementary', { name: 'About this map' }).waitFor()
  },
  share: async (stage) => {
    await stage.map()
    await stage.page.getByRole('button', { name: 'Share' }).click()
    await stage.page.getByRole('dialog').waitFor()
  },
  toast: async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem').nth(3).focus()
    await stage.page.keyboard.press('Delete')
    await stage.page.getByText(/^Deleted “/).first().waitFor()
  },
}
