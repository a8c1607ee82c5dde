// The report, and the presentation.

const report = async (stage, sample) => {
  await stage.map(sample)
  await stage.tab('Report')
  await stage.page.getByRole('article', { name: 'Report' }).waitFor()
}

const slide = async (stage, query) => {
  await stage.map()
  await stage.open(`/map/${stage.made.id}/present${query}`)
  await stage.page.getByRole('region', { name: /^Slide/ }).waitFor()
}

export default {
  report: (stage) => report(stage),
  'report-lower': async (stage) => {
    await report(stage)
    await stage.page.getByRole('heading', { name: 'What to do first' }).evaluate((heading) => heading.scrollIntoView())
  },
  'report-since': async (stage) => {
    const map = await stage.map()
    await map.does('Reviewed today, unchanged')
    await map.saved()
    await map.edit('Listing portal')
    await stage.page.keyboard.press('End')
    await stage.page.keyboard.type(' and two smaller ones')
    await stage.page.keyboard.press('Enter')
    await map.saved()
    await stage.tab('Report')
    await stage.page.getByRole('link', { name: 'See each change' }).evaluate((link) => link.scrollIntoView({ block: 'nearest' }))
  },
  'report-blueprint': (stage) => report(stage, 'library-card.blueprint.json'),
  'report-flawed': (stage) => report(stage, 'crm-funnel.flawed.json'),
  'report-empty': async (stage) => {
    await stage.blankMap()
    await stage.tab('Report')
    await stage.page.getByRole('heading', { name: 'Nothing to report yet' }).waitFor()
  },
  'present-opening': (stage) => slide(stage, ''),
  'present-stage': (stage) => slide(stage, '?stage=waiting'),
  'present-closing': (stage) => slide(stage, '?closing'),
}
