// Asking the server: one answer or one `ApiError`. Who asks is told by the browser's cookie; only what a host does carries the host key.
import { hostKey } from './host-key';
import { ApiError, fromResponse, unreachable } from './problem';

interface Asking {
  readonly body?: string;
  /** The `ETag` of the answer one has. */
  readonly known?: string;
  /** Whether to show the host key, where this tab has one. */
  readonly asHost?: boolean;
  /** Stops it; what is thrown is then the signal's reason. */
  readonly signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'DELETE';

export async function request(method: Method, path: string, asking: Asking = {}): Promise<unknown> {
  const response = await send(method, path, asking);
  try {
    return (await response.json()) as unknown;
  } catch {
    throw unexpected();
  }
}

export async function send(
  method: Method,
  path: string,
  { body, known, asHost = false, signal }: Asking = {},
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
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    signal?.throwIfAborted();
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

export async function bytesOf(path: string): Promise<Uint8Array> {
  const response = await send('GET', path);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    // The connection was lost on the way.
    throw unreachable();
  }
}

export function unexpected(): ApiError {
  return new ApiError(
    'broken',
    0,
    'The server answered in a way this page does not understand. Reload the page; it may be older than the server.',
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
