// The steps of each template. What a step says is read by everybody in it, so it is said to them: what to do, in which order, and how to
// know that it is enough. People write alone before they talk where the loudest voice would else decide; each such step is followed by
// one in which the cards are read together.
import type { LaneKind } from '../model/kinds';
import { listed } from '../model/listed';
import type { Step } from '../wire/channel';
import { FOCUS_ENTRIES } from './limits';
import { type Sources, step } from './template-parts';

const PURPOSE = step({
  title: 'Whose journey, and what for',
  says: [
    'Listen to whose journey this is, where it begins and ends, and what will be decided with it.',
    'Ask now if one of the three is not clear to you. Everything that follows rests on them.',
  ],
  minutes: 5,
  mode: 'discuss',
});

const BREAK = step({
  title: 'Break',
  says: ['Leave the screen. We go on when the time is up.'],
  minutes: 7,
  mode: 'break',
});

const NEXT = step({
  title: 'What happens next',
  says: [
    'Agree on the first few things to do. Each gets an owner who is here, and a date.',
    'Which assumption would hurt most if it were wrong, and who finds out? When do we look at this map again?',
  ],
  minutes: 10,
  mode: 'discuss',
});

export function layerByLayer(sources: Sources): readonly Step[] {
  const known = [
    ...sources.on(['action'], (focus) => [
      step({
        title: 'What they do',
        says: [
          'Write what the person does, one thing a card, from the first stage to the last.',
          'Begin with a verb: “compares prices”, not “price comparison”. Put down what you have seen or heard first. What you only believe belongs here, too: it stays marked as an assumption.',
        ],
        minutes: 8,
        mode: 'open',
        focus,
        lock: true,
      }),
    ]),
    ...sources.on(['touchpoint'], (focus) => [
      step({
        title: 'Where they meet us',
        says: [
          'Write every moment of contact, with its channel. Include those that are not ours: a search, a friend, a form at the bank.',
          'Look along the row above: what do they have in hand or on screen while they do that?',
        ],
        minutes: 8,
        mode: 'open',
        focus,
        lock: true,
      }),
    ]),
    ...sources.on(['expectation'], (focus) => [
      step({
        title: 'What they expect, and what happens',
        says: [
          'Write what they expect at each stage. Then, on the same card, what actually happens.',
          'Expectations come from elsewhere: from the last shop, app or doctor. The wide gaps are what to talk about.',
        ],
        minutes: 7,
        mode: 'open',
        focus,
        lock: true,
      }),
    ]),
  ];
  const felt = [...feelings(sources), ...pains(sources), ...opportunities(sources)];
  return [
    PURPOSE,
    step({
      title: 'The stages, in their words',
      says: [
        'Read the stages from left to right. Would the person name them so, and is none missing?',
        'The journey begins before they come to us and ends after they have what they came for. Rename, add and merge now: later it costs more.',
      ],
      minutes: 5,
      mode: 'discuss',
    }),
    ...known,
    // Only between two halves that are both there.
    ...(known.length > 1 && felt.length > 1 ? [BREAK] : []),
    ...felt,
    NEXT,
  ];
}

function feelings(sources: Sources): readonly Step[] {
  return sources.on(['emotion'], (focus) => [
    step({
      title: 'How it feels',
      says: [
        'Each for yourself first: how does every stage feel to the person, from −2, awful, to +2, delighted?',
        'Then together, beginning where you differ most: what did each of you have in mind? A curve without highs and lows says nothing.',
      ],
      minutes: 8,
      mode: 'discuss',
      focus,
    }),
  ]);
}

function pains(sources: Sources): readonly Step[] {
  return sources.on(['pain'], (focus) => [
    step({
      title: 'Where it hurts, alone',
      says: [
        'Each for yourself: what gets in the person’s way? One pain a card, in the stage where it is felt. Nobody sees your cards before all are revealed.',
        'Say what goes wrong for them, not which solution is missing: “does not know whether it was sent”, not “needs a notification”.',
      ],
      minutes: 6,
      mode: 'brainstorm',
      focus,
      lock: true,
    }),
    step({
      title: 'Where it hurts, together',
      says: [
        'Read the pains stage by stage. Merge those that say the same, and ask about those you do not understand.',
        'Agree on the severity of the worst. Which of them have we seen or heard, and which do we assume?',
      ],
      minutes: 8,
      mode: 'open',
      focus,
      lock: true,
    }),
  ]);
}

