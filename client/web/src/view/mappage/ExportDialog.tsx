// Takes the map away as a file: which one, and for paper how large. The server makes it; a large map takes a moment, and what goes wrong
// is said here, beside what was asked for.
import { type FormEvent, type JSX, type RefObject, useEffect, useRef, useState } from 'react';
import { EXPORT_FORMATS, type ExportFormat, type ExportPaper, exportMap } from '../../wire/api';
import { saveBlob } from '../save-file';
import { Choice, DownloadIcon, FormDialog, toast } from '../ui';
import { explain } from '../words';

const FORMATS: Record<ExportFormat, { readonly label: string; readonly description: string }> = {
  pdf: { label: 'PDF', description: 'The map on paper, to print or to hang up' },
  png: { label: 'PNG', description: 'One picture, for slides and chats' },
  svg: { label: 'SVG', description: 'A drawing that stays sharp and can be worked on' },
  md: { label: 'Markdown', description: 'The report and all cards as tables, for a wiki' },
  xlsx: { label: 'Excel', description: 'A sheet for each layer, and one for votes' },
  csv: { label: 'CSV', description: 'One row a card; can be imported again' },
  json: { label: 'JSON', description: 'Everything; opens as a map in any Cairn' },
};

const FORMAT_OPTIONS = EXPORT_FORMATS.map((value) => ({ value, ...FORMATS[value] }));

const PAPER_OPTIONS: readonly { readonly value: ExportPaper; readonly label: string }[] = [
  { value: 'a4', label: 'A4' },
  { value: 'a3', label: 'A3' },
  { value: 'poster', label: 'One sheet' },
];

/** A moment of the map's history. */
export interface ExportedMoment {
  /** The record after which it is taken. */
  readonly seq: number;
  /** What people know it by: a version's name, or a day and time. */
  readonly name: string;
}

export function ExportDialog({
  map,
  moment,
  isOpen,
  onOpenChange,
}: {
  readonly map: string;
  /** The map as it was then; as it is now without one. */
  readonly moment?: ExportedMoment;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}): JSX.Element {
  const [isBusy, setBusy] = useState(false);
  const asking = useRef<AbortController>(null);
  useEffect(() => () => asking.current?.abort(), []);
  /** Whoever lets it be gets no file any more. */
  function open(isOpen: boolean): void {
    if (!isOpen) asking.current?.abort();
    setBusy(false);
    onOpenChange(isOpen);
  }
  return (
    <FormDialog
      title="Export"
      width="l"
      isOpen={isOpen}
      onOpenChange={open}
      send="Export"
      icon={DownloadIcon}
      isPending={isBusy}
    >
      {(form) => (
        <ExportForm
          id={form}
          map={map}
          moment={moment}
          asking={asking}
          isBusy={isBusy}
          setBusy={setBusy}
          onDone={() => onOpenChange(false)}
        />
      )}
    </FormDialog>
  );
}

function ExportForm({
  id,
  map,
  moment,
  asking,
  isBusy,
  setBusy,
  onDone,
}: {
  readonly id: string;
  readonly map: string;
  readonly moment: ExportedMoment | undefined;
  /** What stops the export that is under way. */
  readonly asking: RefObject<AbortController | null>;
  readonly isBusy: boolean;
  readonly setBusy: (isBusy: boolean) => void;
  readonly onDone: () => void;
}): JSX.Element {
  const [format, setFormat] = useState<ExportFormat>('pdf');
  const [paper, setPaper] = useState<ExportPaper>('a4');
  const [problem, setProblem] = useState<string | null>(null);

  async function save(): Promise<void> {
    asking.current = new AbortController();
    const { signal } = asking.current;
    setBusy(true);
    setProblem(null);
    try {
      const { blob, name } = await exportMap(map, format, {
        signal,
        ...(format === 'pdf' ? { paper } : {}),
        ...(moment === undefined ? {} : { at: moment.seq }),
      });
      signal.throwIfAborted();
      saveBlob(blob, name);
      toast({ title: 'Exported', detail: name, tone: 'good' });
      onDone();
    } catch (error) {
      // A later dialog is nothing of this export.
      if (!signal.aborted) setProblem(explain(error));
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  }

  return (
    <form
      id={id}
      className="export"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (!isBusy) void save();
      }}
    >
      <Choice
        label="As which file?"
        look="cards"
        value={format}
        onChange={setFormat}
        options={FORMAT_OPTIONS}
      />
      {format === 'pdf' ? (
        <div>
          <Choice
            label="On which paper?"
            look="segments"
            value={paper}
            onChange={setPaper}
            options={PAPER_OPTIONS}
          />
          <p className="export__note">
            {paper === 'poster'
              ? 'As large as the map needs, for a plotter or a screen.'
              : 'Sheets in landscape, split between stages and lanes; both are named on each sheet.'}
          </p>
        </div>
      ) : null}
      <p className="export__note">
        {moment === undefined ? (
          'The map as everyone sees it now, with the results of votes that are closed.'
        ) : (
          <>
            The map as it was at <b>{moment.name}</b>, with the results of votes that were closed by
            then.
          </>
        )}{' '}
        Nothing of an open vote and no draft is in it.
      </p>
      {problem === null ? null : (
        <p role="alert" className="form-error">
          {problem}
        </p>
      )}
    </form>
  );
}
