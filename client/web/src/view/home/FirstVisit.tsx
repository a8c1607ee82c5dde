// Home before there is any map: what this is for, and four ways to begin.
import type { JSX } from 'react';
import { Button, PlayIcon, PlusIcon, UploadIcon } from '../ui';
import { ImportProgress } from './ImportProgress';
import { pickFile, type Starts } from './starts';

export function FirstVisit({
  starts,
  onNew,
}: {
  readonly starts: Starts;
  readonly onNew: () => void;
}): JSX.Element {
  return (
    <div className="first">
      <div className="first__words">
        <h1 className="first__title">Map the journey together</h1>
        <p className="first__text">
          Put everyone who knows a piece of the customer’s journey on one map, live: what people do,
          expect, feel and run into, stage by stage, and what to do about it.
        </p>
        <div className="first__actions">
          <Button variant="primary" size="l" icon={PlusIcon} onPress={onNew}>
            New map
          </Button>
          <Button
            size="l"
            icon={PlayIcon}
            isPending={starts.busy === 'demo'}
            onPress={starts.seeLive}
          >
            See a live workshop
          </Button>
        </div>
        <p className="first__also">
          Or
          <Button
            variant="ghost"
            size="s"
            isPending={starts.busy === 'sample'}
            onPress={starts.openSample}
          >
            open a sample map
          </Button>
          <Button
            variant="ghost"
            size="s"
            icon={UploadIcon}
            isPending={starts.busy === 'import'}
            onPress={() => pickFile(starts.importFile)}
          >
            import a file
          </Button>
        </p>
        <ImportProgress share={starts.sent} />
        {starts.problem}
      </div>
      <HeroMap />
    </div>
  );
}

const COLUMNS = ['Search', 'Apply', 'Move in', 'Live'];

/** A small map in the making. Decoration. */
function HeroMap(): JSX.Element {
  return (
    <div className="hero-map" aria-hidden="true">
      <svg viewBox="0 0 520 372" aria-hidden="true" focusable="false">
        <rect
          x="0.5"
          y="0.5"
          width="519"
          height="371"
          rx="15.5"
          fill="var(--surface)"
          stroke="var(--line)"
        />
        {COLUMNS.map((name, at) => (
          <g key={name}>
            <text x={40 + at * 118} y="42" className="hero-map__stage">
              {name}
            </text>
            {at === 0 ? null : (
              <path d={`M${24 + at * 118} 22v328`} stroke="var(--line)" strokeDasharray="2 5" />
            )}
          </g>
        ))}
        {[62, 132, 202, 302].map((y) => (
          <path key={y} d={`M0 ${y}h520`} stroke="var(--line)" />
        ))}
        <Note x={36} y={76} color="interactions" lines={[64, 40]} />
        <Note x={154} y={76} color="interactions" lines={[72]} />
        <Note x={272} y={76} color="interactions" lines={[50, 66]} />
        <Note x={390} y={76} color="interactions" lines={[58]} />
        <Note x={36} y={146} color="behaviour" lines={[70]} />
        <Note x={154} y={146} color="behaviour" lines={[60, 74]} />
        <Note x={390} y={146} color="behaviour" lines={[66, 34]} />
        <path
          d="M16 252h488"
          stroke="var(--line-strong)"
          strokeDasharray="1 5"
          strokeLinecap="round"
        />
        <path
          d="M36 246C90 236 110 226 150 234s60 58 110 52 54-62 108-68 76 6 116-2"
          className="hero-map__curve"
        />
        {[
          [83, 236],
          [201, 265],
          [319, 245],
          [437, 218],
        ].map(([x, y]) => (
          <circle
            key={x}
            cx={x}
            cy={y}
            r="5"
            fill="var(--surface)"
            stroke="var(--layer-experience)"
            strokeWidth="2.5"
          />
        ))}
        <Note x={154} y={316} color="strategy" lines={[68, 52]} />
        <Note x={272} y={316} color="strategy" lines={[60]} />
        <Pointer x={262} y={182} color="#2c62b5" name="Ana" />
        <Pointer x={356} y={282} color="#b4472f" name="Tomasz" />
        <Pointer x={104} y={328} color="#16745c" name="You" />
      </svg>
    </div>
  );
}

function Note({
  x,
  y,
  color,
  lines,
}: {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly lines: readonly number[];
}): JSX.Element {
  return (
    <g>
      <rect x={x} y={y} width="94" height="42" rx="7" fill={`var(--layer-${color}-soft)`} />
      <rect x={x} y={y} width="3.5" height="42" rx="1.75" fill={`var(--layer-${color})`} />
      {lines.map((width, at) => (
        <rect
          key={width}
          x={x + 12}
          y={y + (lines.length === 1 ? 18 : 12) + at * 12}
          width={width}
          height="6"
          rx="3"
          fill={`var(--layer-${color}-ink)`}
          opacity="0.45"
        />
      ))}
    </g>
  );
}

function Pointer({
  x,
  y,
  color,
  name,
}: {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly name: string;
}): JSX.Element {
  const width = 16 + name.length * 7;
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        d="M0 0l4.5 14 3-5.5 5.8-2.3z"
        fill={color}
        stroke="var(--surface)"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <rect x="11" y="12" width={width} height="20" rx="10" fill={color} />
      <text x={11 + width / 2} y="26" className="hero-map__name">
        {name}
      </text>
    </g>
  );
}
