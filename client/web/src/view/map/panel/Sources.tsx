// What a card rests on: an assumption, or evidence with its sources.
import { type JSX, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { addSource, removeSource } from '../../../model/cards';
import type { Card, Source } from '../../../model/entities';
import { SOURCE_KINDS, SOURCE_LABEL, type SourceKind } from '../../../model/kinds';
import { Button, CloseIcon, IconButton, PlusIcon, TextField } from '../../ui';
import { useBoard } from '../use';
import { Choice, Pick } from './controls';

export function Sources({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const [adding, setAdding] = useState(false);
  const section = useRef<HTMLElement>(null);
  const sourced = card.sources.length > 0;
  return (
    <section className="m-section" aria-label="Evidence" ref={section}>
      <Choice
        label="Confidence"
        options={[
          { id: 'assumption', label: 'Assumption' },
          { id: 'evidence', label: 'Evidence' },
        ]}
        value={card.confidence}
        clearable={false}
        isDisabled={sourced}
        caption={sourced ? 'It has a source' : undefined}
        onValue={(value) =>
          board.setFields(card.id, { confidence: value === 'evidence' ? 'evidence' : 'assumption' })
        }
      />
      {sourced ? (
        <ul className="m-items">
          {card.sources.map((source, index) => (
            // Sources have no ids; two equal ones are told apart by their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={`${source.title} ${index}`} className="m-item">
              <SourceText source={source} />
              {board.readOnly ? null : (
                <IconButton
                  label={`Remove the source “${source.title}”`}
                  icon={CloseIcon}
                  size="s"
                  onPress={() => {
                    removeSource(board.journey, card.id, source);
                    board.offerUndo('Removed a source');
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {board.readOnly ? null : adding ? (
        <NewSource
          onDone={(source) => {
            if (source !== undefined) addSource(board.journey, card.id, source);
            // The form goes; the button that opened it is where the person was.
            flushSync(() => setAdding(false));
            section.current?.querySelector<HTMLElement>('[data-opener]')?.focus();
          }}
        />
      ) : (
        <Button
          icon={PlusIcon}
          size="s"
          variant="ghost"
          data-opener=""
          onPress={() => setAdding(true)}
        >
          Add a source
        </Button>
      )}
    </section>
  );
}

function SourceText({ source }: { readonly source: Source }): JSX.Element {
  // Only http(s) becomes a link; anything else stays inert text (map-format.md).
  const link = /^https?:\/\//i.test(source.url ?? '');
  return (
    <div className="m-item__text">
      <span className="m-item__kind">{SOURCE_LABEL[source.kind]}</span>
      {link ? (
        <a href={source.url} target="_blank" rel="noopener noreferrer">
          {source.title || source.url}
        </a>
      ) : (
        <span>{source.title || source.url}</span>
      )}
      {!link && source.url !== undefined && source.title !== '' ? (
        <span className="m-item__url">{source.url}</span>
      ) : null}
      {source.quote === undefined ? null : <q>{source.quote}</q>}
    </div>
  );
}

function NewSource({
  onDone,
}: {
  readonly onDone: (source: Source | undefined) => void;
}): JSX.Element {
  const [kind, setKind] = useState<SourceKind>('interview');
  const [title, setTitle] = useState('');
  const [url, setUrl] = useState('');
  const [quote, setQuote] = useState('');
  return (
    <form
      className="m-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() === '') return;
        onDone({
          kind,
          title: title.trim(),
          ...(url.trim() === '' ? {} : { url: url.trim() }),
          ...(quote.trim() === '' ? {} : { quote: quote.trim() }),
        });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onDone(undefined);
      }}
    >
      <Pick
        label="Kind of source"
        placeholder="Kind"
        options={SOURCE_KINDS.map((id) => ({ id, label: SOURCE_LABEL[id] }))}
        value={kind}
        onValue={(next) => setKind(SOURCE_KINDS.find((known) => known === next) ?? 'other')}
      />
      <TextField label="What it is" value={title} onChange={setTitle} autoFocus isRequired />
      <TextField label="Link" optional value={url} onChange={setUrl} />
      <TextField label="Quote" optional lines={2} value={quote} onChange={setQuote} />
      <div className="m-form__actions">
        <Button size="s" variant="ghost" onPress={() => onDone(undefined)}>
          Cancel
        </Button>
        <Button size="s" variant="primary" type="submit" isDisabled={title.trim() === ''}>
          Add source
        </Button>
      </div>
    </form>
  );
}
