// The HTTP interface, one function per route. Called by the pages and by sync; throws `ApiError` and
// nothing else. Who asks is told by the browser's cookie; only what a host does carries the host key.

import type { Health } from './health';
import { hostKey } from './host-key';
import { ApiError, fromResponse, unreachable } from './problem';
import { isRecord, request, send, unexpected } from './request';
import type { HeldRound } from './rounds';
import type {
  CreatedMap,
  Demo,
  ImportPreview,
  ImportShape,
  Joined,
  JoinRequest,
  MapEntry,
  MapKind,
  MapList,
  Me,
  NewMap,
  Role,
} from './types';

/** What this browser may open. A wrong host key is no error here: it shows as `mayCreate: false`. */
export async function listMaps(): Promise<MapList> {
  const body = await request('GET', '/api/maps', { asHost: true });
  if (!isRecord(body) || !Array.isArray(body.maps)) throw unexpected();
  const maps = body.maps.flatMap((entry: unknown) => {
    const read = readMapEntry(entry);
    return read ? [read] : [];
  });
  return {
    maps,
    mayCreate: body.mayCreate === true,
    isArchive: body.archive === true,
  };
}

export async function createMap(map: NewMap): Promise<CreatedMap> {
  return readCreated(
    await request('POST', '/api/maps', { body: JSON.stringify(map), asHost: true }),
  );
}

/** What a file to import is. */
export type ImportType = 'application/json' | 'text/csv' | 'text/markdown';

/** What cannot be read off a table or an outline. */
export interface ImportAsked {
  readonly title?: string;
  readonly kind?: MapKind;
  readonly shape?: ImportShape;
  /** Which column is which field; guessed from their titles when left out. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** Makes a map of a file, whole or not at all. `onSent` hears how much of it the server has, 0 to 1. */
export async function importMap(
  file: string | Blob,
  type: ImportType = 'application/json',
  asked: ImportAsked = {},
  sending: Sending = {},
): Promise<CreatedMap> {
  const path = `/api/maps/import${askedQuery(asked)}`;
  return readCreated(await upload(path, file, type, sending));
}

/** What would become of a file; nothing is made. */
export async function previewImport(
  file: Blob,
  type: ImportType,
  asked: ImportAsked,
): Promise<ImportPreview> {
  const body = await upload(`/api/maps/import/preview${askedQuery(asked)}`, file, type);
  const lists = isRecord(body) ? [body.columns, body.lanes, body.notes] : [];
  if (lists.length === 0 || !lists.every(Array.isArray)) throw unexpected();
  return body as unknown as ImportPreview;
}

function askedQuery({ title, kind, shape, columns }: ImportAsked): string {
  const query = new URLSearchParams({
    ...(title === undefined ? {} : { title }),
    ...(kind === undefined ? {} : { kind }),
    ...(shape === undefined ? {} : { shape }),
    ...(columns === undefined ? {} : { columns: JSON.stringify(columns) }),
  }).toString();
  return query === '' ? '' : `?${query}`;
}

/** How a file is sent. */
export interface Sending {
  /** Is told how much of it is there, 0 to 1. */
  readonly onSent?: (share: number) => void;
  /**
   * Stops it; the promise is then rejected with the signal's reason. A file that is there whole cannot be taken back: what comes of it is
   * then waited for.
   */
  readonly signal?: AbortSignal;
}

/** Sends a file as the host does. Not by `fetch`: that does not say how much has been sent. */
function upload(
  path: string,
  file: string | Blob,
  type: ImportType,
  { onSent, signal }: Sending = {},
): Promise<unknown> {
  const key = hostKey.get();
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const sending = new XMLHttpRequest();
    sending.open('POST', path);
    sending.setRequestHeader('accept', 'application/json');
    sending.setRequestHeader('content-type', type);
    if (key !== null) sending.setRequestHeader('authorization', `Bearer ${key}`);
    if (onSent !== undefined) {
      sending.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
        if (lengthComputable && total > 0) onSent(loaded / total);
      });
    }
    const failed = (): void => reject(unreachable());
    sending.addEventListener('error', failed);
    sending.addEventListener('abort', () => reject(signal?.reason ?? unreachable()));
    const stop = (): void => sending.abort();
    signal?.addEventListener('abort', stop, { once: true });
    sending.upload.addEventListener('load', () => signal?.removeEventListener('abort', stop));
    sending.addEventListener('load', () => {
      let body: unknown;
      try {
        body = JSON.parse(sending.responseText);
      } catch {
        body = undefined;
      }
      if (sending.status >= 200 && sending.status < 300) resolve(body);
      else reject(fromResponse(sending.status, body));
    });
    sending.send(file);
  });
}

export async function joinMap(join: JoinRequest): Promise<Joined> {
  const body = await request('POST', '/api/join', {
    body: JSON.stringify(join),
    asHost: join.invite === undefined,
  });
  if (!isRecord(body)) throw unexpected();
  const { map, participant, role } = body;
  if (typeof map !== 'string' || typeof participant !== 'string' || !isRole(role)) {
    throw unexpected();
  }
  return { map, participant, role };
}

/** Whether an invite still lets people in; somebody may have replaced it since. Joins nothing. */
export async function isInviteGood(map: string, invite: string): Promise<boolean> {
  try {
    await request('POST', '/api/invite', { body: JSON.stringify({ map, invite }) });
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'forbidden') return false;
    throw error;
  }
}

