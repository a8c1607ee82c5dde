// What is linked to what, drawn when somebody points at a card or stands on it: an opportunity and the pains it addresses.
// One drawing over the sheet that never takes the pointer. A card out of sight is pointed at and named. For those who hear
// the map the card itself says it (`describeLinks`).
import { type JSX, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Board } from './board';
import { quoted } from './board';
import './links.css';
import { type Box, type Dot, inSight, linkPath, spread, stubEnd } from './link-path';
import { useBoard, usePart, useStore } from './use';

/** Height of a name with the air around it. */
const NAME = 26;

export function Links(): JSX.Element {
  const board = useBoard();
  const layer = useRef<HTMLDivElement>(null);
  const standing = usePart(board.spot, (spot) => (spot.kind === 'card' ? spot.card : null));
  const typing = usePart(board.editing, (editing) => editing !== null);
  const [hovered, setHovered] = useState<string | null>(null);
  useEffect(() => {
    const sheet = layer.current?.parentElement;
    if (!sheet) return undefined;
    const onOver = (event: PointerEvent): void => {
      // A finger does not hover: the card it taps is stood on.
      if (event.pointerType !== 'mouse') return;
      const card = (event.target as Element).closest<HTMLElement>('[data-card]');
      setHovered(card?.dataset.card ?? null);
    };
    const onLeave = (): void => setHovered(null);
    sheet.addEventListener('pointerover', onOver);
    sheet.addEventListener('pointerleave', onLeave);
    return () => {
      sheet.removeEventListener('pointerover', onOver);
      sheet.removeEventListener('pointerleave', onLeave);
    };
  }, []);
  const active = typing ? null : (hovered ?? standing);
  return (
    <div className="m-links" ref={layer} aria-hidden="true">
      {active === null ? null : <LinksOf key={active} id={active} layer={layer} />}
    </div>
  );
}

function LinksOf({
  id,
  layer,
}: {
  readonly id: string;
  readonly layer: RefObject<HTMLDivElement | null>;
}): JSX.Element | null {
  const board = useBoard();
  const card = useStore(board.journey.card(id));
  const addressing = useStore(board.journey.addressedBy(id));
  const kind = usePart(board.journey.lanes.one(card?.lane ?? ''), (lane) => lane?.kind);
  const others = kind === 'opportunity' ? card?.addresses : addressing;
  if (card === undefined || others === undefined || others.length === 0) return null;
  return <Drawing id={id} others={others} opens={kind === 'opportunity'} layer={layer} />;
}

interface Drawn {
  readonly id: string;
  readonly d: string;
  /** The end at the pain, where the link leads. */
  readonly dot: Dot;
  /** The other card, for an outline; none when it is out of sight. */
  readonly box: Box | undefined;
  /** Its name and where that stands, when it is out of sight. */
  readonly name: { readonly text: string; readonly at: Dot; readonly left: boolean } | undefined;
}

const NOTHING: readonly Drawn[] = [];

function Drawing({
  id,
  others,
  opens,
  layer,
}: {
  readonly id: string;
  readonly others: readonly string[];
  /** Whether the card is the opportunity, else it is what is addressed. */
  readonly opens: boolean;
  readonly layer: RefObject<HTMLDivElement | null>;
}): JSX.Element {
  const board = useBoard();
  const [drawn, setDrawn] = useState(NOTHING);
  useLayoutEffect(() => {
    const element = layer.current;
    const scroller = element?.closest<HTMLElement>('.m-scroller');
    if (!element || !scroller) return undefined;
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      setDrawn(measure(board, element, scroller, id, others, opens));
    };
    const later = (): void => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    draw();
    scroller.addEventListener('scroll', later, { passive: true });
    const sizes = new ResizeObserver(later);
    sizes.observe(element);
    sizes.observe(scroller);
    const stops = [id, ...others].map((one) => board.journey.card(one).subscribe(later));
    return () => {
      cancelAnimationFrame(frame);
      scroller.removeEventListener('scroll', later);
      sizes.disconnect();
      for (const stop of stops) stop();
    };
  }, [board, id, others, opens, layer]);
  return (
    <>
      <svg className="m-links__drawing" aria-hidden="true" focusable="false">
        {drawn.map(({ id: other, d, dot, box }) => (
          <g key={other}>
            {box === undefined ? null : (
              <rect
                className="m-links__end"
                x={box.left - 2}
                y={box.top - 2}
                width={box.right - box.left + 4}
                height={box.bottom - box.top + 4}
                rx="10"
              />
            )}
            <path className="m-links__halo" d={d} />
            <path className="m-links__line" d={d} />
            <circle className="m-links__dot" cx={dot.x} cy={dot.y} r="4" />
          </g>
        ))}
      </svg>
      {drawn.map(({ id: other, name }) =>
        name === undefined ? null : (
          <span
            key={other}
            className={name.left ? 'm-links__name m-links__name--left' : 'm-links__name'}
            style={{ left: name.at.x, top: name.at.y }}
          >
            {name.text}
          </span>
        ),
      )}
    </>
  );
}

