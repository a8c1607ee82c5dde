// Maps of any size, grown from a sample: its cards again and again, spread evenly over the stages of their lanes, so that cells are
// as full as each other and the people of a simulation find room.

import { readSample } from './samples.mjs'

export async function grown(count, file = 'nurse-night-shift.day.json') {
  const map = await readSample(file)
  const place = new Map()
  const cards = Array.from({ length: count }, (_, at) => {
    const card = map.cards[at % map.cards.length]
    const turn = place.get(card.lane) ?? 0
    place.set(card.lane, turn + 1)
    return { ...card, addresses: null, id: `c${at}`, stage: map.stages[turn % map.stages.length].id }
  })
  return { ...map, title: `${count} cards`, cards, comments: [] }
}
