// Random ids for new entries: 12 characters of [0-9a-z], 62 bits, far below one collision in a map's life.
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

export function newId(): string {
  let id = '';
  while (id.length < 12) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
      // 252 is the largest multiple of 36 in a byte: beyond it letters would not be equally likely.
      if (byte < 252 && id.length < 12) id += ALPHABET[byte % 36];
    }
  }
  return id;
}
