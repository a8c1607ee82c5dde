// Runs a Dockerfile without Docker: the instructions themselves, in order, each stage in a folder that stands for its root. Base images
// are not fetched: this machine's node, npm and cargo take their place. RUN lines must therefore use paths relative to WORKDIR.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'

/** Instructions that say how a container runs; kept as text. */
const SETTINGS = new Set(['CMD', 'ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK', 'STOPSIGNAL', 'USER', 'VOLUME'])

/** `[{word, rest}]`, continuation lines joined, comments left out. */
export function instructions(text) {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line))
  return lines
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => {
      const [, word, rest] = /^(\S+)\s+(.*)$/.exec(line)
      return { word: word.toUpperCase(), rest: rest.trim() }
    })
}

/** `--name=value` words at the start, and what follows them. */
function flags(rest) {
  const found = {}
  let left = rest
  for (let match; (match = /^--([a-z-]+)=(\S+)\s+/.exec(left)); left = left.slice(match[0].length)) {
    found[match[1]] = match[2]
  }
  return { flags: found, left }
}

/** `A=1 B=2` */
const pairs = (rest) => rest.split(/\s+/).map((word) => /^([^=]+)=(.*)$/.exec(word).slice(1))

async function shell(command, options) {
  const child = spawn('/bin/sh', ['-ec', command], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (out += bytes))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`RUN ${command}\nended with ${code}:\n${out}`)
}

/** The entries of .dockerignore as `{keep, matches}`, the last match decides. */
function ignoreRules(text) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const keep = line.startsWith('!')
      const pattern = (keep ? line.slice(1) : line)
        .replace(/[.+^${}()|[\]]/g, '\\$&')
        .replace(/\*\*\//g, '(?:.*/)?')
        .replace(/(?<!\))\*/g, '[^/]*')
      return { keep, matches: new RegExp(`^${pattern}(?:/|$)`) }
    })
}

/** The files of the build context: those that git would carry, less what .dockerignore leaves out. */
export function inContext(files, dockerignore) {
  const rules = ignoreRules(dockerignore)
  return files.filter((file) => {
    const last = rules.findLast(({ matches }) => matches.test(file))
    return last === undefined || last.keep
  })
}

/**
 * Builds the stages of `dockerfile` below `folder` from the files in `context`. `args` override ARG, `env` is added to every RUN.
 * Returns the last stage: `{root, env, settings, workdir}`; `say` hears what is done and what is left out.
 */
export async function build({ dockerfile, context, folder, args = {}, env = {}, say }) {
  const stages = new Map()
  let stage = null
  const at = (path) => join(stage.root, posix.resolve('/', stage.workdir, path))
  const steps = {
    FROM: async (rest) => {
      const [, image, name = `stage-${stages.size}`] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(rest)
      stage = { image, name, root: join(folder, name), workdir: '/', env: {}, settings: {} }
      stages.set(name, stage)
      await rm(stage.root, { recursive: true, force: true })
      await mkdir(stage.root, { recursive: true })
      say(`FROM ${image}: not fetched; this machine's tools take its place`)
    },
    ARG: async (rest) => {
      const [name, value] = pairs(rest)[0]
      stage.env[name] = args[name] ?? value
    },
    ENV: async (rest) => void Object.assign(stage.env, Object.fromEntries(pairs(rest))),
    WORKDIR: async (rest) => {
      stage.workdir = posix.resolve(stage.workdir, rest)
      await mkdir(at('.'), { recursive: true })
    },
    COPY: async (rest) => {
      const { flags: how, left } = flags(rest)
      const words = left.split(/\s+/)
      const to = words.pop()
      const from = how.from === undefined ? context : stages.get(how.from).root
      for (const source of words) {
        const path = join(from, source)
        const folderInto = to.endsWith('/') || words.length > 1
        // As Docker does: a folder's content is copied, a file goes into a target that ends in a slash.
        const target = (await stat(path)).isDirectory() || !folderInto ? at(to) : join(at(to), basename(source))
        await cp(path, target, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
      }
    },
    RUN: async (rest) => {
      const { flags: how, left } = flags(rest)
      if (/(^|[\s='"])\//.test(left)) throw new Error(`RUN ${left}\nnames an absolute path; WORKDIR maps relative ones only`)
      if (how.mount !== undefined) say(`RUN: cache mounts are left out`)
      say(`RUN ${left}`)
      await shell(left, { cwd: at('.'), env: { ...process.env, ...stage.env, ...env } })
    },
  }
  for (const { word, rest } of instructions(await readFile(dockerfile, 'utf8'))) {
    if (SETTINGS.has(word)) stage.settings[word] = rest
    else if (steps[word]) await steps[word](rest)
    else throw new Error(`${word} is no instruction this runner knows`)
  }
  return stage
}
