// For tests only: a server's agenda for several people at once. It does what a command asks and tells everyone, at once or when it is told
// to; its clock is a number.
import { createStore, type WritableStore } from '../../sync/store';
import { CommandRefused, type WorkshopChannel } from '../../sync/workshop';
import type {
  AgendaStep,
  ClientCommand,
  CurrentStep,
  Personal,
  Shared,
  Step,
  StepId,
} from '../../wire/channel';
import { timeLeft } from '../clock';
import { EMPTY } from './views';

export class AgendaServer {
  now = 1_000_000;
  shared: Shared = EMPTY;
  readonly heard: ClientCommand[] = [];
  #numbered = 0;
  readonly #seats: WritableStore<Shared | null>[] = [];

  constructor(steps: readonly Partial<Step>[] = []) {
    this.#put(steps.map((step) => this.#numberOf({ ...PLAIN, ...step })));
  }

  /** One person's channel. */
  seat(): WorkshopChannel {
    const shared = createStore<Shared | null>(this.shared);
    this.#seats.push(shared);
    return {
      shared,
      personal: createStore<Personal | null>(null),
      send: async (command) => {
        this.heard.push(command);
        this.carryOut(command);
        return { done: 'r' };
      },
    };
  }

  /** As anybody may ask it. */
  carryOut(command: ClientCommand): void {
    const { agenda } = this.shared;
    const at = (id: StepId): number => {
      const place = agenda.findIndex((step) => step.id === id);
      if (place < 0)
        throw new CommandRefused('that step is not in the agenda any more', 'AGENDA-3');
      return place;
    };
    if ('addStep' in command) {
      const { index, step } = command.addStep;
      this.#put(agenda.toSpliced(index, 0, this.#numberOf(step)));
    } else if ('changeStep' in command) {
      const { id, step } = command.changeStep;
      this.#put(agenda.with(at(id), { id, ...step }));
    } else if ('moveStep' in command) {
      const { id, index } = command.moveStep;
      const [step] = agenda.slice(at(id));
      if (step !== undefined) this.#put(agenda.toSpliced(at(id), 1).toSpliced(index, 0, step));
    } else if ('removeStep' in command) {
      this.#put(agenda.toSpliced(at(command.removeStep.id), 1));
    } else if ('setAgenda' in command) {
      this.#put(command.setAgenda.steps.map((step) => this.#numberOf(step)));
    } else if ('startStep' in command) {
      const { id } = command.startStep;
      const minutes = agenda[at(id)]?.minutes;
      const until = minutes === undefined ? {} : { until: this.now + minutes * 60_000 };
      this.#clock({ id, began: this.now, clock: { runs: until }, ready: [] });
    } else if ('finishAgenda' in command) {
      const { current: _, ...rest } = this.shared;
      this.tell(rest);
    } else if ('pause' in command || 'resume' in command) {
      const current = this.#current();
      const left = timeLeft(current.clock, this.now);
      const clock =
        'pause' in command
          ? { paused: left === null ? {} : { left } }
          : { runs: left === null ? {} : { until: this.now + left } };
      this.#clock({ ...current, clock });
    } else if ('extend' in command) {
      const current = this.#current();
      const left = (timeLeft(current.clock, this.now) ?? 0) + command.extend.seconds * 1000;
      const clock =
        'paused' in current.clock ? { paused: { left } } : { runs: { until: this.now + left } };
      this.#clock({ ...current, clock });
    } else throw new CommandRefused('not in this test', '');
  }

  /** Shows everyone how it stands. */
  tell(view: Omit<Shared, 'now' | 'seq'> = this.shared): void {
    this.shared = { ...view, now: this.now, seq: this.shared.seq + 1 };
    for (const seat of this.#seats) seat.set(this.shared);
  }

  #current(): CurrentStep {
    if (this.shared.current === undefined) throw new CommandRefused('no step', 'AGENDA-4');
    return this.shared.current;
  }

  #clock(current: CurrentStep): void {
    this.tell({ ...this.shared, current });
  }

  #put(agenda: readonly AgendaStep[]): void {
    this.tell({ ...this.shared, agenda: [...agenda] });
  }

  #numberOf(step: Step): AgendaStep {
    this.#numbered += 1;
    return { id: this.#numbered, ...step };
  }
}

const PLAIN: Step = {
  title: 'A step',
  instructions: '',
  minutes: 10,
  focus: {},
  mode: 'open',
  lock: false,
  atZero: 'wait',
};
