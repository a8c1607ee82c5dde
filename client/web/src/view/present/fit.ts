// Makes a slide fit its screen: smaller type step by step, then another column; what still does not fit scrolls.
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Type size (1 is the size for the back of a room) and columns, the best first. */
const STEPS = [
  [1, 2],
  [0.92, 2],
  [0.92, 3],
  [0.86, 3],
  [0.8, 3],
  [0.74, 3],
  [0.68, 3],
  [0.68, 4],
  [0.6, 4],
  [0.52, 4],
] as const;

/** On a screen, type is not shrunk below this to fit, in px; and what has to scroll anyway is shown at the other. */
const SMALLEST = 14;
const COMFORTABLE = 18;

/** Fits the element's content again after every drawing and every change of its size. */
export function useFit<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  useLayoutEffect(() => {
    const box = element.current;
    if (box === null) return;
    scaleToFit(box);
    // A page of paper keeps its size, and what it measures while it is cut into sheets means nothing.
    if (box.dataset.paper !== undefined) return;
    let width = box.clientWidth;
    let height = box.clientHeight;
    const observer = new ResizeObserver(() => {
      if (box.clientWidth === width && box.clientHeight === height) return;
      width = box.clientWidth;
      height = box.clientHeight;
      scaleToFit(box);
    });
    observer.observe(box);
    return () => observer.disconnect();
  });
  return element;
}

function scaleToFit(box: HTMLElement): void {
  const isPaper = box.dataset.paper !== undefined;
  set(box, 1, STEPS[0][1]);
  const full = Number.parseFloat(getComputedStyle(box).fontSize);
  const found = STEPS.find(([size, columns]) => {
    if (!isPaper && size < 1 && full * size < SMALLEST) return false;
    set(box, size, columns);
    return fits(box);
  });
  if (found === undefined && !isPaper) set(box, Math.min(1, COMFORTABLE / full), 3);
  // Paper cannot scroll: a stage with more than a sheet holds goes on to the next one.
  box.toggleAttribute('data-over', isPaper && found === undefined);
  // What scrolls has to be within reach of the keyboard.
  if (found === undefined && !isPaper) box.tabIndex = 0;
  else box.removeAttribute('tabindex');
}

function set(box: HTMLElement, size: number, columns: number): void {
  box.style.setProperty('--fit', String(size));
  box.style.setProperty('--columns', String(columns));
}

function fits(box: HTMLElement): boolean {
  return box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
}
