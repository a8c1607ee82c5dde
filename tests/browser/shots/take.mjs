// Takes pictures of the product's screens. `npm run shots` takes every scene at two widths, light and dark; `npm run shots -- report`
// those whose names begin with "report"; `npm run pictures` the README's, small enough to be committed.

import { execFile } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { repository } from '../../conformance/harness/binary.mjs'
import { launch } from '../harness/users.mjs'
import { Stage } from './stage.mjs'

const WIDTHS = { 1440: { width: 1440, height: 900 }, 390: { width: 390, height: 844, hasTouch: true } }
const THEMES = ['light', 'dark']

/** The README's pictures, by the scene each shows. */
const README = { map: 'map', report: 'report', present: 'present-stage' }

const { values, positionals } = parseArgs({ allowPositionals: true, options: { readme: { type: 'boolean', default: false } } })

/** Every scene of every file, by its name. */
async function allScenes() {
  const folder = new URL('./scenes/', import.meta.url)
  const scenes = new Map()
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.mjs')).sort()) {
    for (const [name, scene] of Object.entries((await import(new URL(file, folder).href)).default)) {
      if (scenes.has(name)) throw new Error(`${file}: there is a scene “${name}” already`)
      scenes.set(name, scene)
    }
  }
  return scenes
}

/** One scene on a server of its own, so that no scene shows what another left behind; one picture for each theme. */
async function take(browser, scene, look, paths) {
  const stage = await Stage.set(browser, look)
  try {
    await scene(stage)
    for (const [colorScheme, path] of Object.entries(paths)) {
      await stage.page.emulateMedia({ colorScheme })
      await stage.still()
      await stage.page.screenshot({ path })
    }
  } finally {
    await stage.strike()
  }
}

const scenes = await allScenes()
const browser = await launch()
const folder = values.readme ? join(repository, 'docs') : (process.env.SHOTS ?? join(repository, 'screenshots'))
await mkdir(folder, { recursive: true })
const inFolder = (files) => Object.fromEntries(Object.entries(files).map(([theme, file]) => [theme, join(folder, file)]))
const pictures = values.readme
  ? Object.entries(README).map(([file, name]) => ({ name, width: '1440', files: { light: `${file}.png` } }))
  : [...scenes.keys()]
      .filter((name) => positionals.length === 0 || positionals.some((beginning) => name.startsWith(beginning)))
      .flatMap((name) =>
        Object.keys(WIDTHS).map((width) => ({ name, width, files: Object.fromEntries(THEMES.map((theme) => [theme, `${name}-${width}-${theme}.png`])) })),
      )
const failed = []
for (const { name, width, files } of pictures) {
  const { hasTouch = false, ...viewport } = WIDTHS[width]
  const paths = inFolder(files)
  try {
    await take(browser, scenes.get(name), { viewport, hasTouch, colorScheme: 'light' }, paths)
    for (const path of values.readme ? Object.values(paths) : []) {
      await promisify(execFile)('pngquant', ['--force', '--strip', '--speed', '1', '--output', path, '--', path])
    }
  } catch (error) {
    failed.push(`${name} at ${width}: ${error.message}`)
  }
}
await browser.close()
console.log(`${pictures.length - failed.length} of ${pictures.length} scenes are in ${folder}.`)
if (failed.length > 0) {
  console.error(failed.join('\n\n'))
  process.exitCode = 1
}
