// Random edits over every Y type, nested into each other; no subdocuments, which Cairn refuses. Positions never cut a surrogate pair: even stock Yjs copies differ after that.

import * as Y from 'yjs'

const WORDS = ['search ', 'ring the agent ', 'wait', 'Ärger', '予約', '🧭', '👩🏽‍💻', '\n', 'x']
const KEYS = ['lane', 'stage', 'score', 'owner', 'ключ']
const MARKS = [{ bold: true }, { bold: null }, { link: { href: 'https://example.org' } }, { link: null }, { size: 2.5 }]
const TAGS = ['p', 'li', 'h1']
const DEEPEST = 4

const plain = (random) =>
  random.pick([
    () => random.below(2 ** 31),
    () => -random.below(1000) - 1,
    () => random.fraction() * 1e9,
    () => 2 ** 40 + random.below(100),
    () => null,
    () => random.oneIn(2),
    () => random.pick(WORDS),
    () => new Uint8Array([random.below(256), 0, 255]),
    () => [1, [2, [random.pick(WORDS)]]],
    () => ({ a: random.fraction(), b: { c: [null, random.pick(WORDS)] } }),
    // Y.Array takes neither of the two bare.
    () => ({ big: 9007199254740993n, none: undefined }),
    () => ({}),
  ])()

/** A new shared type, with something in it. */
function shared(random) {
  const text = (type) => {
    type.insert(0, random.pick(WORDS))
    return type
  }
  return random.pick([
    () => text(new Y.Text()),
    () => Y.Array.from([random.pick(WORDS), random.below(9)]),
    () => new Y.Map([[random.pick(KEYS), random.pick(WORDS)]]),
    () => new Y.XmlElement(random.pick(TAGS)),
    () => text(new Y.XmlText()),
    () => new Y.XmlFragment(),
  ])()
}

const value = (random, depth) => (depth < DEEPEST && random.oneIn(3) ? shared(random) : plain(random))

/** Places in a Y.Text where an edit cuts no surrogate pair; an embed is one wide. */
function cuts(text) {
  const places = [0]
  let at = 0
  for (const { insert } of text.toDelta()) {
    const widths = typeof insert === 'string' ? [...insert].map((point) => point.length) : [1]
    for (const width of widths) places.push((at += width))
  }
  return places
}

function range(random, text) {
  const places = cuts(text)
  const from = random.below(places.length)
  const to = Math.min(places.length - 1, from + 1 + random.below(6))
  return { at: places[from], length: places[to] - places[from] }
}

function editText(random, text) {
  const { at, length } = range(random, text)
  random.pick([
    () => text.insert(at, random.pick(WORDS)),
    () => text.insert(at, random.pick(WORDS), random.pick(MARKS)),
    () => text.insertEmbed(at, { image: `a${random.below(9)}.png` }),
    () => length > 0 && text.format(at, length, random.pick(MARKS)),
    () => length > 0 && text.delete(at, length),
  ])()
}

function editList(random, list, make) {
  const at = random.below(list.length + 1)
  if (at < list.length && random.oneIn(3)) list.delete(at, Math.min(list.length - at, 1 + random.below(3)))
  else list.insert(at, [make()])
}

function editMap(random, map, depth) {
  const key = random.pick(KEYS)
  if (random.oneIn(4)) map.delete(key)
  else map.set(key, value(random, depth))
}

const xmlChild = (random) => {
  if (random.oneIn(2)) return new Y.XmlElement(random.pick(TAGS))
  return new Y.XmlText(random.pick(WORDS))
}

function editElement(random, element) {
  if (random.oneIn(2)) element.setAttribute(random.pick(KEYS), random.pick(WORDS))
  else if (random.oneIn(4)) element.removeAttribute(random.pick(KEYS))
  else editList(random, element, () => xmlChild(random))
}

function edit(random, type, depth) {
  if (type instanceof Y.Text) editText(random, type)
  else if (type instanceof Y.Array) editList(random, type, () => value(random, depth))
  else if (type instanceof Y.Map) editMap(random, type, depth)
  else if (type instanceof Y.XmlElement) editElement(random, type)
  else editList(random, type, () => xmlChild(random))
}

/** The shared types inside a type. */
function children(type) {
  if (type instanceof Y.Map) return [...type.values()].filter((child) => child instanceof Y.AbstractType)
  if (type instanceof Y.Array || type instanceof Y.XmlFragment) {
    return type.toArray().filter((child) => child instanceof Y.AbstractType)
  }
  return []
}

/** The root types in use. */
export const roots = (doc) => [doc.getText('text'), doc.getArray('array'), doc.getMap('map'), doc.getXmlFragment('xml')]

/** One random edit somewhere in the document; now and then several in one transaction. */
export function randomEdit(random, doc) {
  doc.transact(() => {
    for (let left = random.oneIn(5) ? 4 : 1; left > 0; left -= 1) {
      let [type, depth] = [random.pick(roots(doc)), 0]
      for (let inside = children(type); inside.length > 0 && random.oneIn(2); inside = children(type)) {
        type = random.pick(inside)
        depth += 1
      }
      edit(random, type, depth)
    }
  })
}
