// The agenda under a facilitator's hands: the server's, with what this person has asked for and no view shows yet, so that nothing flickers
// back while it is on its way. A step is changed field by field, on top of what others make of it meanwhile; every act names its number
// (AGENDA-3).
import { createStore, derivedStore, type Store } from '../sync/store';
import type { AgendaStep, ClientCommand, Shared, Step, StepId } from '../wire/channel';
import type { Done } from '../wire/types';

/** Some fields of a step; `undefined` takes an optional one away. */
export type StepPart = { readonly [K in keyof Step]?: Step[K] | undefined };

type Wish =
  | { readonly does: 'change'; readonly id: StepId; readonly part: StepPart }
  | { readonly does: 'move'; readonly id: StepId; readonly index: number }
  | { readonly does: 'remove'; readonly id: StepId };

interface Asked {
  readonly wish: Wish;
  /** The server has done it: the next view shows it, or what came after it. */
  readonly isDone: boolean;
}

/** Sends a command; null when it was refused, which has been told. */
export type Ask = (command: ClientCommand) => Promise<Done | null>;

export class AgendaDesk {
  readonly steps: Store<readonly AgendaStep[]>;
  readonly #shared: Store<Shared | null>;
  readonly #ask: Ask;
  readonly #removed = new Set<StepId>();
  readonly #asked = createStore<readonly Asked[]>([]);

  constructor(shared: Store<Shared | null>, ask: Ask) {
    this.#shared = shared;
    this.#ask = ask;
    this.steps = derivedStore([shared, this.#asked], () =>
      this.#asked.get().reduce((steps, { wish }) => carryOut(steps, wish), this.#told()),
    );
  }

  find(id: StepId): AgendaStep | undefined {
    return this.steps.get().find((step) => step.id === id);
  }

  /** Resolves to its number, once a view shows it; null when it was refused. */
  async add(step: Step, index = this.steps.get().length): Promise<StepId | null> {
    const before = Math.max(0, ...this.#told().map(({ id }) => id));
    if ((await this.#ask({ addStep: { index, step } })) === null) return null;
    const isIt = (one: AgendaStep): boolean => one.id > before && one.title === step.title;
    return this.#whenTold((steps) => steps.find(isIt)?.id);
  }

  change(id: StepId, part: StepPart): Promise<boolean> {
    const step = this.find(id);
    if (step === undefined) return Promise.resolve(false);
    const changed = contentOf(withPart(step, part));
    return this.#do({ does: 'change', id, part }, { changeStep: { id, step: changed } });
  }

  /** To a place among the others, from 0. */
  move(id: StepId, index: number): Promise<boolean> {
    return this.#do({ does: 'move', id, index }, { moveStep: { id, index } });
  }

  remove(id: StepId): Promise<boolean> {
    return this.#removing([id], this.#do({ does: 'remove', id }, { removeStep: { id } }));
  }

  /** All of it; only while no step is under way (AGENDA-7). */
  async replace(steps: readonly Step[]): Promise<boolean> {
    const ids = this.#told().map(({ id }) => id);
    const asked = this.#ask({ setAgenda: { steps: [...steps] } });
    return this.#removing(
      ids,
      asked.then((answer) => answer !== null),
    );
  }

  /** Whether this person has asked for it to go. */
  isOwn(id: StepId): boolean {
    return this.#removed.has(id);
  }

  async #removing(ids: readonly StepId[], outcome: Promise<boolean>): Promise<boolean> {
    for (const id of ids) this.#removed.add(id);
    const isDone = await outcome;
    if (!isDone) for (const id of ids) this.#removed.delete(id);
    return isDone;
  }

  #told(): readonly AgendaStep[] {
    return this.#shared.get()?.agenda ?? [];
  }

  async #do(wish: Wish, command: ClientCommand): Promise<boolean> {
    const asked: Asked = { wish, isDone: false };
    this.#asked.set([...this.#asked.get(), asked]);
    const answer = await this.#ask(command);
    const rest = this.#asked.get();
    if (answer === null) {
      this.#asked.set(rest.filter((one) => one !== asked));
      return false;
    }
    const done: Asked = { wish, isDone: true };
    this.#asked.set(rest.map((one) => (one === asked ? done : one)));
    this.#forgetAfter(done);
    return true;
  }

  #forgetAfter(done: Asked): void {
    const stop = this.#shared.subscribe(() => {
      stop();
      this.#asked.set(this.#asked.get().filter((one) => one !== done));
    });
  }

  #whenTold<T>(look: (steps: readonly AgendaStep[]) => T | undefined): Promise<T> {
    return new Promise((found) => {
      const now = look(this.#told());
      if (now !== undefined) {
        found(now);
        return;
      }
      const stop = this.#shared.subscribe(() => {
        const then = look(this.#told());
        if (then === undefined) return;
        stop();
        found(then);
      });
    });
  }
}

function carryOut(steps: readonly AgendaStep[], wish: Wish): readonly AgendaStep[] {
  const step = steps.find(({ id }) => id === wish.id);
  // Others have removed it.
  if (step === undefined) return steps;
  const others = steps.filter((one) => one !== step);
  switch (wish.does) {
    case 'change':
      return steps.map((one) => (one === step ? withPart(step, wish.part) : one));
    case 'move':
      return [...others.slice(0, wish.index), step, ...others.slice(wish.index)];
    case 'remove':
      return others;
  }
}

function withPart(step: AgendaStep, part: StepPart): AgendaStep {
  const changed = Object.entries({ ...step, ...part }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(changed) as unknown as AgendaStep;
}

/** A step without its number. */
export function contentOf({ id: _, ...step }: AgendaStep): Step {
  return step;
}
