// A report of a map with no cards: what a report needs, and what of it is there.
import type { JSX } from 'react';
import { Link } from 'react-aria-components';
import type { Report } from '../../model/report';
import { useBoard } from '../map/use';
import { mapPath } from '../router';
import { CheckIcon, EmptyState } from '../ui';

export function BlankReport({ report }: { readonly report: Report }): JSX.Element {
  const { connection } = useBoard();
  const needs: readonly (readonly [isThere: boolean, what: string, why: string])[] = [
    [report.scenario !== '' || report.goal !== '', 'A scope', 'from where to where, and what for'],
    [report.persona !== undefined, 'A persona', 'whose journey it is'],
    [report.stages.length > 0, 'Stages', 'what they go through, in their words'],
    [report.lines.length > 0, 'Feelings with a score', 'they draw the curve'],
    [report.pains.length > 0, 'Pains with a severity', 'they tell where it hurts'],
    [report.opportunities.length > 0, 'Opportunities', 'what could be better, and who does it'],
  ];
  return (
    <div className="report-screen report-screen--blank">
      <EmptyState
        title="Nothing to report yet"
        level={1}
        actions={
          <Link href={mapPath(connection.mapId)} className="c-button c-button--primary c-button--m">
            Go to the map
          </Link>
        }
      >
        <p>The report writes itself from the map. It needs:</p>
        <ul className="report-needs">
          {needs.map(([isThere, what, why]) => (
            <li key={what} className={isThere ? 'report-need report-need--there' : 'report-need'}>
              <span className="report-need__mark">{isThere ? <CheckIcon size={16} /> : null}</span>
              <span>
                <b>{what}</b>: {why}
                {isThere ? <span className="visually-hidden"> (there)</span> : null}
              </span>
            </li>
          ))}
        </ul>
      </EmptyState>
    </div>
  );
}
