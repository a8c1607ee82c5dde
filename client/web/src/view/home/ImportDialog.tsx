// A table or an outline on its way to become a map: what its columns are, and what will come of it, before anything is made. The server reads
// the file each time something is said differently, so that what is shown here is what an import makes.
import { type FormEvent, type JSX, useEffect, useRef, useState } from 'react';
import { LANE_WORDS, type LaneKind } from '../../model/kinds';
import { count } from '../../model/report-words';
import { type ImportAsked, type ImportType, previewImport } from '../../wire/api';
import type { ImportPreview, ImportShape, MapKind } from '../../wire/types';
import { AlertIcon, Choice, FormDialog, TextField } from '../ui';
import { explain, KIND_ORDER, KINDS } from '../words';
import { ImportProgress } from './ImportProgress';
import './import.css';
import type { Starts } from './starts';

/** A file that needs a look before it is imported. */
export interface ImportFile {
  readonly file: File;
  readonly type: ImportType;
}

const SHAPES: readonly { readonly value: ImportShape; readonly label: string }[] = [
  { value: 'cards', label: 'One row a card' },
  { value: 'grid', label: 'Stages across' },
];

export function ImportDialog({
  chosen,
  starts,
  isOpen,
  onOpenChange,
}: {
  readonly chosen: ImportFile;
  readonly starts: Starts;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const [kind, setKind] = useState<MapKind>('current-state');
  const [told, setTold] = useState<Pick<ImportAsked, 'shape' | 'columns'>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const { preview, failure } = usePreview(chosen, told, starts);
  const trouble = problem ?? failure;
  // An outline says its own title, a table is called as its file; whoever changes it here says it better.
  const title = typed ?? preview?.ownTitle ?? titleOfFile(chosen.file.name);
  const sending = useRef<AbortController>(null);
  const isReady = preview !== null && preview.problem === undefined && failure === null;

  async function make(): Promise<void> {
    setProblem(null);
    sending.current = new AbortController();
    const asked = { ...told, title: title.trim(), kind };
    setProblem(await starts.importAs(chosen, asked, sending.current.signal));
  }

  function open(isOpen: boolean): void {
    if (!isOpen) sending.current?.abort();
    onOpenChange(isOpen);
  }

  return (
    <FormDialog
      title={`Import “${chosen.file.name}”`}
      width="l"
      isOpen={isOpen}
      onOpenChange={open}
      send="Import"
      isDisabled={!isReady}
      isPending={starts.busy === 'import'}
    >
      {(form) => (
        <form
          id={form}
          className="import"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (isReady && starts.busy === null) void make();
          }}
        >
          <div className="import__pair">
            <TextField label="Title" value={title} onChange={setTyped} autoComplete="off" />
            <label className="c-field">
              <span className="c-field__label">What does it show?</span>
              <select
                className="c-input"
                value={kind}
                onChange={(event) => {
                  const found = KIND_ORDER.find((one) => one === event.target.value);
                  if (found !== undefined) setKind(found);
                }}
              >
                {KIND_ORDER.map((one) => (
                  <option key={one} value={one}>
                    {KINDS[one].name}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {preview?.shape === undefined ? null : (
            <Choice
              label="How does the table lie?"
              look="segments"
              value={preview.shape}
              onChange={(shape) => setTold({ shape })}
              options={SHAPES}
            />
          )}
          {preview?.shape === 'cards' && preview.columns.length > 0 ? (
            <Columns
              preview={preview}
              told={told.columns}
              onColumns={(columns) => setTold({ shape: 'cards', columns })}
            />
          ) : null}
          <ImportProgress share={starts.sent} />
          {trouble === null ? null : (
            <p role="alert" className="form-error">
              {trouble}
            </p>
          )}
          {preview === null ? (
            failure === null ? (
              <p role="status">Reading the file…</p>
            ) : null
          ) : (
            <>
              <Outcome preview={preview} />
              <Notes notes={preview.notes} />
            </>
          )}
        </form>
      )}
    </FormDialog>
  );
}

/** Asks again whenever something else is said; an answer that comes too late counts for nothing. */
function usePreview(
  { file, type }: ImportFile,
  told: Pick<ImportAsked, 'shape' | 'columns'>,
  { asHost }: Starts,
): { readonly preview: ImportPreview | null; readonly failure: string | null } {
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    asked.current += 1;
    const own = asked.current;
    asHost(() => previewImport(file, type, told)).then(
      (answer) => {
        if (own !== asked.current) return;
        // A table that cannot be read with what was said keeps its columns on screen, to be said differently.
        setPreview((before) =>
          answer.columns.length === 0 && before !== null && answer.problem !== undefined
            ? { ...before, problem: answer.problem, cards: 0, stages: [], lanes: [], first: [] }
            : answer,
        );
        setFailure(null);
      },
      (error: unknown) => {
        if (own === asked.current) setFailure(explain(error));
      },
    );
    return () => {
      asked.current += 1;
    };
  }, [file, type, told, asHost]);
  return { preview, failure };
}

