// What the map's health says of a bad map and of a good one.

const health = async (stage, sample) => {
  await stage.map(sample)
  await stage.page.getByRole('button', { name: 'Health', exact: true }).click()
  await stage.page.getByText(/^\d+ (problem|piece)|^No problem/).first().waitFor()
}

export default {
  health: (stage) => health(stage, 'crm-funnel.flawed.json'),
  'health-well': (stage) => health(stage, 'library-card.blueprint.json'),
}
