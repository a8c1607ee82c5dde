// The ranked list of opportunities, and the matrix over the same cards.

const opportunities = async (stage) => {
  await stage.map()
  await stage.tab('Opportunities')
  await stage.page.getByRole('grid', { name: 'Opportunities' }).waitFor()
}

export default {
  opportunities,
  'opportunities-matrix': async (stage) => {
    await opportunities(stage)
    await stage.page.getByRole('radio', { name: 'Matrix' }).click()
    await stage.page.getByRole('grid', { name: 'Impact against effort' }).waitFor()
  },
}
