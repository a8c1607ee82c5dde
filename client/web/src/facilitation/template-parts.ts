// What a template takes from a map: the focus of its steps on lanes of some kinds, and what it had to leave out for want of one.
import { LANE_KINDS, type LaneKind } from '../model/kinds';
import type { Focus, Mode, Step } from '../wire/channel';
import { clipped, FOCUS_ENTRIES, STEP_INSTRUCTIONS_CHARS, STEP_TITLE_CHARS } from './limits';

export interface MapParts {
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  readonly lanes: readonly {
    readonly id: string;
    readonly kind: LaneKind;
    readonly hidden: boolean;
  }[];
}

export interface Wording {
  readonly title: string;
  /** Paragraphs; the first stands in everybody's bar. */
  readonly says: readonly string[];
  readonly minutes: number;
  readonly mode: Mode;
  readonly focus?: Focus;
  /** Hold still what is outside the focus. */
  readonly lock?: boolean;
}

export function step({ title, says, minutes, mode, focus = {}, lock = false }: Wording): Step {
  return {
    title: clipped(title, STEP_TITLE_CHARS),
    instructions: clipped(says.join('\n\n'), STEP_INSTRUCTIONS_CHARS),
    minutes,
    mode,
    focus,
    lock,
    // Who facilitates looks at the room before going on.
    atZero: 'wait',
  };
}

export class Sources {
  readonly map: MapParts;
  readonly #leftOut = new Set<LaneKind>();

  constructor(map: MapParts) {
    this.map = map;
  }

  /** Whether people see a lane of one of these kinds. */
  has(...kinds: readonly LaneKind[]): boolean {
    return this.lanes(kinds).length > 0;
  }

  lanes(kinds: readonly LaneKind[]): readonly string[] {
    return this.map.lanes.filter((lane) => !lane.hidden && kinds.includes(lane.kind)).map(toId);
  }

  /** Steps about lanes of these kinds; none where there is no such lane. */
  on(kinds: readonly LaneKind[], steps: (focus: Focus) => readonly Step[]): readonly Step[] {
    const lanes = this.lanes(kinds);
    if (lanes.length > 0) return steps({ lanes: lanes.slice(0, FOCUS_ENTRIES) });
    for (const kind of kinds) this.#leftOut.add(kind);
    return [];
  }

  /** Kinds that were asked for in vain. */
  get leftOut(): readonly LaneKind[] {
    return LANE_KINDS.filter((kind) => this.#leftOut.has(kind));
  }
}

function toId({ id }: { readonly id: string }): string {
  return id;
}
