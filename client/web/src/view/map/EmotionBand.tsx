// The emotion curve: one smooth line a persona over the stages, and its points, which can be dragged up and down.
// The lines are one drawing behind the whole lane (`EmotionCurve`); the points lie in their cells (`EmotionBand`).
// From the keyboard a feeling is changed on its card with + and −, or in the panel.
import {
  type CSSProperties,
  type JSX,
  memo,
  type PointerEvent,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { type EmotionLine, emotionLines, lineOf, lineStyle } from '../../model/emotion';
import type { Feeling } from '../../model/entities';
import { showsLine } from '../../model/filter';
import { nearestScore, scoreLabel, scoreText } from '../../model/kinds';
import { later } from '../later';
import { curvePath, scoreAtHeight, scoreHeight } from './curve';
import { Face, LineMark } from './marks';
import { cellSpotKey } from './spot';
import { useBoard, usePart, useStore } from './use';

/** How a room felt, in front of the curve only when somebody wants to compare. */
const CrowdCurve = later(async () => (await import('../feelings/CrowdCurve')).CrowdCurve);

const GUIDES = [2, 1, 0, -1, -2] as const;

/** The lines of one lane, drawn behind its cells. Horizontal units are stages. */
export const EmotionCurve = memo(function EmotionCurve({
  lane,
}: {
  readonly lane: string;
}): JSX.Element {
  const board = useBoard();
  const cards = useStore(board.journey.feelings(lane));
  const held = useStore(board.held);
  const stages = useStore(board.journey.stages.ids);
  const personas = useStore(board.journey.personas.all);
  const filter = useStore(board.looking.filter);
  const showsCrowd = useStore(board.looking.crowd);
  const lines = useMemo(() => {
    const shown = cards.map((card) =>
      card.id === held?.card ? { ...card, score: held.score } : card,
    );
    return emotionLines(shown, stages, personas).filter((line) => showsLine(filter, line.persona));
  }, [cards, held, stages, personas, filter]);
  return (
    <div className="m-curve" aria-hidden="true">
      {showsCrowd ? <CrowdCurve /> : null}
      <CurveDrawing lines={lines} stages={stages.length} />
    </div>
  );
});

/** The curve of some lines over its guides, one a whole score. */
export function CurveDrawing({
  lines,
  stages,
  className = 'm-curve__drawing',
}: {
  readonly lines: readonly EmotionLine[];
  readonly stages: number;
  readonly className?: string;
}): JSX.Element {
  const width = Math.max(1, stages);
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {GUIDES.map((score) => (
        <line
          key={score}
          className={score === 0 ? 'm-curve__guide m-curve__guide--middle' : 'm-curve__guide'}
          x1={0}
          x2={width}
          y1={scoreHeight(score)}
          y2={scoreHeight(score)}
        />
      ))}
      {lines.map((line) => (
        <path
          key={line.persona}
          className={`m-curve__line m-curve__line--${line.style}`}
          d={curvePath(line.points.map(({ x, score }) => ({ x, y: scoreHeight(score) })))}
        />
      ))}
    </svg>
  );
}

/** Which line is whose, for the lane's header; nothing to tell apart with one line. */
export function EmotionLegend({ lane }: { readonly lane: string }): JSX.Element | null {
  const board = useBoard();
  const cards = useStore(board.journey.feelings(lane));
  const stages = useStore(board.journey.stages.ids);
  const personas = useStore(board.journey.personas.all);
  const filter = useStore(board.looking.filter);
  const lines = useMemo(
    () => emotionLines(cards, stages, personas).filter((line) => showsLine(filter, line.persona)),
    [cards, stages, personas, filter],
  );
  if (lines.length === 0) return null;
  return (
    <ul className="m-legend">
      {lines.map((line) => (
        <li key={line.persona}>
          <svg className="m-legend__line" viewBox="0 0 24 8" aria-hidden="true" focusable="false">
            <path className={`m-curve__line m-curve__line--${line.style}`} d="M1 4h22" />
          </svg>
          <LineMark style={line.style} size={10} />
          <span>{line.name}</span>
        </li>
      ))}
    </ul>
  );
}

