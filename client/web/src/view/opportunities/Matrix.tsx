// Impact against effort: 25 cells, the best corner at the top left. What lacks either rating waits beside it.
// A card is moved by dragging; by picking it up (a click, a tap, Enter) and choosing a cell; or by Alt and arrows. Each writes both
// ratings in one undo step.
import {
  type FocusEvent,
  type JSX,
  type KeyboardEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import {
  type Opportunity,
  RATING_HIGH,
  RATING_LOW,
  RATING_QUESTION,
  type Rank,
  rankWords,
  spotInMatrix,
} from '../../model/opportunities';
import { useKeptFocus } from '../kept-focus';
import { useBoard } from '../map/use';
import { nameOf, placeInMatrix, remove, select, showDetails, showOnMap } from './acts';
import { CarriedBar } from './CarriedBar';
import { attachDrag } from './dragging';
import { MatrixCellBox, Token } from './MatrixCell';
import {
  arrowOf,
  beside,
  carryTo,
  cellKey,
  type MatrixCell,
  type MatrixStop,
  MORE,
  sameStop,
  walk,
} from './matrixSteps';
import './matrix.css';

const SCALE = Array.from({ length: RATING_HIGH - RATING_LOW + 1 }, (_, at) => RATING_LOW + at);
/** How many cards a cell shows before the rest is folded away. */
const UNFOLDED = 4;

export function Matrix({
  opportunities,
  ranks,
}: {
  readonly opportunities: readonly Opportunity[];
  readonly ranks: ReadonlyMap<string, Rank>;
}): JSX.Element {
  const board = useBoard();
  const root = useRef<HTMLDivElement>(null);
  const [standing, setStanding] = useState<MatrixStop>({
    cell: { impact: RATING_HIGH, effort: RATING_LOW },
  });
  /** The opportunity picked up, and where from. */
  const [carried, setCarried] = useState<string | null>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const { byId, cells, tray } = useMemo(
    () => arrange(opportunities, ranks),
    [opportunities, ranks],
  );

  // A card may have been moved, by anybody: one stands on it where it is now. One that is gone leaves its cell to stand on.
  const at = settle(standing, byId, cells);
  const shownIn = (cell: MatrixCell): readonly string[] => {
    const all = cells.get(cellKey(cell)) ?? [];
    if (all.length <= UNFOLDED + 1 || unfolded.has(cellKey(cell))) return all;
    // What one stands on or has picked up is seen, wherever it is.
    return all.filter((id, place) => place < UNFOLDED || id === at.item || id === carried);
  };
  const itemsIn = (cell: MatrixCell): readonly string[] => {
    const shown = shownIn(cell);
    return (cells.get(cellKey(cell))?.length ?? 0) > UNFOLDED + 1 ? [...shown, MORE] : shown;
  };
  const find = (stop: MatrixStop): HTMLElement | null => {
    const where =
      stop.item === undefined || stop.item === MORE
        ? `[data-cell="${stop.cell === undefined ? '' : cellKey(stop.cell)}"]`
        : `[data-opportunity="${CSS.escape(stop.item)}"]`;
    const element = root.current?.querySelector<HTMLElement>(where) ?? null;
    return stop.item === MORE
      ? (element?.querySelector<HTMLElement>('[data-more]') ?? null)
      : element;
  };
  const go = (stop: MatrixStop): void => {
    flushSync(() => setStanding(stop));
    find(stop)?.focus();
  };

  useLayoutEffect(() => {
    if (!sameStop(at, standing)) setStanding(at);
  });
  useKeptFocus(root, () => find(at));
  const carriedOne = byId.get(carried ?? '');
  useEffect(() => {
    if (carried !== null && carriedOne === undefined) setCarried(null);
  }, [carried, carriedOne]);

  const place = (id: string, { impact, effort }: MatrixCell): void => {
    const one = byId.get(id);
    if (one === undefined || board.refuses(one.card)) return;
    flushSync(() => {
      setCarried(null);
      placeInMatrix(board, one, impact, effort);
      setStanding({ cell: { impact, effort }, item: id });
    });
    find({ cell: { impact, effort }, item: id })?.focus();
  };
  const pickUp = (id: string): void => {
    const one = byId.get(id);
    if (one === undefined) return;
    if (board.readOnly) {
      showDetails(board, one, 'quiet');
      return;
    }
    if (board.refuses(one.card)) return;
    setCarried(carried === id ? null : id);
    board.say(
      carried === id
        ? 'Put back'
        : `Picked up ${nameOf(one)}. Choose a cell with the arrow keys and Enter; Escape puts it back.`,
    );
  };
  const putBack = (): void => {
    const id = carried;
    setCarried(null);
    board.say('Put back');
    const spot = byId.get(id ?? '')?.card;
    const cell = spot === undefined ? undefined : spotInMatrix(spot);
    if (id !== null) go({ ...(cell === undefined ? {} : { cell }), item: id });
  };
  const unfold = (cell: MatrixCell): void => {
    const key = cellKey(cell);
    setUnfolded((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  };

  const latest = useRef({ place, byId });
  useLayoutEffect(() => {
    latest.current = { place, byId };
  });
  useEffect(() => {
    if (root.current === null || board.readOnly) return undefined;
    return attachDrag(root.current, {
      lifted: (id) => {
        const one = latest.current.byId.get(id);
        if (one !== undefined) board.say(`Picked up ${nameOf(one)}`);
      },
      putBack: () => board.say('Put back'),
      dropped: (id, target) => {
        const [impact, effort] = (target.drop ?? '').split(' ').map(Number);
        if (impact !== undefined && effort !== undefined) {
          latest.current.place(id, { impact, effort });
        }
      },
    });
  }, [board]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (target.dataset.stop === undefined) return;
    if (handle(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const handle = (event: KeyboardEvent): boolean => {
    const one = byId.get(at.item ?? '');
    const arrow = arrowOf(event.key);
    if (arrow !== undefined) {
      if (event.shiftKey) return false;
      if (event.altKey || event.ctrlKey || event.metaKey) {
        if (one === undefined) return true;
        if (at.cell === undefined) {
          board.say('It has no place yet. Enter picks it up.');
          return true;
        }
        const next = beside(at.cell, arrow);
        if (cellKey(next) === cellKey(at.cell)) board.say('Already at the edge');
        else place(one.id, next);
        return true;
      }
      go(carried === null ? walk(at, arrow, itemsIn, tray) : carryTo(at, arrow));
      return true;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    switch (event.key) {
      case 'Enter':
        if (carried !== null && at.cell !== undefined) place(carried, at.cell);
        else if (at.item === MORE && at.cell !== undefined) unfold(at.cell);
        else if (at.item !== undefined) pickUp(at.item);
        return true;
      case ' ':
        if (one !== undefined) showDetails(board, one, 'focus');
        return true;
      case 'Escape':
        if (carried === null) return false;
        putBack();
        return true;
      case 'Delete':
      case 'Backspace':
        if (one === undefined) return false;
        remove(board, one);
        return true;
      default:
        return false;
    }
  };
  const onFocus = (event: FocusEvent): void => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-stop]');
    if (element === null) return;
    const id = element.dataset.opportunity;
    const [impact, effort] = (element.closest<HTMLElement>('[data-cell]')?.dataset.cell ?? '')
      .split(' ')
      .map(Number);
    const cell = impact === undefined || effort === undefined ? {} : { cell: { impact, effort } };
    const item = id ?? (element.dataset.more === undefined ? undefined : MORE);
    setStanding({ ...cell, ...(item === undefined ? {} : { item }) });
    const one = byId.get(id ?? '');
    if (one !== undefined) select(board, one);
  };

  const token = (id: string): JSX.Element | null => {
    const one = byId.get(id);
    const rank = ranks.get(id);
    return one === undefined ? null : (
      <Token
        key={id}
        opportunity={one}
        rank={rank === undefined ? '' : rankWords(rank)}
        isStanding={at.item === id || (at.cell !== undefined && tray[0] === id)}
        isCarried={carried === id}
        canDrag={!board.readOnly}
        onPress={(touched) => {
          const cell = spotInMatrix(one.card);
          // A finger finds little free ground in a small cell: a card there stands for its cell.
          if (touched && carried !== null && carried !== id && cell !== undefined) {
            place(carried, cell);
          } else pickUp(id);
        }}
      />
    );
  };
  const isInGrid = at.cell !== undefined;
  return (
    <div
      ref={root}
      role="group"
      aria-label="Matrix"
      className="o-matrix"
      data-carrying={carried !== null}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <div className="o-plane">
        <span className="o-axis o-axis--impact" aria-hidden="true">
          {RATING_QUESTION.impact} →
        </span>
        <div role="grid" aria-label="Impact against effort" className="o-cells">
          {[...SCALE].reverse().map((impact) => (
            <div key={impact} role="row" className="o-cells__row">
              <span role="rowheader" aria-label={`Impact ${impact}`} className="o-cells__impact">
                {impact}
              </span>
              {SCALE.map((effort) => {
                const cell = { impact, effort };
                const isHere = isInGrid && at.item === undefined && sameStop(at, { cell });
                const isFirst = !isInGrid && impact === RATING_HIGH && effort === RATING_LOW;
                const all = cells.get(cellKey(cell)) ?? [];
                const shown = shownIn(cell);
                return (
                  <MatrixCellBox
                    key={effort}
                    cell={cell}
                    count={all.length}
                    folded={all.length - shown.length}
                    canFold={all.length > UNFOLDED + 1}
                    isStanding={isHere || isFirst}
                    isMoreStanding={
                      at.item === MORE && isInGrid && cellKey(at.cell) === cellKey(cell)
                    }
                    takes={carriedOne === undefined ? undefined : nameOf(carriedOne)}
                    onTake={() => {
                      if (carried !== null) place(carried, cell);
                    }}
                    onUnfold={() => unfold(cell)}
                  >
                    {shown.map(token)}
                  </MatrixCellBox>
                );
              })}
            </div>
          ))}
          <div role="row" className="o-cells__row o-cells__row--effort">
            <span role="columnheader" className="o-cells__impact">
              <span className="visually-hidden">Impact</span>
            </span>
            {SCALE.map((effort) => (
              <span key={effort} role="columnheader" aria-label={`Effort ${effort}`}>
                {effort}
              </span>
            ))}
          </div>
        </div>
        <span className="o-axis o-axis--effort" aria-hidden="true">
          {RATING_QUESTION.effort} →
        </span>
      </div>
      {tray.length === 0 ? null : (
        <section className="o-tray" aria-label="Not placed yet">
          <h2 className="o-tray__title">
            Not placed yet <span className="o-group__count">{tray.length}</span>
          </h2>
          <p className="o-tray__note">
            {board.readOnly
              ? 'Impact or effort is not rated.'
              : 'Impact or effort is not rated. Drag one into the matrix, or pick it up and choose a cell.'}
          </p>
          <div className="o-tray__cards">{tray.map(token)}</div>
        </section>
      )}
      {carriedOne === undefined ? null : (
        <CarriedBar
          opportunity={carriedOne}
          onDetails={() => showDetails(board, carriedOne, 'quiet')}
          onMap={() => showOnMap(board, carriedOne)}
          onPutBack={putBack}
        />
      )}
    </div>
  );
}

interface Arranged {
  readonly byId: ReadonlyMap<string, Opportunity>;
  /** Ids by cell, best rank first; what has no rank comes last. */
  readonly cells: ReadonlyMap<string, readonly string[]>;
  readonly tray: readonly string[];
}

function arrange(
  opportunities: readonly Opportunity[],
  ranks: ReadonlyMap<string, Rank>,
): Arranged {
  const placeOf = (one: Opportunity): number => ranks.get(one.id)?.place ?? Number.MAX_SAFE_INTEGER;
  const cells = new Map<string, string[]>();
  const tray: string[] = [];
  for (const one of [...opportunities].sort((a, b) => placeOf(a) - placeOf(b))) {
    const cell = spotInMatrix(one.card);
    if (cell === undefined) tray.push(one.id);
    else cells.set(cellKey(cell), [...(cells.get(cellKey(cell)) ?? []), one.id]);
  }
  return { byId: new Map(opportunities.map((one) => [one.id, one])), cells, tray };
}

/** The stop as it stands after the map has changed. */
function settle(stop: MatrixStop, byId: Arranged['byId'], cells: Arranged['cells']): MatrixStop {
  if (stop.item === undefined) return stop;
  const cell = stop.cell ?? { impact: RATING_HIGH, effort: RATING_LOW };
  if (stop.item === MORE) {
    return (cells.get(cellKey(cell))?.length ?? 0) > UNFOLDED + 1 ? stop : { cell };
  }
  const one = byId.get(stop.item);
  if (one === undefined) return { cell };
  const found = spotInMatrix(one.card);
  return { ...(found === undefined ? {} : { cell: found }), item: stop.item };
}
