// Cairn's own frames beyond the y-websocket protocol, in bytes: the barrier (102) and the workshop
// channel (110). One message per socket frame. Called by sync only.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ClientMessage } from './types';

export const SYNC = 0;
export const SYNC_STEP_1 = 0;
export const BARRIER = 102;
export const WORKSHOP = 110;

/** `102, varbuf(counter as varuint)`. The server gives it back byte for byte. */
export function encodeBarrier(counter: number): Uint8Array {
  const payload = encoding.createEncoder();
  encoding.writeVarUint(payload, counter);
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, BARRIER);
  encoding.writeVarUint8Array(frame, encoding.toUint8Array(payload));
  return encoding.toUint8Array(frame);
}

/** Reads what follows the tag; undefined when it is not one of our counters. */
export function decodeBarrier(decoder: decoding.Decoder): number | undefined {
  try {
    const payload = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    return decoding.readVarUint(payload);
  } catch {
    return undefined;
  }
}

/** `110, varstring(JSON)`. */
export function encodeWorkshop(message: ClientMessage): Uint8Array {
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, WORKSHOP);
  encoding.writeVarString(frame, JSON.stringify(message));
  return encoding.toUint8Array(frame);
}

/** Reads what follows the tag as text. */
export function decodeWorkshop(decoder: decoding.Decoder): string | undefined {
  try {
    return decoding.readVarString(decoder);
  } catch {
    return undefined;
  }
}
