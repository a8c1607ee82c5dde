// How it feels on both sides, stage by stage: on a line from −2 to +2 where it was, where it is, and the way between. A true table, of which
// the drawing is one column: what it shows is said in the numbers beside it.
import type { JSX } from 'react';
import { scoreWords, shiftWords } from '../../model/differences';
import type { CurveShift } from '../../wire/compare';

/** From the worst feeling to the best, in hundredths of the width. */
function along(score: number): number {
  return ((score + 2) / 4) * 100;
}

export function CurveShifts({ curve }: { readonly curve: readonly CurveShift[] }): JSX.Element {
  return (
    <section className="cmp-section" aria-labelledby="cmp-curve">
      <h2 id="cmp-curve">
        How it feels <span className="cmp-number">{curve.length}</span>
      </h2>
      <div className="cmp-curve">
        <table>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col" className="cmp-curve__scale">
                <span className="visually-hidden">Drawn from −2 to +2</span>
                <span className="cmp-curve__ends" aria-hidden="true">
                  <span>−2</span>
                  <span>0</span>
                  <span>+2</span>
                </span>
              </th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">Shift</th>
            </tr>
          </thead>
          <tbody>
            {curve.map(({ stage, before, after }) => (
              <tr key={`${stage} ${before} ${after}`}>
                <th scope="row">{stage.trim() || 'Unnamed stage'}</th>
                <td className="cmp-curve__scale">
                  <Drawn before={before} after={after} />
                </td>
                <td>{scoreWords(before)}</td>
                <td>{scoreWords(after)}</td>
                <td className="cmp-curve__shift">{shiftWords(before, after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="cmp-curve__key" aria-hidden="true">
          <i className="cmp-dot cmp-dot--before" /> before
          <i className="cmp-dot cmp-dot--after" /> after
        </p>
      </div>
    </section>
  );
}

function Drawn({
  before,
  after,
}: {
  readonly before: number | undefined;
  readonly after: number | undefined;
}): JSX.Element {
  const both = before === undefined || after === undefined ? undefined : [before, after];
  const [low, high] = [Math.min(...(both ?? [0])), Math.max(...(both ?? [0]))];
  return (
    <div className="cmp-track" aria-hidden="true">
      {both === undefined ? null : (
        <i
          className={
            after !== undefined && after >= (before ?? 0) ? 'cmp-way' : 'cmp-way cmp-way--down'
          }
          style={{ left: `${along(low)}%`, width: `${along(high) - along(low)}%` }}
        />
      )}
      {before === undefined ? null : (
        <i className="cmp-dot cmp-dot--before" style={{ left: `${along(before)}%` }} />
      )}
      {after === undefined ? null : (
        <i className="cmp-dot cmp-dot--after" style={{ left: `${along(after)}%` }} />
      )}
    </div>
  );
}
