// What is asked before something is taken out for good, of whoever sits at the server.

export default {
  'erase-person': async (stage) => {
    await stage.map('renting-a-flat.current.json')
    await stage.other('Bo')
    await stage.page.getByRole('button', { name: /people here/ }).click()
    await stage.page.getByRole('button', { name: 'Options for Bo' }).click()
    await stage.page.getByRole('menuitem', { name: 'Erase from the history…' }).click()
    await stage.page.getByRole('alertdialog').waitFor()
  },
  'delete-map': async (stage) => {
    await stage.map('renting-a-flat.current.json')
    await stage.page.getByRole('button', { name: 'More', exact: true }).click()
    await stage.page.getByRole('menuitem', { name: 'Delete this map…' }).click()
    await stage.page.getByRole('alertdialog').waitFor()
  },
}