/** Where everything is now. The sheet may be drawn at any size: all is measured on screen and scaled back. */
function measure(
  board: Board,
  layer: HTMLElement,
  scroller: HTMLElement,
  id: string,
  others: readonly string[],
  opens: boolean,
): readonly Drawn[] {
  const origin = layer.getBoundingClientRect();
  const scale = layer.offsetWidth === 0 ? 1 : origin.width / layer.offsetWidth;
  const toSheet = ({ left, top, right, bottom }: Box): Box => ({
    left: (left - origin.left) / scale,
    top: (top - origin.top) / scale,
    right: (right - origin.left) / scale,
    bottom: (bottom - origin.top) / scale,
  });
  const own = board.grid?.querySelector(`[data-card="${CSS.escape(id)}"]`);
  if (!own) return NOTHING;
  const from = toSheet(own.getBoundingClientRect());
  const frame = toSheet(frameOf(scroller));
  if (!inSight(from, frame)) return NOTHING;
  const shown = board.journey.shownLanes.get();
  const links = others.flatMap((other) => {
    const card = board.journey.card(other).get();
    if (card === undefined || !shown.includes(card.lane)) return [];
    const box = toSheet(placeOf(board, card.lane, card.stage, other, own));
    return [{ other, box, text: quoted(card.text, 'Empty card') }];
  });
  const away = links.filter(({ box }) => !inSight(box, frame));
  const names = spread(
    away.map(({ box }) => stubEnd(box, frame)),
    NAME,
    frame,
  );
  return links.map(({ other, box, text }) => {
    const at = names[away.findIndex((one) => one.other === other)];
    const end: Box = at === undefined ? box : { left: at.x, right: at.x, top: at.y, bottom: at.y };
    const { d, from: start, to } = linkPath(from, end);
    return {
      id: other,
      d,
      dot: opens ? to : start,
      box: at === undefined ? box : undefined,
      name:
        at === undefined ? undefined : { text, at, left: at.x > (frame.left + frame.right) / 2 },
    };
  });
}

/** The part of the scroller in which cards are seen: right of the lanes' names, below the stages'. */
function frameOf(scroller: HTMLElement): Box {
  const box = scroller.getBoundingClientRect();
  const heads = scroller.querySelector('.m-row--heads')?.getBoundingClientRect();
  const lane = scroller.querySelector('.m-lane')?.getBoundingClientRect();
  return {
    left: box.left + (lane?.width ?? 0),
    top: box.top + (heads?.height ?? 0),
    right: box.left + scroller.clientWidth,
    bottom: box.top + scroller.clientHeight,
  };
}

/** Where a card is on screen, or would be: rows and columns out of sight may not be drawn at all. */
function placeOf(board: Board, lane: string, stage: string, card: string, own: Element): Box {
  const find = (selector: string): Box | undefined =>
    board.grid?.querySelector(selector)?.getBoundingClientRect();
  const drawn =
    find(`[data-card="${CSS.escape(card)}"]`) ??
    find(`[data-spot="${CSS.escape(`cell ${lane} ${stage}`)}"]`);
  if (drawn !== undefined) return drawn;
  const here = own.getBoundingClientRect();
  const column = find(`[data-head="stages"][data-id="${CSS.escape(stage)}"]`) ?? here;
  const row = find(`[data-lane-row="${CSS.escape(lane)}"]`);
  const lanes = board.journey.shownLanes.get();
  const ownRow = own.closest<HTMLElement>('[data-lane-row]')?.dataset.laneRow ?? '';
  const far = lanes.indexOf(lane) < lanes.indexOf(ownRow) ? -10_000 : 10_000;
  const y = row ?? { top: here.top + far, bottom: here.bottom + far };
  return { left: column.left, right: column.right, top: y.top, bottom: y.bottom };
}
