// A small drawing of what each kind of map looks like. Decoration: the kind is always named beside it.
import type { JSX } from 'react';
import type { MapKind } from '../wire/types';

export function KindArt({ kind }: { readonly kind: MapKind }): JSX.Element {
  return (
    <svg
      viewBox="0 0 240 96"
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
      focusable="false"
      className="kind-art"
    >
      {shape(kind)}
    </svg>
  );
}

function shape(kind: MapKind): JSX.Element {
  switch (kind) {
    case 'current-state':
      return (
        <>
          <Stages />
          <Row
            y={31}
            color="interactions"
            cells={[
              [16, 38],
              [60, 20],
              [116, 42],
              [172, 30],
            ]}
          />
          <Row
            y={43}
            color="behaviour"
            cells={[
              [16, 26],
              [60, 44],
              [116, 22],
              [172, 44],
            ]}
          />
          <Curve
            path="M18 62C40 60 50 64 68 72S108 90 128 84s34-22 54-24 28 2 40 6"
            points={[
              [36, 62],
              [94, 82],
              [148, 75],
              [202, 60],
            ]}
          />
        </>
      );
    case 'future-state':
      return (
        <>
          <Stages />
          <path
            d="M18 72C50 74 66 86 96 86s58-10 126-10"
            fill="none"
            stroke="var(--line-control)"
            strokeWidth="1.5"
            strokeDasharray="3 4"
            strokeLinecap="round"
          />
          <Curve
            path="M18 66C48 66 62 60 82 58s38-4 58-12 46-12 82-14"
            points={[
              [36, 65],
              [94, 57],
              [148, 43],
              [202, 33],
            ]}
          />
        </>
      );
    case 'day-in-the-life':
      return (
        <>
          <path
            d="M14 80h212"
            stroke="var(--line-strong)"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
          {[14, 49, 84, 120, 155, 190, 226].map((x) => (
            <path
              key={x}
              d={`M${x} 77v6`}
              stroke="var(--line-strong)"
              strokeWidth="1.5"
              strokeLinecap="round"
            />
          ))}
          <path
            d="M24 78C62 8 178 8 216 78"
            fill="none"
            stroke="var(--layer-strategy)"
            strokeWidth="1.5"
            strokeDasharray="2 5"
            strokeLinecap="round"
          />
          <circle
            cx="148"
            cy="29"
            r="9"
            fill="var(--layer-strategy-soft)"
            stroke="var(--layer-strategy)"
            strokeWidth="1.5"
          />
          <Row
            y={60}
            color="behaviour"
            cells={[
              [30, 30],
              [70, 44],
              [126, 24],
              [162, 46],
            ]}
          />
        </>
      );
    case 'service-blueprint':
      return (
        <>
          <Row
            y={14}
            color="behaviour"
            cells={[
              [18, 40],
              [72, 40],
              [126, 40],
              [180, 40],
            ]}
          />
          <Row
            y={38}
            color="interactions"
            cells={[
              [18, 40],
              [126, 40],
              [180, 40],
            ]}
          />
          <Row
            y={62}
            color="blueprint"
            cells={[
              [72, 40],
              [126, 40],
            ]}
          />
          <Row y={84} color="structure" cells={[[72, 94]]} />
          <path
            d="M38 22v16m108-16v16m54-16v16M146 46v16M92 22v40m0 8v14m54-14v14"
            stroke="var(--line-control)"
            strokeWidth="1.25"
          />
          {[30, 54, 77].map((y) => (
            <path
              key={y}
              d={`M10 ${y}h220`}
              stroke="var(--line-strong)"
              strokeWidth="1"
              strokeDasharray="4 4"
            />
          ))}
        </>
      );
  }
}

function Stages(): JSX.Element {
  return (
    <>
      {[16, 72, 128, 184].map((x) => (
        <rect key={x} x={x - 2} y="14" width="44" height="9" rx="3" fill="var(--line-strong)" />
      ))}
    </>
  );
}

function Row({
  y,
  color,
  cells,
}: {
  readonly y: number;
  readonly color: string;
  readonly cells: readonly (readonly [x: number, width: number])[];
}): JSX.Element {
  return (
    <>
      {cells.map(([x, width]) => (
        <rect
          key={x}
          x={x}
          y={y}
          width={width}
          height="8"
          rx="2.5"
          fill={`var(--layer-${color}-soft)`}
          stroke={`var(--layer-${color})`}
          strokeWidth="1"
        />
      ))}
    </>
  );
}

function Curve({
  path,
  points,
}: {
  readonly path: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}): JSX.Element {
  return (
    <>
      <path
        d={path}
        fill="none"
        stroke="var(--layer-experience)"
        strokeWidth="2"
        strokeLinecap="round"
      />
      {points.map(([x, y]) => (
        <circle
          key={x}
          cx={x}
          cy={y}
          r="3"
          fill="var(--surface)"
          stroke="var(--layer-experience)"
          strokeWidth="2"
        />
      ))}
    </>
  );
}
