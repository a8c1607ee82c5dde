// The line under the toolbar that says in what way a map is not shown whole or as usual: the filter that is on, the legend of the
// overlay. It is there for as long as it is true, so that nobody takes a filtered map for the map.
import type { JSX } from 'react';
import { useMemo } from 'react';
import { AGES, type Age, ageOf, isOn, percentage, touchedOn } from '../../../model/filter';
import { derivedStore } from '../../../sync/store';
import { Button, CloseIcon, FilterIcon, IconButton } from '../../ui';
import type { Board } from '../board';
import { useBoard, usePart, useStore } from '../use';
import { clearFilter, filterParts, layerName, setOverlay } from './acts';
import { ageWords } from './glass';

export function LookBar(): JSX.Element | null {
  const board = useBoard();
  const filter = useStore(board.looking.filter);
  const overlay = useStore(board.looking.overlay);
  if (!isOn(filter) && overlay === 'none') return null;
  return (
    <section className="m-look" aria-label="What you see of the map">
      {isOn(filter) ? <FilterSign /> : null}
      {overlay === 'evidence' ? <EvidenceLegend /> : null}
      {overlay === 'age' ? <AgeLegend /> : null}
    </section>
  );
}

/** Draws again when a name in it changes. */
function FilterSign(): JSX.Element {
  const board = useBoard();
  useStore(board.journey.personas.all);
  const shown = useStore(board.looking.lanes).length;
  const all = useStore(board.journey.shownLanes).length;
  return (
    <div className="m-look__part m-look__part--filter">
      <FilterIcon size={16} />
      <p className="m-look__words">
        Showing <b>{filterParts(board).join(' · ')}</b>
        {shown === all ? null : (
          <span className="m-look__less">
            {' '}
            ({shown} of {all} lanes)
          </span>
        )}
      </p>
      <Button size="s" onPress={() => clearFilter(board)}>
        Clear
      </Button>
    </div>
  );
}

function EvidenceLegend(): JSX.Element {
  const board = useBoard();
  const { whole, layers } = useStore(board.looking.shares);
  return (
    <div className="m-look__part">
      <div className="m-look__key">
        <ul className="m-look__legend">
          <li>
            <i className="m-swatch m-swatch--evidence" aria-hidden="true" />
            Evidence <b>{percentage(whole)} %</b>
          </li>
          <li>
            <i className="m-swatch m-swatch--assumption" aria-hidden="true" />
            Assumptions <b>{whole.all === 0 ? 0 : 100 - percentage(whole)} %</b>
          </li>
        </ul>
        <dl className="m-look__shares" aria-label="Evidence by layer">
          {layers.map((share) => (
            <div key={share.layer} title={`${share.evidence} of ${share.all} cards`}>
              <dt>{layerName(share.layer)}</dt>
              <dd>{percentage(share)} %</dd>
            </div>
          ))}
        </dl>
      </div>
      <OverlayOff />
    </div>
  );
}

function AgeLegend(): JSX.Element {
  const board = useBoard();
  const ages = usePart(board.looking.glass, (glass) => glass.ages);
  const counts = useStore(useMemo(() => ageCounts(board), [board]));
  return (
    <div className="m-look__part">
      <div className="m-look__key">
        <ul className="m-look__legend">
          {AGES.map((age, index) =>
            age === 'unknown' && counts[index] === 0 ? null : (
              <li key={age}>
                <i className={`m-swatch m-swatch--age-${age}`} aria-hidden="true" />
                {ageWords(age, ages)} <b>{counts[index]}</b>
              </li>
            ),
          )}
        </ul>
        {ages.reviewed ? null : <p className="m-look__less">This map was never reviewed.</p>}
      </div>
      <OverlayOff />
    </div>
  );
}

/** How many cards on the map are of each age, in the order of `AGES`. */
function ageCounts(board: Board): {
  get(): readonly number[];
  subscribe(told: () => void): () => void;
} {
  const { journey, looking } = board;
  return derivedStore<readonly number[]>(
    [journey.allCards, journey.allComments, journey.lanes.ids, journey.stages.ids, looking.glass],
    () => {
      const found = new Map<Age, number>();
      const { ages } = looking.glass.get();
      for (const card of journey.allCards.get()) {
        if (!journey.lanes.get(card.lane) || !journey.stages.get(card.stage)) continue;
        const age = ageOf(touchedOn(card, journey.thread(card.id).get()), ages);
        found.set(age, (found.get(age) ?? 0) + 1);
      }
      return AGES.map((age) => found.get(age) ?? 0);
    },
    (a, b) => a.join() === b.join(),
  );
}

function OverlayOff(): JSX.Element {
  const board = useBoard();
  return (
    <IconButton
      label="Overlay off"
      icon={CloseIcon}
      size="s"
      onPress={() => setOverlay(board, 'none')}
    />
  );
}
