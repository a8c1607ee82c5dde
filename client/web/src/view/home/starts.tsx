// The ways into a new map from home: make one, import a file, the sample, a live demonstration. Each
// ends inside the map, or on the join screen when this browser does not know its person's name yet.
import { type JSX, type ReactNode, useCallback, useState } from 'react';
import {
  createMap,
  type ImportAsked,
  type ImportType,
  importMap,
  joinMap,
  startDemo,
} from '../../wire/api';
import { ApiError } from '../../wire/problem';
import type { CreatedMap, NewMap } from '../../wire/types';
import { laterDialog } from '../later';
import { rememberedProfile, rememberInvites, rememberMe, setPendingInvite } from '../remembered';
import { navigate } from '../router';
import { AlertIcon, CloseIcon, IconButton, toast } from '../ui';
import { explain, titleOf } from '../words';
import { HostKeyDialog } from './HostKey';
import type { ImportFile } from './ImportDialog';

const ImportDialog = laterDialog(async () => (await import('./ImportDialog')).ImportDialog);

export type StartKind = 'create' | 'import' | 'sample' | 'demo';

export interface Starts {
  /** What is under way; a second start waits for it. */
  readonly busy: StartKind | null;
  /** Resolves to what went wrong, or null when the map is opening. */
  readonly create: (map: NewMap) => Promise<string | null>;
  /** A map as JSON is imported at once; a table or an outline is looked at first. */
  readonly importFile: (file: File) => void;
  /** Imports what was looked at; resolves to what went wrong, or null when the map is opening or `signal` stopped it. */
  readonly importAs: (
    chosen: ImportFile,
    asked: ImportAsked,
    signal: AbortSignal,
  ) => Promise<string | null>;
  /** Does it; when the server wants its host key, asks for it once and does it again. */
  readonly asHost: <T>(start: () => Promise<T>) => Promise<T>;
  /** How much of a file has been sent, 0 to 1, while one is imported. */
  readonly sent: number | null;
  readonly openSample: () => void;
  readonly seeLive: () => void;
  /** What went wrong with the last import, sample or demonstration, to be shown where they begin. */
  readonly problem: ReactNode;
  /** Dialogs these starts may ask for; rendered once by the page. */
  readonly dialogs: ReactNode;
}

interface Trouble {
  readonly title: string;
  readonly detail: string;
  readonly path?: string | undefined;
}

const LIVE_PARTICIPANTS = 8;
const LIVE_SECONDS = 300;

/** `onStopped`: an import was cancelled, and the list of maps may have a new one all the same. */
export function useStarts(onStopped: () => void): Starts {
  const [busy, setBusy] = useState<StartKind | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [chosen, setChosen] = useState<ImportFile | null>(null);
  const [isLooking, setLooking] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const [keyAsked, setKeyAsked] = useState<{ answer: (given: boolean) => void } | null>(null);

  /** Does `start`; when the server wants its host key, asks for it once and does it again. */
  const asHost = useCallback(async <T,>(start: () => Promise<T>): Promise<T> => {
    try {
      return await start();
    } catch (error) {
      if (!wantsKey(error)) throw error;
      const given = await new Promise<boolean>((answer) => setKeyAsked({ answer }));
      setKeyAsked(null);
      if (!given) throw error;
      return start();
    }
  }, []);

  const run = useCallback(
    async (kind: StartKind, failing: string, start: () => Promise<void>): Promise<void> => {
      setBusy(kind);
      setTrouble(null);
      try {
        await start();
      } catch (error) {
        const path = error instanceof ApiError ? error.path : undefined;
        setTrouble({ title: failing, detail: explain(error), path });
      } finally {
        setBusy(null);
      }
    },
    [],
  );

  const create = useCallback(
    async (map: NewMap): Promise<string | null> => {
      setBusy('create');
      try {
        await enterCreated(await asHost(() => createMap(map)));
        return null;
      } catch (error) {
        return explain(error);
      } finally {
        setBusy(null);
      }
    },
    [asHost],
  );

  const importFile = useCallback(
    (file: File): void => {
      const type = importType(file);
      if (type !== 'application/json') {
        setTrouble(null);
        setChosen({ file, type });
        setLooking(true);
        return;
      }
      void run('import', `“${file.name}” was not imported`, async () => {
        const text = await file.text();
        const flaw = jsonFlaw(text);
        if (flaw !== null) throw new ApiError('invalid', 0, flaw);
        setSent(0);
        try {
          await enterCreated(await asHost(() => importMap(text, type, {}, { onSent: setSent })));
        } finally {
          setSent(null);
        }
      });
    },
    [run, asHost],
  );

  const importAs = useCallback(
    async (
      { file, type }: ImportFile,
      asked: ImportAsked,
      signal: AbortSignal,
    ): Promise<string | null> => {
      setBusy('import');
      setSent(0);
      try {
        const sending = { onSent: setSent, signal };
        const made = await asHost(() => importMap(file, type, asked, sending));
        // Whoever went back to the list of maps is not taken into one.
        if (signal.aborted) sayItIsThere(made, asked.title);
        else await enterCreated(made);
        return null;
      } catch (error) {
        return signal.aborted ? null : explain(error);
      } finally {
        if (signal.aborted) onStopped();
        setBusy(null);
        setSent(null);
      }
    },
    [asHost, onStopped],
  );

  const openSample = useCallback((): void => {
    void run('sample', 'The sample could not be opened', async () => {
      const sample = await import('../../../../../protocol/samples/renting-a-flat.current.json');
      const text = JSON.stringify(sample.default);
      await enterCreated(await asHost(() => importMap(text)));
    });
  }, [run, asHost]);

  const seeLive = useCallback((): void => {
    void run('demo', 'The live workshop did not start', async () => {
      const { map, invite } = await asHost(() => startDemo(LIVE_PARTICIPANTS, LIVE_SECONDS));
      await enter(map, invite);
    });
  }, [run, asHost]);

  const starts = { busy, create, importFile, importAs, asHost, sent, openSample, seeLive };
  return {
    ...starts,
    // Where a dialog says how far it is, the page behind it does not say it again.
    sent: isLooking ? null : sent,
    problem: trouble && <Problem trouble={trouble} onClose={() => setTrouble(null)} />,
    dialogs: (
      <>
        {chosen === null ? null : (
          <ImportDialog
            key={`${chosen.file.name} ${chosen.file.lastModified}`}
            chosen={chosen}
            starts={{ ...starts, problem: null, dialogs: null }}
            isOpen={isLooking}
            onOpenChange={setLooking}
          />
        )}
        <HostKeyDialog asked={keyAsked !== null} onDone={(given) => keyAsked?.answer(given)} />
      </>
    ),
  };
}

