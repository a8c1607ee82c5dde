// Who did how much of what: people by layers, for one session or all of them; and for whoever facilitates, who was not heard.
import { type JSX, useState } from 'react';
import { type Axis, sessionAt } from '../../model/history/axis';
import type { Player } from '../../model/history/player';
import { type Contribution, type Counts, contributions, sumOf } from '../../model/history/shares';
import type { HistoryReport, Layer, PersonReport } from '../../wire/history';
import type { Me } from '../../wire/types';
import { usePart } from '../map/use';
import { Avatar, Choice } from '../ui';
import { count } from '../words';
import { dayWords, somebody } from './words';

const LAYER_WORDS: Readonly<Record<Layer, string>> = {
  interactions: 'Interactions',
  behaviour: 'Behaviour',
  experience: 'Experience',
  strategy: 'Strategy',
  blueprint: 'Blueprint',
  any: 'Notes',
};

export function Shares({
  history,
  axis,
  player,
  me,
}: {
  readonly history: HistoryReport;
  readonly axis: Axis;
  readonly player: Player;
  readonly me: Me;
}): JSX.Element {
  const [which, setWhich] = useState<'this' | 'all'>('this');
  const session = usePart(player.state, ({ time }) => sessionAt(axis, time));
  const chosen = which === 'all' || session === undefined ? history.sessions : [session];
  const { people, layers, unheard } = contributions(history, chosen);
  const most = Math.max(...people.map(({ all }) => sumOf(all)), 1);
  const when =
    which === 'all' || session === undefined
      ? 'in all sessions'
      : `in the session of ${dayWords(session.began)}`;
  return (
    <div className="h-shares">
      {history.sessions.length < 2 ? null : (
        <Choice
          label="Of"
          look="segments"
          value={which}
          onChange={setWhich}
          options={[
            { value: 'this', label: 'This session' },
            { value: 'all', label: 'All sessions' },
          ]}
        />
      )}
      {people.length === 0 ? (
        <p className="h-shares__none">Nobody changed a card {when}.</p>
      ) : (
        <>
          <p className="h-shares__about">Cards written, changed or commented on {when}.</p>
          <ol className="h-people">
            {people.map((one) => (
              <Person key={one.who} one={one} layers={layers} most={most} history={history} />
            ))}
          </ol>
          <h3 className="h-shares__head">By layer</h3>
          <ul className="h-layers">
            {layers.map((layer) => (
              <LayerLine key={layer} layer={layer} people={people} />
            ))}
          </ul>
        </>
      )}
      {me.role === 'facilitator' ? <Unheard unheard={unheard} /> : null}
    </div>
  );
}

function Person({
  one,
  layers,
  most,
  history,
}: {
  readonly one: Contribution;
  readonly layers: readonly Layer[];
  readonly most: number;
  readonly history: HistoryReport;
}): JSX.Element {
  const { name, color } = somebody(history, one.who);
  const parts = layers.flatMap((layer) => {
    const counts = one.byLayer.get(layer);
    return counts === undefined ? [] : [{ layer, sum: sumOf(counts) }];
  });
  return (
    <li className="h-person">
      <p className="h-person__who">
        <Avatar name={name} color={color} size="s" decorative />
        <span>{name}</span>
        <b>{sumOf(one.all)}</b>
      </p>
      <span className="h-person__bar" aria-hidden="true">
        {parts.map(({ layer, sum }) => (
          <span
            key={layer}
            className={`h-layer h-layer--${layer}`}
            style={{ width: `${(sum / most) * 100}%` }}
          />
        ))}
      </span>
      <p className="h-person__what">{inWords(one.all)}</p>
      <p className="h-person__what">
        {parts.map(({ layer, sum }) => `${LAYER_WORDS[layer]} ${sum}`).join(', ')}
      </p>
    </li>
  );
}

function LayerLine({
  layer,
  people,
}: {
  readonly layer: Layer;
  readonly people: readonly Contribution[];
}): JSX.Element {
  const active = people.filter(({ byLayer }) => byLayer.has(layer));
  const sum = active.reduce((all, { byLayer }) => all + sumOf(byLayer.get(layer) ?? NONE), 0);
  return (
    <li>
      <span className={`h-layer h-layer--${layer} h-layer--mark`} aria-hidden="true" />
      <span>{LAYER_WORDS[layer]}</span>
      <span className="h-layers__sum">
        {count(sum, 'card', 'cards')} by {active.length}
      </span>
    </li>
  );
}

const NONE: Counts = { written: 0, changed: 0, commented: 0 };

/** For whoever facilitates: a reason to ask somebody, not a mark for anybody. */
function Unheard({ unheard }: { readonly unheard: readonly PersonReport[] }): JSX.Element {
  return (
    <section className="h-unheard" aria-label="Not heard">
      <h3 className="h-shares__head">Not heard</h3>
      {unheard.length === 0 ? (
        <p>Everybody who had joined by then has a card or comment under their name.</p>
      ) : (
        <>
          <ul>
            {unheard.map(({ id, name, color }) => (
              <li key={id}>
                <Avatar name={name} color={color} size="s" decorative />
                {name}
              </li>
            ))}
          </ul>
          <p>
            They had joined by then and have no card or comment under their name. It is not kept who
            was connected, and what was written or voted without names counts for nobody.
          </p>
        </>
      )}
    </section>
  );
}

function inWords({ written, changed, commented }: Counts): string {
  return [
    ...(written === 0 ? [] : [`${written} written`]),
    ...(changed === 0 ? [] : [`${changed} changed`]),
    ...(commented === 0 ? [] : [`${commented} commented on`]),
  ].join(', ');
}
