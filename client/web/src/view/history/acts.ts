// What can be done with a replay, by button or key.
import type { Player } from '../../model/history/player';
import { otherSpeed } from '../../model/history/playing';
import type { HistoryReport, Moment } from '../../wire/history';
import { isSwitchedOff } from '../map/acts/single-keys';
import { copyText } from '../mappage/copy';
import { historyPath } from '../router';
import { say, toast } from '../ui';
import { momentWords, timeWords } from './words';

export interface Acts {
  toggle(): Promise<void>;
  moment(by: 1 | -1): Promise<void>;
  go(moment: Moment): Promise<void>;
  share(): Promise<void>;
  /** Whether a key did something. */
  key(event: KeyboardEvent): boolean;
}

export function momentAfter({ moments }: HistoryReport, seq: number): Moment | undefined {
  return moments.find((one) => one.seq > seq);
}

export function momentBefore({ moments }: HistoryReport, seq: number): Moment | undefined {
  return moments.findLast((one) => one.seq < seq);
}

export function actsOf(map: string, history: HistoryReport, player: Player): Acts {
  const { seq } = player.replay;
  const go = async (moment: Moment): Promise<void> => {
    if (await player.seek(moment.seq)) say(`${momentWords(moment)}, ${timeWords(moment.at)}`);
  };
  const acts: Acts = {
    async toggle() {
      if (player.state.get().isPlaying) player.pause();
      else await player.play();
    },
    async moment(by) {
      const find = by === 1 ? momentAfter : momentBefore;
      const found = find(history, seq.get());
      if (found !== undefined) await go(found);
    },
    go,
    async share() {
      const link = location.origin + historyPath(map, seq.get());
      const isCopied = await copyText(link);
      toast(
        isCopied
          ? { title: 'Link to this moment copied', detail: 'It opens for whoever is in this map.' }
          : { title: 'The link could not be copied', detail: link, tone: 'bad' },
      );
    },
    key(event) {
      if (event.defaultPrevented || isSwitchedOff(event)) return false;
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      switch (event.key) {
        case ' ':
          void acts.toggle();
          return true;
        case ',':
          void player.step(-1);
          return true;
        case '.':
          void player.step(1);
          return true;
        case '[':
          void acts.moment(-1);
          return true;
        case ']':
          void acts.moment(1);
          return true;
        case '<':
        case '>': {
          const speed = otherSpeed(player.state.get().speed, event.key === '>' ? 1 : -1);
          player.setSpeed(speed);
          say(`Speed ${speed} times`);
          return true;
        }
        default:
          return false;
      }
    },
  };
  return acts;
}
