// Small drawn marks of the map: lane kinds, feelings, scales. All are decoration beside words.
import type { CSSProperties, JSX, ReactNode } from 'react';
import type { LaneKind } from '../../model/kinds';

export function Drawn({
  size,
  children,
}: {
  readonly size: number;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

const KIND_SHAPES: Record<LaneKind, ReactNode> = {
  touchpoint: (
    <>
      <circle cx="10" cy="10" r="2.25" fill="currentColor" />
      <circle cx="10" cy="10" r="6.5" strokeDasharray="3.2 2.6" />
    </>
  ),
  action: <path d="M4 10h11m-4.5-4.5L15 10l-4.5 4.5" />,
  expectation: <path d="M3.5 12.5c2-7 11-7 13 0M10 4.5v-1M4.8 6.4l-.7-.7m11.1.7.7-.7M6.5 15.5h7" />,
  emotion: <path d="M2.75 12.5c2.5 0 2.75-6 5-6s2.5 8 4.75 8 2.25-5 4.75-5" />,
  pain: <path d="M10 3.25 17 15.75H3L10 3.25Zm0 4.5v3.5m0 2.25v.01" />,
  opportunity: (
    <path d="M8 15h4m-3.5 2.25h3M10 2.75a5 5 0 0 0-3 9c.6.45 1 1.15 1 1.9V15h4v-1.35c0-.75.4-1.45 1-1.9a5 5 0 0 0-3-9Z" />
  ),
  evidence: <path d="M4.5 3.5h11v13l-3-2-2.5 2-2.5-2-3 2v-13Zm3 4h5m-5 3h5" />,
  frontstage: (
    <>
      <circle cx="10" cy="6.5" r="2.75" />
      <path d="M4.5 16.5c.4-3.2 2.5-5 5.5-5s5.1 1.8 5.5 5" />
    </>
  ),
  backstage: <path d="M3.5 4h13v12M3.5 4v12m0 0c3 0 4-3 4-12m9 12c-3 0-4-3-4-12" />,
  support: (
    <path d="M10 3.5 16 6.75v6.5L10 16.5l-6-3.25v-6.5L10 3.5Zm0 0v13m-6-9.75 6 3.25 6-3.25" />
  ),
  metric: <path d="M4 16.5v-5m4 5v-9m4 9v-6.5m4 6.5v-12" />,
  note: <path d="M4 3.75h12v8.5l-4.25 4H4v-12.5Zm12 8.5h-4.25v4" />,
};

export function KindMark({
  kind,
  size = 18,
}: {
  readonly kind: LaneKind;
  readonly size?: number;
}): JSX.Element {
  return <Drawn size={size}>{KIND_SHAPES[kind]}</Drawn>;
}

/** A face whose mouth follows the score: −2 down, 0 straight, +2 up. */
export function Face({
  score,
  size = 18,
}: {
  readonly score: number;
  readonly size?: number;
}): JSX.Element {
  const bend = score * 1.75;
  return (
    <Drawn size={size}>
      <circle cx="10" cy="10" r="7" />
      <path d={`M6.9 ${12.5 - bend / 2.6} Q10 ${12.5 + bend} 13.1 ${12.5 - bend / 2.6}`} />
      <path d="M7.7 8v.01M12.3 8v.01" strokeWidth={2} />
    </Drawn>
  );
}

/** A scale as filled and empty pips; the words beside it say the same. */
export function Pips({ value, of }: { readonly value: number; readonly of: number }): JSX.Element {
  return (
    <span className="m-pips" aria-hidden="true">
      {[1, 2, 3, 4, 5].slice(0, of).map((place) => (
        <i key={place} className={place <= value ? 'm-pip m-pip--on' : 'm-pip'} />
      ))}
    </span>
  );
}

export function StarMark({ size = 14 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <path
        d="m10 2.75 2.2 4.7 5 .65-3.7 3.5.950 5.05L10 14.2l-4.45 2.45.950-5.05-3.7-3.5 5-.65L10 2.75Z"
        fill="currentColor"
      />
    </Drawn>
  );
}

export function OutsideMark({ size = 14 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <path d="M11.5 3.5h5v5m0-5-7 7M8 4.5H4.5v11h11V12" />
    </Drawn>
  );
}

export function SourceMark({ size = 14 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <path d="M8.5 11.5a3 3 0 0 0 4.24 0l2.64-2.64a3 3 0 0 0-4.24-4.24L10 5.75m1.5 2.75a3 3 0 0 0-4.24 0l-2.64 2.64a3 3 0 0 0 4.24 4.24L10 14.25" />
    </Drawn>
  );
}

/** The mark of an emotion line: its shape tells personas apart as well as its colour and dash. */
export function LineMark({
  style,
  size = 12,
}: {
  readonly style: number;
  readonly size?: number;
}): JSX.Element {
  const shapes = [
    <circle key="c" cx="6" cy="6" r="4" />,
    <rect key="r" x="2.3" y="2.3" width="7.4" height="7.4" rx="1" />,
    <path key="t" d="M6 1.6 10.6 10H1.4L6 1.6Z" />,
    <path key="d" d="m6 1.2 4.8 4.8L6 10.8 1.2 6 6 1.2Z" />,
    <path key="p" d="M4.4 1.8h3.2v2.6h2.6v3.2h-2.6v2.6H4.4v-2.6H1.8V4.4h2.6z" />,
    <path key="h" d="M3.6 1.7h4.8L10.9 6l-2.5 4.3H3.6L1.1 6z" />,
    <path key="n" d="M1.8 4.6h8.4v2.8H1.8z" />,
  ];
  return (
    <svg
      className="m-linemark"
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      focusable="false"
      style={{ '--line': `var(--m-line-${style})` } as CSSProperties}
    >
      {shapes[style]}
    </svg>
  );
}

export function ThreadMark({ size = 14 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <path d="M10 3.5c4 0 7 2.6 7 6s-3 6-7 6c-.8 0-1.6-.1-2.3-.3L4 16.75l.9-3C3.7 12.6 3 11.1 3 9.5c0-3.4 3-6 7-6Z" />
    </Drawn>
  );
}

export function DetailsMark({ size = 16 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <path d="M3.5 4.5h13v11h-13zM11.5 4.5v11" />
    </Drawn>
  );
}

export function TargetMark({ size = 14 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <circle cx="10" cy="10" r="6.5" />
      <circle cx="10" cy="10" r="2.5" />
    </Drawn>
  );
}

export function KeyboardMark({ size = 20 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <path d="M2.75 5.5h14.5v9.5H2.75zM5.75 8.5v.01M8.6 8.5v.01M11.4 8.5v.01M14.25 8.5v.01M6.5 12h7" />
    </Drawn>
  );
}

/** Seen or measured, without a source named. */
export function EvidenceMark({ size = 14 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <circle cx="10" cy="10" r="6.75" />
      <path d="m7 10.25 2.1 2.1L13.25 8" />
    </Drawn>
  );
}

export function ColorMark({ size = 20 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <path d="M10 3c3 3.4 4.75 5.9 4.75 8.4a4.75 4.75 0 0 1-9.5 0C5.25 8.900 7 6.400 10 3Z" />
      <path d="M10 13.5a2.200 2.200 0 0 0 2.200-2.200" />
    </Drawn>
  );
}

export function TwiceMark({ size = 20 }: { readonly size?: number }): JSX.Element {
  return (
    <Drawn size={size}>
      <path d="M7.500 7.500h9v9h-9zM3.500 12.500v-9h9M12 10v4m-2-2h4" />
    </Drawn>
  );
}
