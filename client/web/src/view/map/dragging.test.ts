// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { swallowClick } from './dragging';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  document.body.replaceChildren();
});

function button(): { press: () => void; clicks: () => number } {
  const element = document.body.appendChild(document.createElement('button'));
  let clicks = 0;
  element.addEventListener('click', () => {
    clicks += 1;
  });
  return {
    press: () => element.dispatchEvent(new MouseEvent('click', { bubbles: true })),
    clicks: () => clicks,
  };
}

const lifted = (pointerType: string): PointerEvent =>
  new PointerEvent('pointerup', { pointerType });

it('swallows the click of a lifted finger, which comes some time after it', () => {
  const { press, clicks } = button();
  swallowClick(lifted('touch'));
  vi.advanceTimersByTime(300);
  press();
  expect(clicks()).toBe(0);
  press();
  expect(clicks()).toBe(1);
});

it('swallows a mouse’s click, which comes with its release, and none after it', () => {
  const { press, clicks } = button();
  swallowClick(lifted('mouse'));
  press();
  expect(clicks()).toBe(0);
  swallowClick(lifted('mouse'));
  vi.advanceTimersByTime(1);
  press();
  expect(clicks()).toBe(1);
});

it('leaves the next press its click, where the first had none', () => {
  const { press, clicks } = button();
  swallowClick(lifted('touch'));
  window.dispatchEvent(new PointerEvent('pointerdown'));
  press();
  expect(clicks()).toBe(1);
  swallowClick(lifted('touch'));
  vi.advanceTimersByTime(1000);
  press();
  expect(clicks()).toBe(2);
});