export function pickFile(onFile: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,.csv,.tsv,.md,.markdown,application/json,text/csv,text/markdown';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) onFile(file);
  });
  input.click();
}

/** What a file is, by its name and else by what the browser takes it for; a map as JSON unless it says otherwise. */
export function importType({ name, type }: Pick<File, 'name' | 'type'>): ImportType {
  if (/\.(csv|tsv)$/i.test(name)) return 'text/csv';
  if (/\.(md|markdown)$/i.test(name)) return 'text/markdown';
  return type === 'text/csv' || type === 'text/markdown' ? type : 'application/json';
}

/** Why `text` is no JSON, with the place; null when it is. The map's own rules are the server's. */
export function jsonFlaw(text: string): string | null {
  if (text.trim() === '') return 'The file is empty. Choose a map that was exported as JSON.';
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const at = /position (\d+)/.exec(said)?.[1];
    if (at === undefined) return 'The file is not JSON. Choose a map that was exported as JSON.';
    const before = text.slice(0, Number(at));
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    return `The file is not whole JSON: line ${line}, column ${column} cannot be read.`;
  }
}

async function enterCreated({ id, invites }: CreatedMap): Promise<void> {
  rememberInvites(id, invites);
  await enter(id, invites.facilitator);
}

/** It was being made when its import was cancelled. */
function sayItIsThere({ id, invites }: CreatedMap, title = ''): void {
  rememberInvites(id, invites);
  const message = {
    title: `“${titleOf(title)}” was made all the same`,
    detail:
      'The server had the whole file when you cancelled. The map is in the list: delete it there if you do not want it.',
  };
  toast(message, null);
}

async function enter(map: string, invite: string): Promise<void> {
  const profile = rememberedProfile();
  if (profile === null) {
    setPendingInvite(map, invite);
    navigate(`/join/${map}`);
    return;
  }
  const { participant, role } = await joinMap({ map, invite, ...profile });
  rememberMe({ map, participant, role, ...profile });
  navigate(`/map/${map}`);
}

function wantsKey(error: unknown): boolean {
  return error instanceof ApiError && (error.kind === 'signed-out' || error.kind === 'forbidden');
}

function Problem({
  trouble,
  onClose,
}: {
  readonly trouble: Trouble;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <div role="alert" className="home__problem">
      <AlertIcon />
      <div className="home__problem-text">
        <strong>{trouble.title}</strong>
        <p>{trouble.detail}</p>
        {trouble.path === undefined || trouble.detail.includes(trouble.path) ? null : (
          <p>
            In the file at <code>{trouble.path}</code>
          </p>
        )}
      </div>
      <IconButton label="Dismiss" size="s" icon={CloseIcon} onPress={onClose} />
    </div>
  );
}
