// How one person looks at a map: what they filter, which overlay is on, what they search for, how near they are.
// Held by the board; it is theirs alone: nothing of it reaches the document or anybody else. The acts on it are in `acts.ts`.
import type { Lane } from '../../../model/entities';
import {
  agesOf,
  type EvidenceShares,
  evidenceShares,
  type Filter,
  presentFilter,
  sameFilter,
  showsLane,
} from '../../../model/filter';
import type { Journey } from '../../../model/journey';
import { today } from '../../../model/review';
import { type Hit, hitsOf, needleOf } from '../../../model/search';
import { createStore, derivedStore, type Store, type WritableStore } from '../../../sync/store';
import { rememberedZoom } from '../../remembered';
import type { Spot } from '../spot';
import { readLook } from './address';
import type { Glass } from './glass';

export type Overlay = 'none' | 'evidence' | 'age';

export interface Finding {
  readonly query: string;
  /** Where one was: Esc goes back there. */
  readonly origin: Spot;
}

export interface Found {
  readonly needle: string;
  /** In lanes on screen, in screen order. */
  readonly hits: readonly Hit[];
  /** How many more are in lanes that do not show. */
  readonly elsewhere: number;
}

const NOTHING: Found = { needle: '', hits: [], elsewhere: 0 };

export class Looking {
  readonly filter: WritableStore<Filter>;
  readonly overlay: WritableStore<Overlay>;
  /** Whether the emotion lanes show how the room felt, too. */
  readonly crowd = createStore(false);
  readonly finding = createStore<Finding | null>(null);
  /** The id of the hit one stands at. */
  readonly hit = createStore<string | null>(null);
  readonly found: Store<Found>;
  /** 1 is full size. */
  readonly zoom: WritableStore<number>;
  /** Ids of the lanes on screen: neither hidden in the map nor by the filter. */
  readonly lanes: Store<readonly string[]>;
  /** What every card is seen through. */
  readonly glass: Store<Glass>;
  readonly shares: Store<EvidenceShares>;
  readonly #journey: Journey;

  constructor(journey: Journey) {
    this.#journey = journey;
    const asked = readLook(location.search);
    const filter = createStore<Filter>(asked.filter, sameFilter);
    // A persona who is gone is no reason to hide anybody, and comes back with an undo.
    const present = derivedStore(
      [filter, journey.personas.all],
      () => presentFilter(filter.get(), journey.personas.all.get()),
      sameFilter,
    );
    this.filter = { ...present, set: filter.set };
    this.overlay = createStore<Overlay>(asked.overlay);
    this.zoom = createStore(rememberedZoom());
    this.lanes = derivedStore(
      [this.filter, journey.lanes.all],
      () => this.#shownLanes().map((lane) => lane.id),
      sameIds,
    );
    this.found = derivedStore(
      [
        this.finding,
        this.lanes,
        journey.allCards,
        journey.allComments,
        journey.stages.all,
        journey.lanes.all,
      ],
      () => this.#find(),
      sameFound,
    );
    this.glass = derivedStore(
      [this.filter, this.overlay, this.found, journey.meta, journey.personas.all],
      () => this.#glass(),
      sameGlass,
    );
    this.shares = derivedStore(
      [journey.allCards, journey.lanes.all, journey.stages.ids],
      () => this.#shares(),
      sameShares,
    );
  }

  /** Makes sure that a lane is on screen: whoever goes to a place must not arrive at nothing. */
  reveal(lane: string): void {
    const kind = this.#journey.lanes.get(lane)?.kind;
    const filter = this.filter.get();
    if (kind !== undefined && !showsLane(filter, kind)) this.filter.set({ ...filter, layers: [] });
  }

  #shownLanes(): readonly Lane[] {
    const filter = this.filter.get();
    return this.#journey.lanes.all
      .get()
      .filter((lane) => !lane.hidden && showsLane(filter, lane.kind));
  }

  #find(): Found {
    const needle = needleOf(this.finding.get()?.query ?? '');
    if (needle === '') return NOTHING;
    const map = {
      stages: this.#journey.stages.all.get(),
      cards: this.#journey.allCards.get(),
      comments: this.#journey.allComments.get(),
    };
    const shown = this.#shownLanes();
    const hits = hitsOf({ ...map, lanes: shown }, needle);
    const rest = this.#journey.lanes.all.get().filter((lane) => !shown.includes(lane));
    const elsewhere = hitsOf({ ...map, lanes: rest }, needle).filter(
      (hit) => hit.kind !== 'stage',
    ).length;
    return { needle, hits, elsewhere };
  }

  #glass(): Glass {
    const { needle, hits } = this.found.get();
    return {
      filter: this.filter.get(),
      overlay: this.overlay.get(),
      hits: needle === '' ? null : new Set(hits.map((hit) => hit.id)),
      ages: agesOf(this.#journey.meta.get().review, today(new Date())),
      personas: this.#journey.personas.all.get(),
    };
  }

  #shares(): EvidenceShares {
    const { lanes, stages } = this.#journey;
    return evidenceShares(this.#journey.allCards.get(), (card) =>
      stages.get(card.stage) === undefined ? undefined : lanes.get(card.lane)?.kind,
    );
  }
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

function sameFound(a: Found, b: Found): boolean {
  return (
    a.needle === b.needle &&
    a.elsewhere === b.elsewhere &&
    a.hits.length === b.hits.length &&
    a.hits.every((hit, index) => hit.kind === b.hits[index]?.kind && hit.id === b.hits[index]?.id)
  );
}

function sameGlass(a: Glass, b: Glass): boolean {
  return (
    sameFilter(a.filter, b.filter) &&
    a.overlay === b.overlay &&
    a.personas === b.personas &&
    JSON.stringify(a.ages) === JSON.stringify(b.ages) &&
    (a.hits === b.hits ||
      (a.hits?.size === b.hits?.size && [...(a.hits ?? [])].every((id) => b.hits?.has(id))))
  );
}

function sameShares(a: EvidenceShares, b: EvidenceShares): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
