// The differences themselves: what they mean for the customer first (curve, gaps, pains), then each of them with its two sides.
import type { JSX } from 'react';
import {
  countWords,
  GAP_WORDS,
  KIND_WORDS,
  PAIN_WORDS,
  type Row,
  type Section,
  type Shown,
  sectionsOf,
} from '../../model/differences';
import type { Comparison, GapChange, PainChange, Side, Word } from '../../wire/compare';
import { Badge, type BadgeTone, CheckIcon, EmptyState } from '../ui';
import { count, titleOf } from '../words';
import { CurveShifts } from './CurveShifts';

export function Differences({ comparison }: { readonly comparison: Comparison }): JSX.Element {
  const sections = sectionsOf(comparison);
  const { before, after, curve, gaps, pains } = comparison;
  const counted = countWords(sections);
  return (
    <div className="cmp-result">
      <p className="cmp-counted" role="status">
        {counted === '' ? 'No difference' : counted}
      </p>
      <div className="cmp-maps">
        <Whole label="Before" side={before} />
        <Whole label="After" side={after} />
      </div>
      {counted === '' ? (
        <EmptyState art={<CheckIcon size={40} />} title="No difference">
          Stages, lanes and cards are the same on both sides.
        </EmptyState>
      ) : null}
      {curve.length === 0 ? null : <CurveShifts curve={curve} />}
      {gaps.length === 0 ? null : <Gaps gaps={gaps} />}
      {pains.length === 0 ? null : <Pains pains={pains} />}
      {sections.map((section) => (
        <Rows key={section.title} section={section} />
      ))}
    </div>
  );
}

function Whole({ label, side }: { readonly label: string; readonly side: Side }): JSX.Element {
  return (
    <div className="cmp-whole">
      <p className="cmp-whole__label">{label}</p>
      <p className="cmp-whole__title">{titleOf(side.title)}</p>
      <p className="cmp-whole__counts">
        {count(side.stages, 'stage', 'stages')}, {count(side.lanes, 'lane', 'lanes')},{' '}
        {count(side.cards, 'card', 'cards')}
      </p>
    </div>
  );
}

const TONES: Readonly<Record<Row['kind'], BadgeTone>> = {
  added: 'accent',
  removed: 'danger',
  moved: 'plain',
  reworded: 'plain',
  changed: 'plain',
};

function Rows({ section: { title, rows } }: { readonly section: Section }): JSX.Element {
  const id = `cmp-${title.replaceAll(' ', '-')}`;
  return (
    <section className="cmp-section" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="cmp-number">{rows.length}</span>
      </h2>
      <ul className="cmp-rows">
        {rows.map((row) => (
          <li key={row.key} className={`cmp-row cmp-row--${row.kind}`}>
            <div className="cmp-row__head">
              <Badge tone={TONES[row.kind]}>{KIND_WORDS[row.kind]}</Badge>
              {row.name === undefined ? null : <b className="cmp-row__name">{row.name}</b>}
              {row.place === undefined ? null : <span className="cmp-row__place">{row.place}</span>}
            </div>
            <div className="cmp-row__sides">
              <OneSide label="Before" shown={row.before} gone="Not there" />
              <OneSide label="After" shown={row.after} gone="Gone" />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneSide({
  label,
  shown,
  gone,
}: {
  readonly label: string;
  readonly shown: Shown;
  readonly gone: string;
}): JSX.Element {
  return (
    <div className={shown === undefined ? 'cmp-one cmp-one--gone' : 'cmp-one'}>
      <span className="cmp-one__label">{label}</span>
      <p>
        {shown === undefined ? gone : typeof shown === 'string' ? shown : <Words words={shown} />}
      </p>
    </div>
  );
}

/** Words of which some are on one side only: struck out or underlined, and said so to whoever does not see it. */
function Words({ words }: { readonly words: readonly Word[] }): JSX.Element {
  return (
    <>
      {words.map(({ kind, text }, at) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of one text stay in order.
        if (kind === 'same') return <span key={at}>{text}</span>;
        const Mark = kind === 'removed' ? 'del' : 'ins';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the words of one text stay in order.
          <Mark key={at} className="cmp-word">
            <span className="visually-hidden">{kind === 'removed' ? '[gone: ' : '[new: '}</span>
            {text}
            <span className="visually-hidden">]</span>
          </Mark>
        );
      })}
    </>
  );
}

/** A number of a scale on both sides, "3 → 1". */
function fromTo(before: number | undefined, after: number | undefined): string {
  return `${before ?? '–'} → ${after ?? '–'}`;
}

function Gaps({ gaps }: { readonly gaps: readonly GapChange[] }): JSX.Element {
  return (
    <section className="cmp-section" aria-labelledby="cmp-gaps">
      <h2 id="cmp-gaps">
        Gaps <span className="cmp-number">{gaps.length}</span>
      </h2>
      <ul className="cmp-fates">
        {gaps.map(({ id, text, became, before, after }) => (
          <li key={id}>
            <Badge tone={became === 'closed' || became === 'narrowed' ? 'accent' : 'warn'}>
              {GAP_WORDS[became]}
            </Badge>
            <span className="cmp-fates__text">{text.trim() || 'A card without words'}</span>
            <span className="cmp-fates__scale">gap {fromTo(before, after)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Pains({ pains }: { readonly pains: readonly PainChange[] }): JSX.Element {
  return (
    <section className="cmp-section" aria-labelledby="cmp-pains">
      <h2 id="cmp-pains">
        Pains <span className="cmp-number">{pains.length}</span>
      </h2>
      <ul className="cmp-fates">
        {pains.map(({ id, text, became, before, after }) => (
          <li key={id}>
            <Badge tone={became === 'resolved' || became === 'eased' ? 'accent' : 'warn'}>
              {PAIN_WORDS[became]}
            </Badge>
            <span className="cmp-fates__text">{text.trim() || 'A card without words'}</span>
            <span className="cmp-fates__scale">severity {fromTo(before, after)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
