// The past of a map over HTTP: its history, its versions, and what is different between two moments, one function per route. Throws
// `ApiError` and nothing else.
import type { Comparison } from './compare';
import type { AuthorsReport, HistoryReport } from './history';
import { bytesOf, isRecord, request, send, unexpected } from './request';
import { readTape, type Tape } from './tape';
import type { VersionList } from './versions';

/** How the map came to be, at a glance. */
export async function mapHistory(map: string): Promise<HistoryReport> {
  const body = await request('GET', `/api/maps/${encodeURIComponent(map)}/history`);
  if (!isRecord(body) || !Array.isArray(body.moments)) throw unexpected();
  return body as unknown as HistoryReport;
}

/** Who wrote what of the document. */
export async function mapAuthors(map: string): Promise<AuthorsReport> {
  const body = await request('GET', `/api/maps/${encodeURIComponent(map)}/history/authors`);
  if (!isRecord(body) || !Array.isArray(body.clients)) throw unexpected();
  return body as unknown as AuthorsReport;
}

/** The records from `from` to `to`, or as many of them as the server gives at once. */
export async function historyRecords(map: string, from: number, to: number): Promise<Tape> {
  const path = `/api/maps/${encodeURIComponent(map)}/history/records?from=${from}&to=${to}`;
  return readTape(await bytesOf(path));
}

/** The document after a record, as a Yjs update. */
export async function stateAt(map: string, seq: number): Promise<Uint8Array> {
  return bytesOf(`/api/maps/${encodeURIComponent(map)}/history/at/${seq}`);
}

/** The named moments of a map, and its reviews. */
export async function mapVersions(map: string): Promise<VersionList> {
  const body = await request('GET', `/api/maps/${encodeURIComponent(map)}/versions`);
  if (!isRecord(body) || !Array.isArray(body.versions) || !Array.isArray(body.reviews)) {
    throw unexpected();
  }
  return body as unknown as VersionList;
}

/** What is different between two sides; `query` says which (`from`, `to`, `with`). */
export async function compareMaps(map: string, query: string): Promise<Comparison> {
  const body = await request('GET', comparePath(map, query));
  if (!isRecord(body) || !isRecord(body.cards) || !Array.isArray(body.curve)) throw unexpected();
  return body as unknown as Comparison;
}

/** The same for people, as Markdown. */
export async function compareAsMarkdown(map: string, query: string): Promise<string> {
  const path = comparePath(map, query);
  const response = await send('GET', `${path}${query === '' ? '?' : '&'}format=md`);
  return response.text();
}

function comparePath(map: string, query: string): string {
  return `/api/maps/${encodeURIComponent(map)}/compare${query}`;
}