/** Who this browser is in the map; `ApiError` of kind `signed-out` when it is nobody there. */
export async function whoAmI(map: string): Promise<Me> {
  const body = await request('GET', `/api/maps/${encodeURIComponent(map)}/me`);
  if (!isRecord(body)) throw unexpected();
  const { participant, role, name, color, archive, deletedOn } = body;
  if (typeof participant !== 'string' || !isRole(role) || typeof name !== 'string') {
    throw unexpected();
  }
  return {
    map,
    participant,
    role,
    name,
    color: typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : '#6d6558',
    ...(archive === true ? { archive } : {}),
    ...(typeof deletedOn === 'string' ? { deletedOn } : {}),
  };
}

export async function startDemo(participants: number, seconds: number): Promise<Demo> {
  const body = await request('POST', '/api/demo', {
    body: JSON.stringify({ participants, seconds }),
    asHost: true,
  });
  if (!isRecord(body) || typeof body.map !== 'string' || typeof body.invite !== 'string') {
    throw unexpected();
  }
  return { map: body.map, invite: body.invite };
}

/** The files a map can be taken away as, those most asked for first. */
export const EXPORT_FORMATS = ['pdf', 'png', 'svg', 'md', 'xlsx', 'csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export type ExportPaper = 'a4' | 'a3' | 'poster';

export interface ExportAsked {
  readonly paper?: ExportPaper;
  /** The record after which it is taken; now without one. */
  readonly at?: number;
  /** Stops it; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The map as a file, with the votes that were closed (VOTE-13), and what the server calls it; as it was after record `at`, or now. */
export async function exportMap(
  map: string,
  format: ExportFormat,
  { paper, at, signal }: ExportAsked = {},
): Promise<{ readonly blob: Blob; readonly name: string }> {
  const query = new URLSearchParams({
    format,
    ...(at === undefined ? {} : { at: String(at) }),
    ...(paper === undefined ? {} : { paper }),
  });
  const path = `/api/maps/${encodeURIComponent(map)}/export?${query}`;
  const response = await send('GET', path, signal === undefined ? {} : { signal });
  const blob = await response.blob().catch(() => {
    signal?.throwIfAborted();
    throw unreachable();
  });
  return { blob, name: fileName(response.headers.get('content-disposition')) ?? `map.${format}` };
}

/** The name of an attachment, in any script (RFC 6266). */
export function fileName(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

export interface HealthAnswer {
  readonly health: Health;
  /** Names this answer; given back, it spares sending the same again. */
  readonly tag: string | null;
}

/** What a good facilitator would point out on `today` (YYYY-MM-DD); null when `known` is still the answer. */
export async function mapHealth(
  map: string,
  today: string,
  known: string | null,
): Promise<HealthAnswer | null> {
  const path = `/api/maps/${encodeURIComponent(map)}/health?today=${today}`;
  const response = await send('GET', path, known === null ? {} : { known });
  if (response.status === 304) return null;
  const body: unknown = await response.json().catch(() => undefined);
  if (!isRecord(body) || !Array.isArray(body.findings)) throw unexpected();
  return { health: body as unknown as Health, tag: response.headers.get('etag') };
}

/** Every round of dot voting the map had, in the order of opening. */
export async function allRounds(map: string): Promise<readonly HeldRound[]> {
  const body = await request('GET', `/api/maps/${encodeURIComponent(map)}/rounds`);
  if (!isRecord(body) || !Array.isArray(body.rounds)) throw unexpected();
  return body.rounds
    .filter((round: unknown) => isRecord(round) && round.kind === 'dots')
    .map((round: HeldRound) =>
      round.ballots === undefined ? round : { ...round, voters: round.ballots.length },
    );
}

/** Takes a person's name and words out of a map and its history, as the host; says how many records changed. */
export async function erasePerson(map: string, participant: string): Promise<number> {
  const path = `/api/maps/${encodeURIComponent(map)}/people/${participant}/erase`;
  const body = await request('POST', path, { asHost: true });
  if (!isRecord(body) || typeof body.records !== 'number') throw unexpected();
  return body.records;
}

/** Deletes a map with everything of it, as the host. */
export async function deleteMap(map: string): Promise<void> {
  await send('DELETE', `/api/maps/${encodeURIComponent(map)}`, { asHost: true });
}

function readCreated(body: unknown): CreatedMap {
  if (!isRecord(body) || typeof body.id !== 'string' || !isRecord(body.invites)) {
    throw unexpected();
  }
  const { facilitator, participant, observer } = body.invites;
  if (
    typeof facilitator !== 'string' ||
    typeof participant !== 'string' ||
    typeof observer !== 'string'
  ) {
    throw unexpected();
  }
  return { id: body.id, invites: { facilitator, participant, observer } };
}

function readMapEntry(entry: unknown): MapEntry | undefined {
  if (!isRecord(entry) || typeof entry.id !== 'string') return undefined;
  const { id, title, kind, touched, reviewDue, deletedOn, currentState, role } = entry;
  return {
    id,
    title: typeof title === 'string' ? title : '',
    kind: isMapKind(kind) ? kind : 'current-state',
    touched: typeof touched === 'string' ? touched : '',
    reviewDue: typeof reviewDue === 'string' ? reviewDue : null,
    deletedOn: typeof deletedOn === 'string' ? deletedOn : null,
    currentState: typeof currentState === 'string' ? currentState : '',
    role: isRole(role) ? role : null,
  };
}

export function isMapKind(value: unknown): value is MapKind {
  return (
    value === 'current-state' ||
    value === 'future-state' ||
    value === 'day-in-the-life' ||
    value === 'service-blueprint'
  );
}

export function isRole(value: unknown): value is Role {
  return value === 'facilitator' || value === 'participant' || value === 'observer';
}
