// The map itself: a grid to assistive technology, stages across and lanes down, both headers in sight.
// It redraws when stages or lanes come, go or change places; what is inside a cell redraws by itself.
import {
  type CSSProperties,
  type FocusEvent,
  type JSX,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { blueprintLines, LANE_KINDS, type LaneKind } from '../../model/kinds';
import { Button, IconButton, PlusIcon } from '../ui';
import { Corner } from './Corner';
import { Cursors } from './Cursors';
import { attachDragging } from './dragging';
import { onGridKey } from './keys';
import { LaneKindMenu } from './LaneKindMenu';
import { LaneRow } from './LaneRow';
import { Links } from './Links';
import { NoLane } from './looking/NoLane';
import { attachWheel } from './looking/zoom';
import { StageHeader } from './StageHeader';
import { spotOf } from './spot-of';
import { newLane, newStage } from './structureActs';
import { useBoard, usePart, useStore } from './use';

export function MapGrid(): JSX.Element {
  const board = useBoard();
  const stages = useStore(board.journey.stages.ids);
  const lanes = useStore(board.looking.lanes);
  const kinds = usePart(board.journey.lanes.all, (all) =>
    all
      .filter((lane) => lanes.includes(lane.id))
      .map((lane) => lane.kind)
      .join(','),
  );
  const blueprint = usePart(board.journey.meta, (meta) => meta.kind === 'service-blueprint');
  const title = usePart(board.journey.meta, (meta) => meta.title);
  const lines = useMemo(() => {
    if (!blueprint) return new Map<string, readonly string[]>();
    const found = kinds.split(',').map((kind) => LANE_KINDS.find((known) => known === kind));
    return blueprintLines(lanes.map((id, index) => ({ id, kind: found[index] ?? 'note' })));
  }, [blueprint, kinds, lanes]);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const tapped = useRef<HTMLElement | null>(null);
  const heads = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (scroller.current === null) return undefined;
    const stopDragging = attachDragging(board, scroller.current);
    const stopWheel = attachWheel(board, scroller.current);
    return () => {
      stopDragging();
      stopWheel();
    };
  }, [board]);
  useLayoutEffect(() => {
    if (scroller.current === null || grid.current === null) return undefined;
    return board.sight.attach(scroller.current, grid.current);
  }, [board]);
  useEffect(() => {
    const row = heads.current;
    const frame = scroller.current;
    if (row === null || frame === null) return undefined;
    // How far down things must stay clear of the stages.
    const observer = new ResizeObserver(() => {
      frame.style.setProperty('--m-heads', `${row.offsetHeight}px`);
    });
    observer.observe(row);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    board.grid = grid.current;
    return () => {
      board.grid = null;
    };
  }, [board]);

  const onFocus = (event: FocusEvent): void => {
    board.holdsFocus = true;
    const spot = spotOf(event.target);
    if (spot !== undefined) board.go(spot, 'quiet');
  };
  const onBlur = (event: FocusEvent): void => {
    const { target, relatedTarget } = event;
    if (relatedTarget instanceof Node && grid.current?.contains(relatedTarget)) return;
    // An element that was taken away under the person has not let go of the focus: the keeper finds it a place.
    queueMicrotask(() => {
      if (target.isConnected) board.holdsFocus = false;
    });
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    if (target.closest('textarea, input, button')) return;
    const cell = target.closest<HTMLElement>('[data-lane][data-stage]');
    const { lane, stage } = cell?.dataset ?? {};
    if (target.closest('[data-add]') && lane !== undefined && stage !== undefined) {
      board.writing.startCard(lane, stage);
      return;
    }
    const details = target.closest<HTMLElement>('[data-details]')?.dataset.details;
    const card = target.closest<HTMLElement>('[data-card]');
    if (details !== undefined && card !== null) {
      card.focus();
      board.openPanel('quiet');
    } else if (card !== null && card === tapped.current && !board.readOnly) {
      board.writing.startEdit(card.dataset.card ?? '');
    }
  };
  // A finger has no double click: a tap on the card one stands on edits it.
  const onPointerDown = (event: PointerEvent): void => {
    const card = (event.target as HTMLElement).closest<HTMLElement>('[data-card]');
    const again = event.pointerType === 'touch' && card === document.activeElement;
    tapped.current = again ? card : null;
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    if (board.readOnly || target.closest('textarea, input, button, [data-no-drag]')) return;
    const card = target.closest<HTMLElement>('[data-card]')?.dataset.card;
    const head = target.closest<HTMLElement>('[data-head]')?.dataset.id;
    const cell = target.closest<HTMLElement>('[data-lane][data-stage]')?.dataset;
    if (card !== undefined) board.writing.startEdit(card);
    else if (head !== undefined) board.writing.startEdit(head);
    else if (cell?.lane !== undefined && cell.stage !== undefined) {
      board.writing.startCard(cell.lane, cell.stage);
    }
  };

  const zoom = useStore(board.looking.zoom);
  const size = { '--stages': stages.length, zoom } as CSSProperties;
  const nearness = { '--m-zoom': zoom } as CSSProperties;
  return (
    <div className="m-scroller" ref={scroller} style={nearness}>
      <div className="m-sheet" style={size} data-zoom={zoom}>
        <div
          ref={grid}
          role="grid"
          aria-label={`${title || 'Untitled map'}: stages across, lanes down`}
          aria-rowcount={lanes.length + 1}
          aria-colcount={stages.length + 1}
          className="m-grid"
          onKeyDown={(event) => onGridKey(board, event)}
          onFocus={onFocus}
          onBlur={onBlur}
          onPointerDown={onPointerDown}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
        >
          <div role="row" aria-rowindex={1} className="m-row m-row--heads" ref={heads}>
            <Corner />
            {stages.map((stage, index) => (
              <StageHeader key={stage} stage={stage} place={index} />
            ))}
          </div>
          {lanes.map((lane, index) => (
            <LaneRow
              key={lane}
              lane={lane}
              row={index + 2}
              lines={(lines.get(lane) ?? []).join(',')}
            />
          ))}
        </div>
        <NoLane />
        {board.readOnly ? null : (
          <div className="m-tail">
            <IconButton
              label="Add stage"
              icon={PlusIcon}
              variant="secondary"
              onPress={() => newStage(board, board.journey.stages.ids.get().length)}
            />
          </div>
        )}
        {board.readOnly ? null : (
          <div className="m-below">
            <LaneKindMenu
              trigger={
                <Button icon={PlusIcon} variant="ghost" size="m">
                  Add lane
                </Button>
              }
              onKind={(kind: LaneKind) =>
                newLane(board, kind, board.journey.lanes.ids.get().length)
              }
            />
          </div>
        )}
        <Links />
        <Cursors />
      </div>
    </div>
  );
}
