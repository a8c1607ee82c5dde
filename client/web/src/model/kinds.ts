// The vocabulary of a journey map: kinds, layers, lines and the words shown for them.
// Called by the readers, the write operations and the view; it holds no state and touches no document.
// Source: map-format.md, "Lane kinds, by layer".

export const MAP_KINDS = [
  'current-state',
  'future-state',
  'day-in-the-life',
  'service-blueprint',
] as const;
export type MapKind = (typeof MAP_KINDS)[number];

export const MAP_KIND_LABEL: Record<MapKind, string> = {
  'current-state': 'Current state',
  'future-state': 'Future state',
  'day-in-the-life': 'Day in the life',
  'service-blueprint': 'Service blueprint',
};

export const LANE_KINDS = [
  'touchpoint',
  'action',
  'expectation',
  'emotion',
  'pain',
  'opportunity',
  'evidence',
  'frontstage',
  'backstage',
  'support',
  'metric',
  'note',
] as const;
export type LaneKind = (typeof LANE_KINDS)[number];

/** One lane kind in words: what a new lane of it is called, what one of its cards is, and what to write. */
export interface LaneKindWords {
  /** Name of the kind, as in a menu. */
  readonly name: string;
  /** Title a new lane of this kind starts with. */
  readonly title: string;
  /** What one card of it is, in lower case, for labels ("Add pain"). */
  readonly card: string;
  /** One line that says what belongs in the lane. */
  readonly hint: string;
  readonly layer: string;
}

export const LANE_WORDS: Record<LaneKind, LaneKindWords> = {
  touchpoint: {
    name: 'Touchpoints',
    title: 'Touchpoints',
    card: 'touchpoint',
    hint: 'A moment of contact, and its channel',
    layer: 'Interactions',
  },
  action: {
    name: 'Actions',
    title: 'What they do',
    card: 'action',
    hint: 'What the customer does',
    layer: 'Behaviour',
  },
  expectation: {
    name: 'Expectations',
    title: 'What they expect',
    card: 'expectation',
    hint: 'What they anticipate, against what happens',
    layer: 'Behaviour',
  },
  emotion: {
    name: 'Emotions',
    title: 'How it feels',
    card: 'feeling',
    hint: 'How they feel, from −2 to +2',
    layer: 'Experience',
  },
  pain: {
    name: 'Pains',
    title: 'Pains',
    card: 'pain',
    hint: 'Where friction lives',
    layer: 'Experience',
  },
  opportunity: {
    name: 'Opportunities',
    title: 'Opportunities',
    card: 'opportunity',
    hint: 'What could be better',
    layer: 'Strategy',
  },
  evidence: {
    name: 'Evidence',
    title: 'What they see',
    card: 'piece of evidence',
    hint: 'What the customer sees and holds',
    layer: 'Blueprint',
  },
  frontstage: {
    name: 'Frontstage',
    title: 'Frontstage',
    card: 'frontstage step',
    hint: 'What staff do in sight',
    layer: 'Blueprint',
  },
  backstage: {
    name: 'Backstage',
    title: 'Backstage',
    card: 'backstage step',
    hint: 'What staff do out of sight',
    layer: 'Blueprint',
  },
  support: {
    name: 'Support',
    title: 'Support processes',
    card: 'support process',
    hint: 'Systems and partners behind',
    layer: 'Blueprint',
  },
  metric: {
    name: 'Figures',
    title: 'Figures',
    card: 'figure',
    hint: 'A number, its unit and its target',
    layer: 'Any',
  },
  note: {
    name: 'Notes',
    title: 'Notes',
    card: 'note',
    hint: 'Anything else worth keeping',
    layer: 'Any',
  },
};

/** The free texts of a card, by their names in the format. */
export type CardText = 'text' | 'actual' | 'quote';

/** Those a card of this kind has, in the order of its details. */
export function textsOf(kind: LaneKind): readonly CardText[] {
  if (kind === 'expectation') return ['text', 'actual'];
  return kind === 'emotion' ? ['text', 'quote'] : ['text'];
}

export function textLabel(kind: LaneKind, field: CardText): string {
  if (field === 'actual') return 'What actually happens';
  if (field === 'quote') return 'In their words';
  return kind === 'expectation' ? 'What they expect' : 'Text';
}

export const CHANNELS = [
  'web',
  'app',
  'email',
  'phone',
  'chat',
  'store',
  'post',
  'social',
  'partner',
  'word of mouth',
] as const;

