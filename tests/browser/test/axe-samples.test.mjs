// Axe on every sample map as a participant sees it.

import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { inMap, readSample, samples } from '../harness/samples.mjs'
import { chromiumForAll } from '../harness/workshop.mjs'

const browser = chromiumForAll()

for (const file of (await readdir(samples)).filter((name) => name.endsWith('.json'))) {
  test(file, async (t) => {
    const { page } = await inMap(t, browser(), await readSample(file))
    await findsNothing(page, file)
  })
}
