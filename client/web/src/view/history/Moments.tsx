// The moments of a history as a list: what the marks on the line are, in words, each one press away.
import { type JSX, useEffect, useRef } from 'react';
import type { Player } from '../../model/history/player';
import type { HistoryReport } from '../../wire/history';
import { useStore } from '../map/use';
import type { Acts } from './acts';
import { dayWords, kindWords, somebody, timeWords } from './words';

export function Moments({
  history,
  player,
  acts,
}: {
  readonly history: HistoryReport;
  readonly player: Player;
  readonly acts: Acts;
}): JSX.Element {
  const seq = useStore(player.replay.seq);
  const current = history.moments.findLastIndex((one) => one.seq <= seq);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // While it plays, the list goes along; whoever reads in it is left alone.
    if (list.current?.contains(document.activeElement)) return;
    const frame = list.current?.parentElement;
    const here = list.current?.children[current];
    if (!(here instanceof HTMLElement) || frame == null) return;
    const isIn =
      here.offsetTop >= frame.scrollTop &&
      here.offsetTop + here.offsetHeight <= frame.scrollTop + frame.clientHeight;
    if (!isIn) frame.scrollTop = here.offsetTop - frame.clientHeight / 2;
  }, [current]);
  let day = '';
  return (
    <ol className="h-moments" ref={list}>
      {history.moments.map((moment, place) => {
        const { name, mark } = kindWords(moment.kind);
        const by = moment.kind === 'joined' ? 'nobody' : moment.who;
        const today = dayWords(moment.at);
        const isNewDay = today !== day;
        day = today;
        return (
          <li key={`${moment.seq} ${moment.kind} ${moment.words}`}>
            {isNewDay ? <p className="h-moments__day">{today}</p> : null}
            <button
              type="button"
              className={`h-moment ${place > current ? 'h-moment--later' : ''}`}
              {...(place === current ? { 'aria-current': 'true' as const } : {})}
              onClick={() => void acts.go(moment)}
            >
              <span className={`h-mark h-mark--${mark}`} aria-hidden="true" />
              <span className="h-moment__what">
                <span className="h-moment__kind">{name}</span>
                {moment.words === '' ? null : <b>{moment.words}</b>}
                {by === 'nobody' || by === 'room' ? null : (
                  <span className="h-moment__who">{somebody(history, by).name}</span>
                )}
              </span>
              <time className="h-moment__at" dateTime={new Date(moment.at).toISOString()}>
                {timeWords(moment.at)}
              </time>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
