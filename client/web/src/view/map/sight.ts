// Which cards of a large map are in sight, or so near that they soon may be: those are drawn whole, the others as an outline.
// One per board; `Slot` asks it, `MapGrid` gives it the scroller. On a map of ordinary size everything is drawn and nothing is watched.
// It measures by itself, ten times a second while something moves: an IntersectionObserver over thousands of slots costs more than that in
// each frame, moving or not.
import type { Journey } from '../../model/journey';
import { createStore, type Store, type WritableStore } from '../../sync/store';

/** Up to this many cards a map is drawn whole: there is nothing to save. */
export const DRAWN_WHOLE = 200;
/** How far around the view counts as near, in the view's own height and width. */
const MARGIN = { down: 1, across: 0.5 };
/** Least time between two looks while the map is scrolled. Milliseconds; at most a few hundred pixels go by in it. */
const BETWEEN = 100;
/** The most slots out of view that change in one frame: a far jump is filled in over several. */
const PER_FRAME = 24;

interface Height {
  /** The snapshot that was measured: another text may be as high as it likes. */
  readonly of: unknown;
  readonly pixels: number;
}

export class Sight {
  readonly #journey: Journey;
  readonly #near = new Map<string, WritableStore<boolean>>();
  /** By the element around them, which is looked at first: most of a map is far. */
  readonly #slots = new Map<Element, Map<Element, string>>();
  readonly #heights = new Map<string, Height>();
  #scroller: HTMLElement | undefined;
  #kept: readonly string[] = [];
  #looked = 0;
  #timer = 0;
  #frame = 0;

  constructor(journey: Journey) {
    this.#journey = journey;
  }

  /** Whether that slot is to be drawn whole. */
  near(id: string): Store<boolean> {
    return this.#nearness(id);
  }

  /** How high a card was when it was last drawn whole, if it says the same still. */
  heightOf(id: string, card: unknown): number | undefined {
    const known = this.#heights.get(id);
    return known !== undefined && known.of === card ? known.pixels : undefined;
  }

  /** These are drawn whole wherever they are: what one stands on or types in. */
  keep(ids: readonly string[]): void {
    this.#kept = ids;
    for (const id of ids) this.#nearness(id).set(true);
  }

  /** Follows one slot until the returned function is called. */
  watch(slot: Element, id: string): () => void {
    const around = slot.parentElement ?? slot;
    const mates = this.#slots.get(around) ?? new Map<Element, string>();
    this.#slots.set(around, mates.set(slot, id));
    this.#lookSoon();
    return () => {
      mates.delete(slot);
      if (mates.size === 0) this.#slots.delete(around);
    };
  }

  /** The grid is on screen inside `scroller`, until the returned function is called. */
  attach(scroller: HTMLElement, sheet: HTMLElement): () => void {
    this.#scroller = scroller;
    // What is in view goes to the screen with the first frame.
    this.#look();
    const onScroll = (): void => this.#lookLater();
    scroller.addEventListener('scroll', onScroll, { passive: true });
    const resized = new ResizeObserver(onScroll);
    resized.observe(scroller);
    resized.observe(sheet);
    const stopCounting = this.#journey.cardCount.subscribe(() => this.#lookSoon());
    return () => {
      scroller.removeEventListener('scroll', onScroll);
      resized.disconnect();
      stopCounting();
      window.clearTimeout(this.#timer);
      cancelAnimationFrame(this.#frame);
      this.#timer = 0;
      this.#frame = 0;
      this.#scroller = undefined;
    };
  }

  #isLarge(): boolean {
    return this.#journey.cardCount.get() > DRAWN_WHOLE;
  }

  #nearness(id: string): WritableStore<boolean> {
    const known = this.#near.get(id);
    if (known !== undefined) return known;
    const store = createStore(!this.#isLarge() || this.#kept.includes(id));
    this.#near.set(id, store);
    return store;
  }

  #drawAll(): void {
    for (const mates of this.#slots.values()) {
      for (const id of mates.values()) this.#nearness(id).set(true);
    }
  }

  #lookLater(): void {
    if (this.#timer !== 0 || this.#frame !== 0) return;
    const wait = this.#looked + BETWEEN - performance.now();
    if (wait <= 0) this.#lookSoon();
    else {
      this.#timer = window.setTimeout(() => {
        this.#timer = 0;
        this.#lookSoon();
      }, wait);
    }
  }

  #lookSoon(): void {
    if (this.#frame !== 0 || this.#scroller === undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#look();
    });
  }

  /** Measures first, then tells: what is in view at once, the rest the nearest first and a few in each frame. */
  #look(): void {
    if (this.#scroller === undefined) return;
    if (!this.#isLarge()) {
      this.#drawAll();
      return;
    }
    const view = this.#scroller.getBoundingClientRect();
    const inView: string[] = [];
    const others: { id: string; near: boolean; distance: number }[] = [];
    for (const [around, mates] of this.#slots) {
      const isFar = !touches(around.getBoundingClientRect(), view, MARGIN);
      for (const [slot, id] of mates) {
        const was = this.#nearness(id).get();
        if (isFar && !was) continue;
        const box = slot.getBoundingClientRect();
        const near = touches(box, view, MARGIN) || this.#kept.includes(id);
        if (near === was) continue;
        if (was) {
          this.#heights.set(id, { of: this.#journey.card(id).get(), pixels: box.height });
        }
        if (near && touches(box, view, NOTHING)) inView.push(id);
        else others.push({ id, near, distance: Math.abs(box.top - view.top) });
      }
    }
    this.#looked = performance.now();
    others.sort((a, b) => Number(b.near) - Number(a.near) || a.distance - b.distance);
    for (const id of inView) this.#nearness(id).set(true);
    for (const { id, near } of others.slice(0, PER_FRAME)) this.#nearness(id).set(near);
    if (others.length > PER_FRAME) this.#lookSoon();
  }
}

const NOTHING = { down: 0, across: 0 };

/** Whether a box reaches into the view with that much around it. */
function touches(box: DOMRect, view: DOMRect, margin: typeof MARGIN): boolean {
  const down = margin.down * view.height;
  const across = margin.across * view.width;
  return (
    box.bottom >= view.top - down &&
    box.top <= view.bottom + down &&
    box.right >= view.left - across &&
    box.left <= view.right + across
  );
}
