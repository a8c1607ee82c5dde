// The HTTP interface, one function per route. Called by the pages and by sync; throws `ApiError` and
// nothing else. Who asks is told by the browser's cookie; only what a host does carries the host key.

import type { Health } from './health';
import { hostKey } from './host-key';
import { ApiError, fromResponse, unreachable } from './problem';
import type { HeldRound } from './rounds';
import type {
  CreatedMap,
  Demo,
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

/** `document` is the text of a `cairn.map/1` file, sent as it is. */
export async function importMap(document: string): Promise<CreatedMap> {
  return readCreated(await request('POST', '/api/maps/import', { body: document, asHost: true }));
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
  const { participant, role, name, color, archive } = body;
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

/** The map as a file: its JSON form, with the votes that were closed (VOTE-13). */
export async function exportMap(map: string): Promise<string> {
  const path = `/api/maps/${encodeURIComponent(map)}/export?format=json`;
  const response = await send('GET', path);
  return response.text();
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

interface Asking {
  readonly body?: string;
  /** The `ETag` of the answer one has. */
  readonly known?: string;
  /** Whether to show the host key, where this tab has one. */
  readonly asHost?: boolean;
}

async function request(
  method: 'GET' | 'POST',
  path: string,
  asking: Asking = {},
): Promise<unknown> {
  const response = await send(method, path, asking);
  try {
    return (await response.json()) as unknown;
  } catch {
    throw unexpected();
  }
}

async function send(
  method: 'GET' | 'POST',
  path: string,
  { body, known, asHost = false }: Asking = {},
): Promise<Response> {
  const key = asHost ? hostKey.get() : null;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(known === undefined ? {} : { 'if-none-match': known }),
      },
      ...(body === undefined ? {} : { body }),
    });
  } catch {
    throw unreachable();
  }
  if (response.ok || response.status === 304) return response;
  let problem: unknown;
  try {
    problem = await response.json();
  } catch {
    problem = undefined;
  }
  throw fromResponse(response.status, problem);
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
  const { id, title, kind, touched, reviewDue, currentState, role } = entry;
  return {
    id,
    title: typeof title === 'string' ? title : '',
    kind: isMapKind(kind) ? kind : 'current-state',
    touched: typeof touched === 'string' ? touched : '',
    reviewDue: typeof reviewDue === 'string' ? reviewDue : null,
    currentState: typeof currentState === 'string' ? currentState : '',
    role: isRole(role) ? role : null,
  };
}

function unexpected(): ApiError {
  return new ApiError(
    'broken',
    0,
    'The server answered in a way this page does not understand. Reload the page; it may be older than the server.',
  );
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
