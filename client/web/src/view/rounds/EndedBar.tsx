// A line about the vote that has just ended, until the person has seen enough of it: how it went, and the way to the whole result.
import type { JSX } from 'react';
import { standings } from '../../model/rounds';
import type { RoundView } from '../../wire/channel';
import { quoted } from '../map/board';
import { Button, CloseIcon, IconButton } from '../ui';
import { useDesk } from './use-rounds';
import { outcomeWords } from './words';

export function EndedBar({
  round,
  onDismiss,
}: {
  readonly round: RoundView;
  readonly onDismiss: () => void;
}): JSX.Element {
  const desk = useDesk();
  const isClosed = round.state === 'closed';
  return (
    <section aria-label="The vote that has ended" className="v-bar v-bar--ended" data-ended>
      <div className="v-bar__what">
        <h2 className="v-bar__question">
          {isClosed ? 'Voted: ' : 'Cancelled: '}
          {round.setup.question}
        </h2>
        <p className="v-bar__outcome">
          {isClosed
            ? outcomeWords(round, standings(round), ({ text }) => quoted(text, 'the empty card'))
            : 'It has no result, and nobody’s dots are kept.'}
        </p>
      </div>
      <div className="v-bar__acts">
        {isClosed ? (
          <Button
            size="s"
            variant="primary"
            onPress={() => {
              desk.dialog.set('results');
            }}
          >
            Show the result
          </Button>
        ) : null}
        <IconButton label="Dismiss" icon={CloseIcon} size="s" onPress={onDismiss} />
      </div>
    </section>
  );
}