/** The format's channels with the ones already used on a map, those first that are used most. */
export function channelSuggestions(used: Iterable<string>): readonly string[] {
  const counts = new Map<string, { readonly name: string; count: number }>();
  for (const name of used) {
    const key = name.trim().toLocaleLowerCase();
    const known = counts.get(key);
    if (known !== undefined) known.count += 1;
    else if (key !== '') counts.set(key, { name: name.trim(), count: 1 });
  }
  const own = [...counts.values()].sort((a, b) => b.count - a.count).map(({ name }) => name);
  return [...own, ...CHANNELS.filter((name) => !counts.has(name))];
}

export const OPPORTUNITY_STATUSES = ['idea', 'planned', 'doing', 'done', 'dropped'] as const;
export type OpportunityStatus = (typeof OPPORTUNITY_STATUSES)[number];

export const STATUS_LABEL: Record<OpportunityStatus, string> = {
  idea: 'Idea',
  planned: 'Planned',
  doing: 'Doing',
  done: 'Done',
  dropped: 'Dropped',
};

export const SOURCE_KINDS = [
  'interview',
  'support',
  'analytics',
  'survey',
  'observation',
  'other',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const SOURCE_LABEL: Record<SourceKind, string> = {
  interview: 'Interview',
  support: 'Support',
  analytics: 'Analytics',
  survey: 'Survey',
  observation: 'Observation',
  other: 'Other',
};

export const GAP_LABEL = ['As expected', 'Small gap', 'Clear gap', 'Wide gap'] as const;
export const SEVERITY_LABEL = ['Slight', 'Minor', 'Moderate', 'Serious', 'Severe'] as const;

/** Words for an emotion score; halves read as the nearer extreme. */
export function scoreLabel(score: number): string {
  if (score >= 1.5) return 'Delighted';
  if (score >= 0.5) return 'Good';
  if (score > -0.5) return 'Neutral';
  if (score > -1.5) return 'Bad';
  return 'Awful';
}

/** A score as people write it: "+1.5", "0", "−2" (with a true minus sign). */
export function scoreText(score: number): string {
  if (score === 0) return '0';
  return score > 0 ? `+${score}` : `−${Math.abs(score)}`;
}

export const SCORE_MIN = -2;
export const SCORE_MAX = 2;
export const SCORE_STEP = 0.5;

/** The nearest allowed score: halves between −2 and +2. */
export function nearestScore(value: number): number {
  const stepped = Math.round(value / SCORE_STEP) * SCORE_STEP;
  const bounded = Math.min(SCORE_MAX, Math.max(SCORE_MIN, stepped));
  return Object.is(bounded, -0) ? 0 : bounded;
}

/** The three lines of a service blueprint. */
export type BlueprintLine = 'interaction' | 'visibility' | 'internal';

export const BLUEPRINT_LINE_LABEL: Record<BlueprintLine, string> = {
  interaction: 'Line of interaction',
  visibility: 'Line of visibility',
  internal: 'Line of internal interaction',
};

/** From the customer inwards; a kind that is on no side is passed over. */
const DEPTH: { readonly [K in LaneKind]?: number } = {
  evidence: 0,
  touchpoint: 0,
  action: 0,
  frontstage: 1,
  backstage: 2,
  support: 3,
};

/** Each line with the depth it leads to, and the kind that must be there for it to mean anything. */
const LINES: readonly [BlueprintLine, number, LaneKind][] = [
  ['interaction', 1, 'frontstage'],
  ['visibility', 2, 'backstage'],
  ['internal', 3, 'support'],
];

/**
 * Which lines run above which lane, whatever the order of lanes: each once, where the two sides it separates meet, or,
 * where they meet nowhere, where the lanes first cross from one side to the other. A line whose inner side is missing is left out.
 */
export function blueprintLines(
  lanes: readonly { readonly id: string; readonly kind: LaneKind }[],
): ReadonlyMap<string, readonly BlueprintLine[]> {
  const placed = lanes.flatMap(({ id, kind }) => {
    const depth = DEPTH[kind];
    return depth === undefined ? [] : [{ id, depth }];
  });
  const steps = placed.slice(1).map((lane, index) => {
    const before = placed[index]?.depth ?? lane.depth;
    return { id: lane.id, low: Math.min(before, lane.depth), high: Math.max(before, lane.depth) };
  });
  const above = new Map<string, BlueprintLine[]>();
  for (const [line, depth, kind] of LINES) {
    if (!lanes.some((lane) => lane.kind === kind)) continue;
    const step =
      steps.find(({ low, high }) => low === depth - 1 && high === depth) ??
      steps.find(({ low, high }) => low < depth && depth <= high);
    if (step !== undefined) above.set(step.id, [...(above.get(step.id) ?? []), line]);
  }
  return above;
}
