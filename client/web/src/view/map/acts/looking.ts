// Acts on how one looks at the map. None of them changes anything for anybody else.
import { isOn } from '../../../model/filter';
import type { Board } from '../board';
import {
  clearFilter,
  nextHit,
  openFind,
  setCrowd,
  toggleDots,
  toggleOverlay,
  zoomBy,
  zoomFitted,
  zoomReset,
} from '../looking/acts';
import type { Act } from './act';

/** Whether an emotion round has a result. */
export function hasFeelings(board: Board): boolean {
  const rounds = board.connection.workshop.shared.get()?.emotionRounds;
  return rounds?.some(({ result }) => result !== undefined) === true;
}

const onGrid = { group: 'Looking', at: 'grid', chords: [] } as const;

export const LOOKING: readonly Act[] = [
  {
    ...onGrid,
    id: 'look.find',
    name: 'Find words in this map',
    also: 'search text',
    // Once more, from within the search, Ctrl F is the browser's own.
    chords: ['/', 'Mod+F'],
    run: openFind,
  },
  {
    ...onGrid,
    id: 'look.next',
    name: 'Next of what was found',
    can: (board) => board.looking.found.get().hits.length > 0,
    run: (board) => nextHit(board, 1),
  },
  {
    ...onGrid,
    id: 'look.evidence',
    name: 'Show assumptions and evidence',
    also: 'overlay sources confidence',
    run: (board) => toggleOverlay(board, 'evidence'),
  },
  {
    ...onGrid,
    id: 'look.age',
    name: 'Show what was not touched since the last review',
    also: 'overlay age heat stale',
    run: (board) => toggleOverlay(board, 'age'),
  },
  {
    ...onGrid,
    id: 'look.crowd',
    name: 'Show how the room felt on the emotion lanes',
    also: 'overlay median spread curve crowd',
    can: hasFeelings,
    run: (board) => setCrowd(board, !board.looking.crowd.get()),
  },
  {
    ...onGrid,
    id: 'look.dots',
    name: 'Show or hide the dots of the last vote',
    also: 'votes result',
    can: (board) => board.votes.get()?.hasResult === true,
    run: toggleDots,
  },
  {
    ...onGrid,
    id: 'look.whole',
    name: 'Show the whole map',
    also: 'clear filter layers personas',
    can: (board) => isOn(board.looking.filter.get()),
    run: clearFilter,
  },
  {
    ...onGrid,
    id: 'look.larger',
    name: 'Larger',
    also: 'zoom in',
    run: (board) => zoomBy(board, 1),
  },
  {
    ...onGrid,
    id: 'look.smaller',
    name: 'Smaller',
    also: 'zoom out',
    run: (board) => zoomBy(board, -1),
  },
  { ...onGrid, id: 'look.full', name: 'Full size', also: 'zoom 100 reset', run: zoomReset },
  {
    ...onGrid,
    id: 'look.width',
    name: 'Fit all stages',
    also: 'zoom width',
    run: (board) => zoomFitted(board, 'width'),
  },
  {
    ...onGrid,
    id: 'look.map',
    name: 'Fit the whole map',
    also: 'zoom',
    run: (board) => zoomFitted(board, 'map'),
  },
  {
    ...onGrid,
    id: 'look.print',
    name: 'Print the map',
    also: 'paper pdf',
    run: () => setTimeout(() => window.print()),
  },
];
