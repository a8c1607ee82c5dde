// Seeds the fuzzer's corpus with the updates and messages of stock Yjs that the tests use.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const here = import.meta.dirname
const fixtures = path.join(here, '../protocol/tests/fixtures/yjs/yjs-13.6.33.txt')
const corpus = path.join(here, 'corpus/frame')
fs.mkdirSync(corpus, { recursive: true })
for (const line of fs.readFileSync(fixtures, 'utf8').trim().split('\n')) {
  const bytes = Buffer.from(line.split(' ')[1], 'hex')
  const name = crypto.createHash('sha1').update(bytes).digest('hex')
  fs.writeFileSync(path.join(corpus, name), bytes)
}