/** The scale beside the curve, in the lane's header. */
export function EmotionScale(): JSX.Element {
  return (
    <div className="m-scale" aria-hidden="true">
      {GUIDES.map((score) => (
        <span key={score} style={{ top: `${scoreHeight(score) * 100}%` }}>
          {Math.abs(score) === 2 ? <Face score={score} size={14} /> : null}
          {scoreText(score)}
        </span>
      ))}
    </div>
  );
}

/** The points of one cell. */
export const EmotionBand = memo(function EmotionBand({
  lane,
  stage,
}: {
  readonly lane: string;
  readonly stage: string;
}): JSX.Element {
  const board = useBoard();
  const cards = useStore(board.journey.feelings(lane));
  const personas = useStore(board.journey.personas.all);
  const filter = useStore(board.looking.filter);
  const here = cards.filter((card) => card.stage === stage && card.score !== undefined);
  const band = useRef<HTMLDivElement>(null);
  const key = cellSpotKey(lane, stage);
  const near = useStore(board.sight.near(key));
  useLayoutEffect(() => {
    if (band.current === null) return undefined;
    return board.sight.watch(band.current, key);
  }, [board, key]);
  return (
    <div className="m-band" ref={band}>
      {(near ? here : []).map((card) => {
        const line = lineOf(card, personas);
        if (!showsLine(filter, line)) return null;
        const mates = here.filter((other) => lineOf(other, personas) === line);
        const within = (mates.indexOf(card) + 1) / (mates.length + 1);
        return (
          <EmotionDot
            key={card.id}
            card={card}
            lane={lane}
            within={within}
            style={lineStyle(personas, line)}
          />
        );
      })}
    </div>
  );
});

function EmotionDot({
  card,
  lane,
  within,
  style,
}: {
  readonly card: Feeling;
  readonly lane: string;
  readonly within: number;
  readonly style: number;
}): JSX.Element {
  const board = useBoard();
  const text = usePart(board.journey.card(card.id), (found) => found?.text ?? '');
  const band = useRef<HTMLElement | null>(null);
  const held = usePart(board.held, (now) => (now?.card === card.id ? now.score : null));
  const setHeld = (next: number | null): void =>
    board.held.set(next === null ? null : { card: card.id, score: next });
  const score = held ?? card.score ?? 0;
  const scoreOf = (event: PointerEvent): number => {
    const box = band.current?.getBoundingClientRect();
    if (box === undefined || box.height === 0) return score;
    return nearestScore(scoreAtHeight((event.clientY - box.top) / box.height));
  };
  const place: CSSProperties = {
    left: `${within * 100}%`,
    top: `${scoreHeight(score) * 100}%`,
  };
  return (
    // For the pointer only: the card itself carries the feeling for everyone else.
    <span
      className={`m-dot ${held === null ? '' : 'm-dot--held'}`}
      style={place}
      data-no-drag=""
      aria-hidden="true"
      title={`${text} (${scoreText(score)})`}
      onPointerDown={(event) => {
        if (event.button !== 0 || board.refuses({ lane, stage: card.stage })) return;
        event.preventDefault();
        band.current = event.currentTarget.parentElement;
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld(score);
      }}
      onPointerMove={(event) => {
        if (held === null) return;
        const next = scoreOf(event);
        if (next !== held) setHeld(next);
      }}
      onPointerUp={() => {
        if (held === null) return;
        setHeld(null);
        if (held !== card.score) {
          board.setFields(card.id, { score: held });
          board.say(`${scoreText(held)}, ${scoreLabel(held)}`);
        }
        board.go({ kind: 'card', card: card.id, lane, stage: card.stage }, 'quiet');
      }}
      onPointerCancel={() => setHeld(null)}
    >
      <LineMark style={style} size={14} />
      {held === null ? null : (
        <b className="m-dot__score">
          {scoreText(held)} {scoreLabel(held)}
        </b>
      )}
    </span>
  );
}