function opportunities(sources: Sources): readonly Step[] {
  return sources.on(['opportunity'], (focus) => [
    step({
      title: 'What could be better, alone',
      says: [
        'Each for yourself: what would make the lowest points better? One idea a card, in the stage it changes. Nobody sees your cards before all are revealed.',
        'Many first, good ones later. Say what becomes different for the person.',
      ],
      minutes: 6,
      mode: 'brainstorm',
      focus,
      lock: true,
    }),
    step({
      title: 'What could be better, together',
      says: [
        'Read the ideas and merge those that are the same.',
        'Say of each which pain it takes away, and roughly how much it would bring and cost. One that takes none away may wait.',
      ],
      minutes: 8,
      mode: 'open',
      focus,
      lock: true,
    }),
    vote(focus),
  ]);
}

function vote(focus: Step['focus']): Step {
  return step({
    title: 'Vote: what first',
    says: [
      'Place your dots on what you would begin with. Think of the person first, then of what we can do.',
      'Decide for yourself. The result is where the talk begins, not where it ends.',
    ],
    minutes: 4,
    mode: 'vote',
    focus,
  });
}

/** More steps than this, and nobody remembers the first when the last is done. */
const MOST_STAGES = 8;
/** For all stages together. Minutes. */
const FOR_STAGES = 56;

/** What a column asks for, in the order of the layers. */
const IN_A_STAGE: readonly (readonly [LaneKind, string])[] = [
  ['action', 'what they do'],
  ['touchpoint', 'where they meet us'],
  ['expectation', 'what they expect'],
  ['emotion', 'how it feels'],
  ['pain', 'where it hurts'],
  ['evidence', 'what they see'],
  ['frontstage', 'what staff do in sight'],
  ['backstage', 'what they do out of sight'],
  ['support', 'what has to work behind'],
];

export function stageByStage(sources: Sources): readonly Step[] {
  const { stages } = sources.map;
  const groups = inGroups(stages, Math.ceil(stages.length / MOST_STAGES));
  const minutes = Math.min(15, Math.max(7, Math.round(FOR_STAGES / groups.length)));
  const asked = IN_A_STAGE.filter(([kind]) => sources.has(kind)).map(([, words]) => words);
  const columns = groups.map((group) =>
    step({
      title: titlesOf(group),
      says: [
        `Fill ${group.length === 1 ? 'this column' : 'these columns'} from top to bottom${asked.length === 0 ? '' : `: ${listed(asked)}`}.`,
        'Put down what you have seen or heard first, then what you only believe. Whoever knows this part best speaks last: the others see what they have stopped seeing.',
      ],
      minutes,
      mode: 'open',
      focus: { stages: group.map(({ id }) => id).slice(0, FOCUS_ENTRIES) },
      lock: true,
    }),
  );
  const half = Math.ceil(columns.length / 2);
  return [
    PURPOSE,
    ...columns.slice(0, half),
    ...(columns.length > 3 ? [BREAK] : []),
    ...columns.slice(half),
    step({
      title: 'The whole journey',
      says: [
        'Step back and read from the first stage to the last. Where is the lowest point, and in which stage does it really begin?',
        'What falls between two stages? Who comes into the journey in the middle, and who leaves before its end?',
      ],
      minutes: 8,
      mode: 'discuss',
    }),
    ...opportunities(sources),
    NEXT,
  ];
}

/** Neighbours together, as even as it goes. */
function inGroups<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / Math.max(1, size));
  return Array.from({ length: count }, (_, at) =>
    all.slice(Math.round((at * all.length) / count), Math.round(((at + 1) * all.length) / count)),
  );
}

function titlesOf(group: readonly { readonly title: string }[]): string {
  return listed(group.map(({ title }) => title.trim() || 'Unnamed stage'));
}

