// How well a name answers to what somebody typed in the palette. Pure.
// Every word typed must be found: at the start of a word, inside one, or as letters in order within one word.

export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Higher is better; 0 is no answer. `text` and `query` come from `plain`. */
export function answers(text: string, query: string): number {
  const asked = query.split(/\s+/u).filter((word) => word !== '');
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  let sum = 0;
  for (const word of asked) {
    const best = Math.max(0, ...words.map((candidate, at) => wordAnswers(candidate, word, at)));
    const within = best === 0 && text.includes(word) ? 3 : best;
    if (within === 0) return 0;
    sum += within;
  }
  return text.startsWith(query) ? sum + 4 : sum;
}

function wordAnswers(word: string, asked: string, at: number): number {
  // An early word counts a little more than a late one.
  const early = 1 / (at + 1);
  if (word === asked) return 10 + early;
  if (word.startsWith(asked)) return 8 + early;
  if (word.includes(asked)) return 5 + early;
  return asked.length > 1 && hasInOrder(word, asked) ? 2 + early : 0;
}

function hasInOrder(word: string, asked: string): boolean {
  let from = 0;
  for (const letter of asked) {
    const found = word.indexOf(letter, from);
    if (found < 0) return false;
    from = found + letter.length;
  }
  return true;
}
