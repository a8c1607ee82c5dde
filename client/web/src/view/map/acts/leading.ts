// Acts of whoever runs the workshop: the panel, and the clock without going there.
import {
  canStart,
  clockOf,
  goOn,
  hasEnd,
  setClock,
  startFirst,
  switchClock,
} from '../../facilitate/course';
import { keyToPanel } from '../../facilitate/opening';
import type { Act } from './act';

const leading = { group: 'Facilitate', at: 'page', chords: [], leads: true } as const;

export const LEADING: readonly Act[] = [
  {
    ...leading,
    id: 'facilitate',
    name: 'Facilitate: to the panel and back',
    also: 'agenda clock timer rounds people run workshop',
    chords: ['F'],
    run: keyToPanel,
  },
  {
    ...leading,
    id: 'step.start',
    name: 'Start the agenda for everyone',
    also: 'begin step workshop',
    can: canStart,
    run: (board) => void startFirst(board),
  },
  {
    ...leading,
    id: 'step.next',
    name: 'Go on to the next step',
    also: 'agenda finish end',
    can: (board) => clockOf(board) !== undefined,
    run: (board) => void goOn(board),
  },
  {
    ...leading,
    id: 'clock.switch',
    name: 'Pause the clock, or resume it',
    also: 'timer stop stand',
    can: (board) => {
      const clock = clockOf(board);
      return clock !== undefined && !('zero' in clock);
    },
    run: (board) => void switchClock(board),
  },
  ...([1, 5, -1] as const).map(
    (minutes): Act => ({
      ...leading,
      id: `clock.${minutes}`,
      name: `${Math.abs(minutes)} ${minutes === 5 ? 'minutes' : 'minute'} ${minutes < 0 ? 'less' : 'more'} for this step`,
      also: 'timer extend time',
      can: (board) => {
        const clock = clockOf(board);
        return clock !== undefined && hasEnd(clock);
      },
      run: (board) => void setClock(board, minutes),
    }),
  ),
];
