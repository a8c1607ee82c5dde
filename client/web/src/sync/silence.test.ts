// A dead line shows within two seconds; a slow or busy one is not called dead.
import { expect, test } from 'vitest';
import { answered, asked, CHECK_EVERY, check, heard, listen, type Silence } from './silence';

/** When a line that dies at 0, right after it was last heard, is first called silent. */
function silentAfter(start: Silence): number {
  let state = start;
  for (let now = CHECK_EVERY; now < 60_000; now += CHECK_EVERY) {
    const verdict = check(state, now);
    if (verdict === 'ask') state = asked(state, now);
    if (verdict === 'silent') return now;
  }
  throw new Error('never called silent');
}

test('SAVE-5 a line that dies is called silent within two seconds', () => {
  expect(silentAfter(listen(0))).toBeLessThan(2000);
});

test('an answer makes it fine again', () => {
  const state = answered(asked(listen(0), 700), 750);
  expect(check(state, 800)).toBe('fine');
});

test('a line busy with other people is alive while an answer is late', () => {
  let state = asked(listen(0), 700);
  for (let now = 800; now <= 5000; now += 300) state = heard(state, now);
  expect(check(state, 5100)).toBe('fine');
});

test('SAVE-5 a slow line is given more time than a fast one', () => {
  let slow = listen(0);
  for (let at = 0; at < 40_000; at += 1000) slow = answered(asked(slow, at), at + 800);
  const question = asked(slow, 50_000);
  expect(check(question, 50_000 + 1500)).toBe('fine');
  expect(check(asked(listen(49_000), 50_000), 50_000 + 1500)).toBe('silent');
});

test('a line silent for long is given up', () => {
  const state = asked(listen(0), 700);
  expect(check(state, 3000)).toBe('silent');
  expect(check(state, 10_000)).toBe('dead');
});
