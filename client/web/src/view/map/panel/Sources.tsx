// What a card rests on: an assumption, or evidence with its sources, in the order that tells the most.
import { type JSX, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Card, Source } from '../../../model/entities';
import { SOURCE_KINDS, SOURCE_LABEL, type SourceKind } from '../../../model/kinds';
import {
  addSource,
  editSource,
  moveSource,
  removeSource,
  sameSource,
} from '../../../model/sources';
import {
  ArrowDownIcon,
  ArrowUpIcon,
  Button,
  IconButton,
  Menu,
  MenuItem,
  MenuLine,
  MoreIcon,
  PencilIcon,
  PlusIcon,
  TextField,
  TrashIcon,
} from '../../ui';
import { quoted } from '../board';
import { useBoard } from '../use';
import { Choice, Pick } from './choices';
import { Reading, useReading } from './reading';

export function Sources({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const isRead = useReading();
  const { journey } = board;
  /** Which source is being written: a new one, or the one that read so. */
  const [writing, setWriting] = useState<'new' | Source | null>(null);
  const section = useRef<HTMLElement>(null);
  const sourced = card.sources.length > 0;
  // Others' edits make new snapshots of the same words.
  const isWritten = (source: Source): boolean =>
    writing !== null && writing !== 'new' && sameSource(source, writing);
  const done = (source: Source | undefined): void => {
    if (source !== undefined && writing === 'new') addSource(journey, card.id, source);
    else if (source !== undefined && writing !== null && writing !== 'new') {
      editSource(journey, card.id, writing, source);
    }
    // The form goes; what opened it is where the person was.
    const at = card.sources.findIndex(isWritten);
    flushSync(() => setWriting(null));
    const opener = at < 0 ? '[data-opener]' : `[data-source="${at}"] button`;
    section.current?.querySelector<HTMLElement>(opener)?.focus();
  };
  return (
    <section className="m-section" aria-label="Evidence" ref={section} data-field="sources">
      {sourced ? (
        <Reading label="Confidence" name="confidence">
          Evidence
        </Reading>
      ) : (
        <Choice
          label="Confidence"
          name="confidence"
          options={[
            { id: 'assumption', label: 'Assumption' },
            { id: 'evidence', label: 'Evidence' },
          ]}
          value={card.confidence}
          clearable={false}
          onValue={(value) =>
            board.setFields(card.id, { confidence: value === 'evidence' ? 'evidence' : undefined })
          }
        />
      )}
      {isRead ? null : (
        <p className="c-field__description">
          {sourced
            ? 'A card with a source counts as evidence. Without its sources, what was chosen before counts again.'
            : 'Evidence: somebody saw or measured it. Add the source, and others can check it.'}
        </p>
      )}
      {sourced ? (
        <ol className="m-items">
          {card.sources.map((source, index) =>
            isWritten(source) ? null : (
              // Sources have no ids; two equal ones are told apart by their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={`${source.title} ${index}`} className="m-item" data-source={index}>
                <SourceText source={source} />
                {isRead ? null : (
                  <SourceMenu
                    card={card}
                    source={source}
                    index={index}
                    onEdit={() => setWriting(source)}
                  />
                )}
              </li>
            ),
          )}
        </ol>
      ) : null}
      {isRead ? null : writing !== null ? (
        <SourceForm source={writing === 'new' ? undefined : writing} onDone={done} />
      ) : (
        <Button
          icon={PlusIcon}
          size="s"
          variant="ghost"
          data-opener=""
          onPress={() => setWriting('new')}
        >
          Add a source
        </Button>
      )}
    </section>
  );
}

function SourceMenu({
  card,
  source,
  index,
  onEdit,
}: {
  readonly card: Card;
  readonly source: Source;
  readonly index: number;
  readonly onEdit: () => void;
}): JSX.Element {
  const board = useBoard();
  const name = quoted(source.title || (source.url ?? ''), 'without a title');
  const move = (by: -1 | 1): void => {
    if (!moveSource(board.journey, card.id, source, by)) return;
    board.say(`Source ${name} is now ${index + 1 + by} of ${card.sources.length}`);
  };
  return (
    <Menu
      trigger={<IconButton label={`Source ${name}`} icon={MoreIcon} size="s" />}
      disabledKeys={[
        ...(index === 0 ? ['up'] : []),
        ...(index === card.sources.length - 1 ? ['down'] : []),
      ]}
      onAction={(action) => {
        if (action === 'edit') onEdit();
        else if (action === 'up') move(-1);
        else if (action === 'down') move(1);
        else if (action === 'remove') {
          removeSource(board.journey, card.id, source);
          board.offerUndo('Removed a source');
        }
      }}
    >
      <MenuItem id="edit" icon={PencilIcon}>
        Edit
      </MenuItem>
      <MenuItem id="up" icon={ArrowUpIcon}>
        Move up
      </MenuItem>
      <MenuItem id="down" icon={ArrowDownIcon}>
        Move down
      </MenuItem>
      <MenuLine />
      <MenuItem id="remove" icon={TrashIcon} danger>
        Remove
      </MenuItem>
    </Menu>
  );
}

function SourceText({ source }: { readonly source: Source }): JSX.Element {
  // MAP-18: only http(s) becomes a link; anything else stays inert text.
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

function SourceForm({
  source,
  onDone,
}: {
  /** The one that is edited; none for a new one. */
  readonly source: Source | undefined;
  readonly onDone: (source: Source | undefined) => void;
}): JSX.Element {
  const [kind, setKind] = useState<SourceKind>(source?.kind ?? 'interview');
  const [title, setTitle] = useState(source?.title ?? '');
  const [url, setUrl] = useState(source?.url ?? '');
  const [quote, setQuote] = useState(source?.quote ?? '');
  const empty = [title, url, quote].every((text) => text.trim() === '');
  return (
    <form
      className="m-form"
      aria-label={source === undefined ? 'New source' : 'Edit the source'}
      onSubmit={(event) => {
        event.preventDefault();
        if (empty) return;
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
        name="source kind"
        placeholder="Kind"
        options={SOURCE_KINDS.map((id) => ({ id, label: SOURCE_LABEL[id] }))}
        value={kind}
        onValue={(next) => setKind(SOURCE_KINDS.find((known) => known === next) ?? 'other')}
      />
      <TextField label="What it is" value={title} onChange={setTitle} autoFocus />
      <TextField
        label="Link"
        optional
        value={url}
        onChange={setUrl}
        {...(url.trim() === '' || /^https?:\/\//i.test(url.trim())
          ? {}
          : { description: 'Kept as text: only http and https addresses become links.' })}
      />
      <TextField label="Quote" optional lines={2} value={quote} onChange={setQuote} />
      <div className="m-form__actions">
        <Button size="s" variant="ghost" onPress={() => onDone(undefined)}>
          Cancel
        </Button>
        <Button size="s" variant="primary" type="submit" isDisabled={empty}>
          {source === undefined ? 'Add source' : 'Save source'}
        </Button>
      </div>
    </form>
  );
}
