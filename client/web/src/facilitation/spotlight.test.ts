import { describe, expect, test } from 'vitest';
import type { SpotlightView } from '../wire/channel';
import { answer, type Stance, type Standing } from './spotlight';

const FREE = { id: 'p1', isBusy: false };
const BUSY = { id: 'p1', isBusy: true };

function call(number: number, by = 'p9'): SpotlightView {
  return { spot: { stage: 's1' }, by, call: number };
}

const was = (number: number, stance: Stance): Standing => ({ call: number, stance });

describe('SPOT-1', () => {
  test('a call takes one there, once', () => {
    const first = answer(call(4), null, FREE);
    expect(first).toEqual({ standing: was(4, 'with'), goes: true });
    expect(answer(call(4), first.standing, FREE)).toEqual({ ...first, goes: false });
  });

  test('the same place again is another call', () => {
    expect(answer(call(5), was(4, 'with'), FREE).goes).toBe(true);
  });

  test('whoever has their hands full is asked, and not taken there once they have not', () => {
    const asked = answer(call(4), null, BUSY);
    expect(asked).toEqual({ standing: was(4, 'asked'), goes: false });
    expect(answer(call(4), asked.standing, FREE)).toEqual(asked);
    expect(answer(call(5), asked.standing, FREE)).toEqual({ standing: was(5, 'with'), goes: true });
  });

  test('whoever stepped out stays out, call after call', () => {
    expect(answer(call(5), was(4, 'out'), FREE)).toEqual({ standing: was(5, 'out'), goes: false });
  });

  test('one’s own call moves nobody’s own view; somebody else’s after it does', () => {
    const own = answer(call(4, 'p1'), was(3, 'out'), FREE);
    expect(own).toEqual({ standing: was(4, 'leads'), goes: false });
    expect(answer(call(5), own.standing, FREE)).toEqual({ standing: was(5, 'with'), goes: true });
  });
});
