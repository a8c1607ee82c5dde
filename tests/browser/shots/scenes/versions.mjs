// Versions of a map, a look at one, and comparisons.

const versions = async (stage) => {
  const map = await stage.map()
  const save = async (name) => {
    await stage.page.getByRole('button', { name: 'Save a version' }).click()
    await stage.page.getByRole('textbox', { name: 'Name' }).fill(name)
    await stage.page.keyboard.press('Enter')
    await stage.page.getByRole('listitem').filter({ hasText: name }).waitFor()
  }
  await stage.open(`/map/${stage.made.id}/versions`)
  await save('As the interviews left it')
  await stage.open(`/map/${stage.made.id}`)
  await map.ready()
  await map.edit('Listing portal')
  await stage.page.keyboard.press('End')
  await stage.page.keyboard.type(' and two smaller ones')
  await stage.page.keyboard.press('Enter')
  await map.saved()
  await stage.open(`/map/${stage.made.id}/versions`)
  await save('After the team read it')
}

const first = (stage) => stage.page.getByRole('listitem').filter({ hasText: 'As the interviews' })

export default {
  versions: (stage) => versions(stage),
  'versions-none': async (stage) => {
    await stage.map()
    await stage.open(`/map/${stage.made.id}/versions`)
    await stage.page.getByRole('heading', { name: 'No version yet' }).waitFor()
  },
  'versions-look': async (stage) => {
    await versions(stage)
    await first(stage).getByRole('button', { name: /^Look/ }).click()
    await stage.page.getByRole('grid').waitFor()
  },
  'versions-restore': async (stage) => {
    await versions(stage)
    await first(stage).getByRole('button', { name: /^More/ }).click()
    await stage.page.getByRole('menuitem', { name: 'Restore…' }).click()
    await stage.page.getByText('The map becomes what it was then').waitFor()
  },
  'versions-behind': async (stage) => {
    await versions(stage)
    await stage.page.route('**/versions', (route) => route.abort())
    await first(stage).getByRole('button', { name: /^More/ }).click()
    await stage.page.getByRole('menuitem', { name: 'Take off the list' }).click()
    await stage.page.getByRole('alert').getByText('may be behind').waitFor()
  },
  'versions-restore-alike': async (stage) => {
    await versions(stage)
    const after = stage.page.getByRole('listitem').filter({ hasText: 'After the team' })
    await after.getByRole('button', { name: /^More/ }).click()
    await stage.page.getByRole('menuitem', { name: 'Restore…' }).click()
    await stage.page.getByText('say now what they said then').waitFor()
  },
  'compare-moments': async (stage) => {
    await versions(stage)
    await first(stage).getByRole('button', { name: /^Compare/ }).click()
    await stage.page.getByRole('region', { name: /^Cards/ }).waitFor()
  },
  'compare-maps': async (stage) => {
    const future = await stage.put('renting-a-flat.future.json')
    await stage.map()
    await stage.open(`/map/${stage.made.id}/compare?with=${future.id}`)
    await stage.page.getByRole('region', { name: /^Cards/ }).waitFor()
  },
  'compare-maps-lower': async (stage) => {
    const future = await stage.put('renting-a-flat.future.json')
    await stage.map()
    await stage.open(`/map/${stage.made.id}/compare?with=${future.id}`)
    const cards = stage.page.getByRole('region', { name: /^Cards/ })
    await cards.evaluate((section) => section.scrollIntoView())
  },
}
