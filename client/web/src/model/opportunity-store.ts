// The opportunities of an open map as one store, in map order: stage by stage, lane by lane.
// Called by the view. An opportunity keeps its identity while nothing it shows has changed, so that one keystroke redraws one row.
import type { Store } from '../sync/store';
import type { Card, Lane, Stage } from './entities';
import type { Journey } from './journey';
import { type Addressed, type Opportunity, opportunityOf } from './opportunities';
import { sameItems } from './source';

/** All that the list is made from. Hidden opportunity lanes are left out as on the map; what hidden lanes hold still counts. */
function inputsOf(journey: Journey): {
  readonly stages: readonly Stage[];
  readonly lanes: readonly Lane[];
  readonly cards: readonly (readonly Card[])[];
} {
  const lanes = journey.lanes.all
    .get()
    .filter(
      ({ kind, hidden }) =>
        (kind === 'opportunity' && !hidden) || kind === 'pain' || kind === 'expectation',
    );
  return {
    stages: journey.stages.all.get(),
    lanes,
    cards: lanes.map(({ id }) => journey.laneCards(id).get()),
  };
}

class OpportunityStore implements Store<readonly Opportunity[]> {
  readonly #journey: Journey;
  #seen: readonly unknown[] = [];
  #known: ReadonlyMap<string, Opportunity> = new Map();
  #value: readonly Opportunity[] = [];

  constructor(journey: Journey) {
    this.#journey = journey;
  }

  readonly get = (): readonly Opportunity[] => {
    const { stages, lanes, cards } = inputsOf(this.#journey);
    const seen = [stages, ...lanes, ...cards];
    if (sameItems(seen, this.#seen)) return this.#value;
    this.#seen = seen;
    const addressable = new Map<string, Addressed>();
    lanes.forEach(({ kind }, index) => {
      if (kind !== 'pain' && kind !== 'expectation') return;
      for (const card of cards[index] ?? []) addressable.set(card.id, { card, kind });
    });
    const found = stages.flatMap((stage) =>
      lanes.flatMap((lane, index) =>
        lane.kind !== 'opportunity'
          ? []
          : (cards[index] ?? [])
              .filter((card) => card.stage === stage.id)
              .map((card) => this.#keep(card, stage, lane, addressable)),
      ),
    );
    this.#known = new Map(found.map((one) => [one.id, one]));
    if (!sameItems(found, this.#value)) this.#value = found;
    return this.#value;
  };

  #keep(
    card: Card,
    stage: Stage,
    lane: Lane,
    addressable: ReadonlyMap<string, Addressed>,
  ): Opportunity {
    const addresses = [...new Set(card.addresses)]
      .map((id) => addressable.get(id))
      .filter((one) => one !== undefined);
    const before = this.#known.get(card.id);
    const isSame =
      before !== undefined &&
      before.card === card &&
      before.stage === stage &&
      before.lane === lane &&
      sameItems(
        before.addresses.map((one) => one.card),
        addresses.map((one) => one.card),
      );
    return isSame ? before : opportunityOf(card, stage, lane, addresses);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const { stages, lanes } = this.#journey;
    let stops: (() => void)[] = [];
    const follow = (): void => {
      for (const stop of stops) stop();
      stops = inputsOf(this.#journey).lanes.map(({ id }) =>
        this.#journey.laneCards(id).subscribe(listener),
      );
    };
    follow();
    const stopStages = stages.all.subscribe(listener);
    const stopLanes = lanes.all.subscribe(() => {
      // Other lanes may hold opportunities, pains or expectations now.
      follow();
      listener();
    });
    return () => {
      stopStages();
      stopLanes();
      for (const stop of stops) stop();
    };
  };
}

const open = new WeakMap<Journey, OpportunityStore>();

/** The one such store of a map. */
export function opportunitiesOf(journey: Journey): Store<readonly Opportunity[]> {
  const known = open.get(journey);
  if (known !== undefined) return known;
  const store = new OpportunityStore(journey);
  open.set(journey, store);
  return store;
}
