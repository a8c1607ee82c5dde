// What went wrong with a request, in words for a person: what happened and what to do. The server
// speaks RFC 9457; anything else (no network, a proxy's page) is brought into the same shape.
import type { Problem } from './types';

export type ApiErrorKind =
  | 'unreachable'
  | 'signed-out'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'too-large'
  | 'busy'
  | 'broken';

export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly kind: ApiErrorKind,
    /** HTTP status; 0 when the server was not reached. */
    readonly status: number,
    message: string,
    /** The field a document broke a rule in, e.g. `cards[12].stage`. */
    readonly path?: string,
    readonly rule?: string,
    /** What kind of problem it is, in the server's words; absent when no server of ours said it. */
    readonly type?: string,
  ) {
    super(message);
  }
}

/** Whether the server itself says that it has no such map. A proxy that knows nothing of maps answers 404, too. */
export function saysNoSuchMap(error: unknown): error is ApiError {
  return (
    error instanceof ApiError && error.status === 404 && error.type === '/problems/no-such-map'
  );
}

export function unreachable(): ApiError {
  return new ApiError(
    'unreachable',
    0,
    'The server cannot be reached. Check your connection and try again.',
  );
}

/** `body` is the parsed JSON of the answer, or undefined when there was none. */
export function fromResponse(status: number, body: unknown): ApiError {
  const problem = readProblem(body);
  const kind = kindOf(status);
  const said = problem?.detail || problem?.title;
  return new ApiError(
    kind,
    status,
    said || FALLBACK[kind],
    problem?.path,
    problem?.rule,
    problem?.type,
  );
}

const FALLBACK: Readonly<Record<ApiErrorKind, string>> = {
  unreachable: 'The server cannot be reached. Check your connection and try again.',
  'signed-out': 'You are not signed in here. Open the invite link you were given.',
  forbidden: 'You may not do this. Ask the facilitator for another role.',
  'not-found': 'There is no such map. Check the link, or ask for a new one.',
  invalid: 'The server did not accept this.',
  'too-large': 'This is too large for the server.',
  busy: 'The server is busy. Try again in a moment.',
  broken: 'Something went wrong on the server. Try again; if it stays, tell whoever runs it.',
};

function kindOf(status: number): ApiErrorKind {
  switch (status) {
    case 401:
      return 'signed-out';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 413:
      return 'too-large';
    case 429:
    case 503:
      return 'busy';
    case 502:
    case 504:
      return 'unreachable';
    default:
      return status >= 500 ? 'broken' : 'invalid';
  }
}

function readProblem(body: unknown): Problem | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { title, status, detail, path, rule, type } = body as Record<string, unknown>;
  return {
    title: typeof title === 'string' ? title : '',
    status: typeof status === 'number' ? status : 0,
    ...(typeof detail === 'string' && detail !== '' ? { detail } : {}),
    ...(typeof path === 'string' ? { path } : {}),
    ...(typeof rule === 'string' ? { rule } : {}),
    ...(typeof type === 'string' ? { type } : {}),
  };
}