export function blueprint(sources: Sources): readonly Step[] {
  const row = (
    kinds: readonly LaneKind[],
    title: string,
    minutes: number,
    says: readonly string[],
  ): readonly Step[] =>
    sources.on(kinds, (focus) => [step({ title, says, minutes, mode: 'open', focus, lock: true })]);
  const inner: readonly LaneKind[] = ['frontstage', 'backstage', 'support'];
  return [
    step({
      title: 'Which service, and for whom',
      says: [
        'Listen to which service this is, for which customer, and where it begins and ends. One path, the usual one: exceptions come later.',
        'Say which part of it you know from your own work. Is somebody missing who does a part of it?',
      ],
      minutes: 5,
      mode: 'discuss',
    }),
    ...row(['action', 'touchpoint'], 'What the customer does', 10, [
      'Write what the customer does, one thing a card, from the first stage to the last.',
      'Everything below hangs on this row. Go on only when it is complete.',
    ]),
    ...row(['evidence'], 'What they see and hold', 5, [
      'Write what the customer sees, holds or receives at each stage: a page, a letter, a receipt, a sign on a door.',
    ]),
    ...row(['frontstage'], 'In sight of the customer', 10, [
      'Write what staff or a screen does in sight of the customer, below what it answers.',
      'Name the role that does it, not the person.',
    ]),
    ...row(['backstage'], 'Behind the line of visibility', 10, [
      'Write what has to be done out of the customer’s sight so that the row above can happen.',
      'Ask of each card above: what must have happened before? Who was told, and how?',
    ]),
    ...row(['support'], 'What has to work behind', 8, [
      'Write the systems, rules and partners that the rows above rest on.',
      'Who can change each of them, and who cannot?',
    ]),
    BREAK,
    ...sources.on(inner, (focus) => [
      step({
        title: 'Where it breaks',
        says: [
          'Go through the journey once more and mark as a fail point whatever goes wrong, waits, or is done twice.',
          'How often does it happen, who notices first, and does the customer have to say so?',
        ],
        minutes: 10,
        mode: 'open',
        focus,
        lock: true,
      }),
    ]),
    ...opportunities(sources),
    NEXT,
  ];
}

export function review(sources: Sources): readonly Step[] {
  return [
    ...sources.on(['opportunity'], (focus) => [
      step({
        title: 'What became of it',
        says: [
          'Go through the opportunities from the top: what was done, what is under way, what was dropped, and what do we know of its effect?',
          'Put status, owner and date right on each card as you speak of it.',
        ],
        minutes: 12,
        mode: 'open',
        focus,
        lock: true,
      }),
    ]),
    ...sources.on(['action', 'touchpoint', 'expectation'], (focus) => [
      step({
        title: 'What is new for them, alone',
        says: [
          'Each for yourself: what do people do, meet or expect today that this map does not show? Nobody sees your cards before all are revealed.',
          'Think of the last person you watched or spoke with, not of the last project.',
        ],
        minutes: 6,
        mode: 'brainstorm',
        focus,
        lock: true,
      }),
    ]),
    step({
      title: 'Bring the map up to date',
      says: [
        'Read the map stage by stage. Correct what is no longer so, and take out what nobody would miss.',
        'View, Age shows what has not been touched since the last review. Still true? Say so aloud, and why you think so.',
      ],
      minutes: 12,
      mode: 'open',
    }),
    step({
      title: 'What we know by now',
      says: [
        'View, Assumptions and evidence shows what rests on nothing yet. Take those that matter most: has anybody seen, heard or counted it since?',
        'Add what you have as a source. What stays an assumption gets somebody who looks into it.',
      ],
      minutes: 12,
      mode: 'open',
    }),
    ...feelings(sources),
    ...sources.on(['pain'], (focus) => [
      step({
        title: 'Which pains are left',
        says: [
          'Which pains are gone, which are new, and which have become worse? Rate the severity anew.',
          'One that is there since the first version deserves a reason.',
        ],
        minutes: 8,
        mode: 'open',
        focus,
        lock: true,
      }),
    ]),
    ...sources.on(['opportunity'], (focus) => [vote(focus)]),
    step({
      title: 'What happens next',
      says: [
        'Agree on what is done until the next review. Each thing gets an owner who is here, and a date.',
        'Mark the map as reviewed, in About this map, and set the day of the next review.',
      ],
      minutes: 8,
      mode: 'discuss',
    }),
  ];
}