function Columns({
  preview,
  told,
  onColumns,
}: {
  readonly preview: ImportPreview;
  /** What was said already, field by field: the preview may still be of what was said before. */
  readonly told: Readonly<Record<string, string>> | undefined;
  readonly onColumns: (columns: Readonly<Record<string, string>>) => void;
}): JSX.Element {
  const taken = new Map(
    told === undefined
      ? preview.columns.flatMap(({ title, field }) => (field === undefined ? [] : [[field, title]]))
      : Object.entries(told),
  );
  const given = new Map([...taken].map(([field, title]) => [title, field]));
  const isFirst = (place: number): boolean =>
    preview.columns.findIndex(({ title }) => title === preview.columns[place]?.title) === place;
  // Whoever says what a title becomes says it of the first column that has it, as the server reads it.
  const fieldOf = (place: number): string | undefined => {
    const column = preview.columns[place];
    if (column === undefined || told === undefined) return column?.field;
    return isFirst(place) ? given.get(column.title) : undefined;
  };
  const give = (title: string, field: string): void => {
    // A field comes from one column, and a column is one field.
    const rest = [...taken].filter(([own, of]) => own !== field && of !== title);
    onColumns(Object.fromEntries(field === '' ? rest : [...rest, [field, title]]));
  };
  return (
    <fieldset className="import__columns">
      <legend>What is each column?</legend>
      <div className="import__scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Says</th>
              <th scope="col">Becomes</th>
            </tr>
          </thead>
          <tbody>
            {preview.columns.map(({ title, samples }, place) => (
              // Columns may share a title, and never change places.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={place}>
                <th scope="row">
                  {title === '' ? 'Without a title' : title}
                  {isFirst(place) || title === '' ? null : ' (again)'}
                </th>
                <td>
                  <span className="import__samples">{samples.join(' · ')}</span>
                </td>
                <td>
                  <select
                    className="c-input"
                    aria-label={`What “${title}” becomes`}
                    value={fieldOf(place) ?? ''}
                    disabled={title === '' || !isFirst(place)}
                    onChange={(event) => give(title, event.target.value)}
                  >
                    <option value="">Left out</option>
                    {preview.fields.map((one) => (
                      <option key={one.name} value={one.name}>
                        {one.title}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  );
}

/** What will be made, or what keeps it from being made. */
function Outcome({ preview }: { readonly preview: ImportPreview }): JSX.Element {
  const { problem, stages, lanes, cards, first } = preview;
  if (problem !== undefined) {
    return (
      <div role="alert" className="import__problem">
        <AlertIcon />
        <p>
          <strong>{problem.path === 'columns' ? 'Columns' : capital(problem.path)}:</strong>{' '}
          {problem.detail}. Nothing is imported until the whole file can be.
        </p>
      </div>
    );
  }
  return (
    <section className="import__outcome" aria-label="What will be made">
      <h3>
        {count(stages.length, 'stage')}, {count(lanes.length, 'lane')}, {count(cards, 'card')}
      </h3>
      <p className="import__stages">{stages.map((title) => title || 'Unnamed').join(' → ')}</p>
      <ul className="import__lanes">
        {lanes.map((lane, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lanes may share a title, and never change places
          <li key={place}>
            <span>{lane.title || 'Unnamed'}</span>
            <span>
              {kindName(lane.kind)}, {count(lane.cards, 'card')}
            </span>
          </li>
        ))}
      </ul>
      {first.length === 0 ? null : (
        <p className="import__first">
          First: {first.map(({ text }) => `“${text.split('\n')[0] ?? ''}”`).join(', ')}
        </p>
      )}
    </section>
  );
}

/** What of the file is not in what will be made, or could mean something else. */
function Notes({ notes }: Pick<ImportPreview, 'notes'>): JSX.Element | null {
  if (notes.length === 0) return null;
  return (
    <section className="import__notes" aria-label="What to look at">
      <h3>Left out or doubtful</h3>
      <ul>
        {notes.map(({ path, detail }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes may be alike, and never change places
          <li key={place}>
            <strong>{capital(path)}:</strong> {detail}
          </li>
        ))}
      </ul>
    </section>
  );
}

function kindName(kind: string): string {
  return LANE_WORDS[kind as LaneKind]?.name ?? kind;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** "Renting a flat" of `renting-a-flat.csv`. */
export function titleOfFile(name: string): string {
  const words = name
    .replace(/\.[^.]*$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return words === '' ? 'Imported map' : capital(words);
}
