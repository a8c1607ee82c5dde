// Ways to look at a map and to act on much of it: filter, overlays, search, selection, palette, keys, personas.

const toolbar = (stage) => stage.page.getByRole('toolbar', { name: 'Map' })

const seen = async (stage, choice) => {
  await stage.map()
  await toolbar(stage).getByRole('button', { name: 'View' }).click()
  await stage.page.getByRole('menuitemradio', { name: choice }).click()
  await stage.page.getByRole('region', { name: 'What you see of the map' }).waitFor()
}

export default {
  'look-filter': async (stage) => {
    await stage.map()
    await toolbar(stage).getByRole('button', { name: 'Filter' }).click()
    await stage.page.getByRole('checkbox', { name: /^Experience/ }).click({ force: true })
    await stage.page.getByRole('region', { name: 'What you see of the map' }).waitFor()
  },
  'look-evidence': (stage) => seen(stage, 'Assumptions and evidence'),
  'look-age': (stage) => seen(stage, /^Age/),
  'look-find': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem').nth(1).focus()
    await stage.page.keyboard.press('/')
    await stage.page.keyboard.type('form')
    await stage.page.getByText(/of \d+/).first().waitFor()
  },
  'look-links': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem', { name: /^opportunity/i }).first().focus()
    await stage.page.locator('.m-links__line').first().waitFor({ state: 'attached' })
  },
  selection: async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem').nth(1).focus()
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown']) await stage.page.keyboard.press(key)
    await stage.page.getByText(/\d cards/).first().waitFor()
  },
  palette: async (stage) => {
    await stage.map()
    await stage.page.keyboard.press('Control+k')
    await stage.page.getByRole('dialog', { name: 'Find anything' }).waitFor()
    await stage.page.keyboard.type('pain')
  },
  keys: async (stage) => {
    await stage.map()
    await stage.page.keyboard.press('Control+k')
    await stage.page.getByRole('dialog', { name: 'Find anything' }).waitFor()
    await stage.page.keyboard.type('all keys')
    await stage.page.keyboard.press('Enter')
    await stage.page.getByRole('dialog', { name: /Keys/ }).waitFor()
  },
  personas: async (stage) => {
    const map = await stage.map()
    await map.grid.locator('[data-spot=corner]').click()
    await stage.page.getByRole('dialog', { name: 'Whose journey' }).waitFor()
  },
}
