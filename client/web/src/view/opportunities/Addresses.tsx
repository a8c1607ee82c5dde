// Which pains and expectations an opportunity answers, and how bad they are.
import type { JSX } from 'react';
import { GAP_LABEL, SEVERITY_LABEL } from '../../model/kinds';
import type { Addressed, Opportunity } from '../../model/opportunities';
import { KindMark } from '../map/marks';

/** How bad one of them is, in words; a rating nobody gave is said to be missing. */
export function weightWords({ card, kind }: Addressed): string {
  if (kind === 'pain') {
    return card.severity === undefined
      ? 'not rated'
      : `severity ${card.severity}, ${(SEVERITY_LABEL[card.severity - 1] ?? '').toLowerCase()}`;
  }
  return card.gap === undefined ? 'gap not rated' : (GAP_LABEL[card.gap] ?? '').toLowerCase();
}

export function addressesWords({ addresses, severity, unratedPains }: Opportunity): string {
  if (addresses.length === 0) return 'Addresses nothing yet';
  const total =
    severity === undefined
      ? ''
      : `; pain severity ${severity}${unratedPains === 0 ? '' : `, ${unratedPains} not rated`}`;
  const each = addresses.map(
    (one) => `${one.kind} “${one.card.text || 'empty card'}” (${weightWords(one)})`,
  );
  return `Addresses ${each.join(', ')}${total}`;
}

export function Addresses({ opportunity }: { readonly opportunity: Opportunity }): JSX.Element {
  const { addresses, severity, unratedPains } = opportunity;
  if (addresses.length === 0) return <span className="o-none">Nothing linked</span>;
  return (
    <div className="o-addresses">
      <ul className="o-chips">
        {addresses.map((one) => (
          <li
            key={one.card.id}
            className={`o-chip m-kind--${one.kind}`}
            title={`${one.card.text} (${weightWords(one)})`}
          >
            <KindMark kind={one.kind} size={14} />
            <span className="o-chip__text">{one.card.text || 'Empty card'}</span>
            <span className="o-chip__weight">{weightShort(one)}</span>
          </li>
        ))}
      </ul>
      {severity === undefined ? null : (
        <span className="o-severity">
          Pain severity {severity}
          {unratedPains === 0 ? '' : `, ${unratedPains} not rated`}
        </span>
      )}
    </div>
  );
}

function weightShort({ card, kind }: Addressed): string {
  if (kind === 'pain') return card.severity === undefined ? '?' : String(card.severity);
  return card.gap === undefined ? 'gap ?' : `gap ${card.gap}`;
}
