// What the map rests on: the share of evidence, what nobody has checked, and what came since the last review.
import type { CSSProperties, JSX } from 'react';
import { Link } from 'react-aria-components';
import { percent, type Report, type Share } from '../../model/report';
import { assumptionWords, evidenceWords, layerName, reviewWords } from '../../model/report-words';
import { sinceWords } from '../../model/since-words';
import { mapPath } from '../router';
import { count, fullDay } from '../words';
import { Item, List } from './Details';

export function Knowledge({
  report,
  map,
}: {
  readonly report: Report;
  readonly map: string;
}): JSX.Element {
  const { evidence, review, hiddenLanes } = report;
  return (
    <div className="r-columns r-columns--last">
      <section className="r-list" aria-label="Evidence">
        <h2>Evidence</h2>
        <p className="r-share">
          <b>{percent(evidence)} %</b> {evidenceWords(evidence)}
          {evidence.sources === 0 ? '.' : `, from ${count(evidence.sources, 'source', 'sources')}.`}
        </p>
        <Bar share={evidence} />
        <ul className="r-layers">
          {evidence.layers.map((share) => (
            <li key={share.layer}>
              <span>{layerName(share.layer)}</span>
              <Bar share={share} />
              <span className="r-note">
                {share.evidence} of {share.cards}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <List title="Still to be checked" missing="Everything named on this page rests on evidence.">
        {report.assumptions.map((line) => (
          <Item key={line.card.id} card={line.card} kind={line.kind}>
            {assumptionWords(line)}
          </Item>
        ))}
      </List>
      <section className="r-list" aria-label="Since the last review">
        <h2>Since the last review</h2>
        <p>
          {sinceWords(review, fullDay) ??
            `${reviewWords(review, fullDay)}. A map that nobody looks at again goes stale: set a review on the map.`}
        </p>
        {review.since?.changes === undefined ? null : (
          <p className="r-changes">
            <Link href={`${mapPath(map, 'compare')}?since=review`}>See each change</Link>
          </p>
        )}
        {hiddenLanes === 0 ? null : (
          <p className="r-note">
            {count(hiddenLanes, 'hidden lane is', 'hidden lanes are')} left out of this page.
          </p>
        )}
      </section>
    </div>
  );
}

/** Evidence filled, assumptions hatched; the words beside it say the same. */
function Bar({ share }: { readonly share: Share }): JSX.Element {
  return (
    <span
      className="r-bar"
      aria-hidden="true"
      style={{ '--share': `${percent(share)}%` } as CSSProperties}
    />
  );
}
