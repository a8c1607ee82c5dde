// Frames in bytes, channel messages read tolerantly, and problems in words.
import * as decoding from 'lib0/decoding';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMap, exportMap, fileName, importMap, listMaps, previewImport, whoAmI } from './api';
import { BARRIER, decodeBarrier, encodeBarrier, encodeWorkshop, WORKSHOP } from './frames';
import { ApiError, saysNoSuchMap } from './problem';
import { readServerMessage } from './read-message';
import { type SlowServer, slowServer, takes } from './testing';

describe('frames', () => {
  test('a barrier is 102 and a length-prefixed counter, and reads back', () => {
    expect([...encodeBarrier(5)]).toEqual([102, 1, 5]);
    const decoder = decoding.createDecoder(encodeBarrier(300));
    expect(decoding.readVarUint(decoder)).toBe(BARRIER);
    expect(decodeBarrier(decoder)).toBe(300);
  });

  test("someone else's barrier payload is not a counter of ours", () => {
    expect(decodeBarrier(decoding.createDecoder(new Uint8Array([0])))).toBeUndefined();
    expect(decodeBarrier(decoding.createDecoder(new Uint8Array([9, 1])))).toBeUndefined();
  });

  test('a workshop message is 110 and JSON text', () => {
    const decoder = decoding.createDecoder(encodeWorkshop({ hello: {} }));
    expect(decoding.readVarUint(decoder)).toBe(WORKSHOP);
    expect(decoding.readVarString(decoder)).toBe('{"hello":{}}');
  });
});

describe('workshop messages', () => {
  test('a shared view keeps the people who are whole and the fields that are new', () => {
    const jo = { id: 'p1', name: 'Jo', color: '#16745c', role: 'facilitator', online: true };
    expect(
      readServerMessage(
        JSON.stringify({ shared: { seq: 4, people: [jo, { id: 'p2' }], step: 2 } }),
      ),
    ).toEqual({
      shared: {
        seq: 4,
        now: 0,
        people: [jo],
        agenda: [],
        hands: [],
        parked: [],
        rounds: [],
        emotionRounds: [],
        step: 2,
      },
    });
  });

  test.each([
    ['{"done":"r1","invite":"tok"}', { done: 'r1', invite: 'tok' }],
    ['{"refused":"r1","why":"no","rule":"ROLE-2"}', { refused: 'r1', why: 'No.', rule: 'ROLE-2' }],
    ['{"rejected":{"why":"locked"}}', { rejected: { why: 'Locked.', rule: '' } }],
  ])('%s is understood', (text, message) => {
    expect(readServerMessage(text)).toEqual(message);
  });

  test.each(['', 'null', '[]', '{"later":1}', '{"personal":{"role":"king"}}'])(
    '%s is passed over',
    (text) => {
      expect(readServerMessage(text)).toBeUndefined();
    },
  );
});

describe('api', () => {
  afterEach(() => vi.unstubAllGlobals());

  function answer(status: number, body: string): void {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })));
  }

  async function failure(promise: Promise<unknown>): Promise<ApiError> {
    const error = await promise.then(
      () => new Error('it did not fail'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof ApiError)) throw error;
    return error;
  }

  test('a broken rule comes with its path and the server’s own words', async () => {
    const detail = 'cards[12].stage: no stage "s9"';
    answer(
      422,
      JSON.stringify({
        title: 'Bad map',
        status: 422,
        detail,
        path: 'cards[12].stage',
        rule: 'MAP-3',
      }),
    );
    expect(await failure(createMap({}))).toMatchObject({
      kind: 'invalid',
      message: detail,
      path: 'cards[12].stage',
      rule: 'MAP-3',
    });
  });

  test.each([
    [401, 'signed-out'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [413, 'too-large'],
    [429, 'busy'],
    [500, 'broken'],
    [502, 'unreachable'],
  ])('%i without a problem document is %s, with words of ours', async (status, kind) => {
    answer(status, '<html>');
    const error = await failure(whoAmI('m'));
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(/^[A-Z].+\.$/);
  });

  test('DELETE-1 only the server itself says that there is no such map', async () => {
    const problem = { title: 'There is no such map', status: 404, type: '/problems/no-such-map' };
    for (const [status, body, said] of [
      [404, problem, true],
      [404, { ...problem, type: '/problems/no-such-page' }, false],
      [404, { title: 'Not found', status: 404 }, false],
      [404, '<html>', false],
      [502, problem, false],
    ] as const) {
      answer(status, typeof body === 'string' ? body : JSON.stringify(body));
      expect(saysNoSuchMap(await failure(whoAmI('m'))), JSON.stringify(body)).toBe(said);
    }
  });

  test('no network is unreachable', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    expect((await failure(listMaps())).kind).toBe('unreachable');
  });

  test('an answer of another shape is an error, not a half-read value', async () => {
    answer(200, '{"role":"emperor"}');
    expect((await failure(whoAmI('m'))).kind).toBe('broken');
    answer(200, 'not json');
    expect((await failure(listMaps())).kind).toBe('broken');
  });

  test('an export is a file under the name the server gives it, in any script', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (path: string) => {
      asked.push(path);
      const disposition = 'attachment; filename="___.pdf"; filename*=UTF-8\'\'%E5%80%9F.pdf';
      const headers = { 'content-disposition': disposition };
      return Promise.resolve(new Response('%PDF', { headers }));
    });
    const { blob, name } = await exportMap('m 1', 'pdf', { paper: 'a3' });
    expect([name, await blob.text(), asked]).toEqual([
      '借.pdf',
      '%PDF',
      ['/api/maps/m%201/export?format=pdf&paper=a3'],
    ]);
    await exportMap('m 1', 'csv', { at: 12 });
    expect(asked.at(-1)).toBe('/api/maps/m%201/export?format=csv&at=12');
    expect(fileName(null)).toBeUndefined();
    expect(fileName("attachment; filename*=UTF-8''%E0%A4%A")).toBeUndefined();
  });

  test('an export that is stopped is no server that cannot be reached', async () => {
    const stop = new AbortController();
    vi.stubGlobal('fetch', async (_: string, { signal }: RequestInit) => {
      signal?.throwIfAborted();
      stop.abort();
      return Object.assign(new Response(), { blob: () => Promise.reject(signal?.reason) });
    });
    for (const when of ['while it comes', 'before']) {
      const exporting = exportMap('m', 'csv', { signal: stop.signal });
      await expect(exporting, when).rejects.toBe(stop.signal.reason);
    }
  });

  describe('a file that is sent', () => {
    const INVITES = { facilitator: 'f', participant: 'p', observer: 'o' };

    /** A server that takes half of a file, then all of it, and answers. */
    function answers(status: number, body: unknown): { readonly sent: string[] } {
      const sent: string[] = [];
      vi.stubGlobal(
        'XMLHttpRequest',
        class extends EventTarget {
          readonly upload = new EventTarget();
          readonly status = status;
          readonly responseText = typeof body === 'string' ? body : JSON.stringify(body);
          open(method: string, path: string): void {
            sent.push(`${method} ${path}`);
          }
          setRequestHeader(name: string, value: string): void {
            if (name === 'content-type') sent.push(value);
          }
          send(file: string): void {
            sent.push(file);
            for (const loaded of [5, 10]) takes(this, loaded);
            this.dispatchEvent(new Event(status === 0 ? 'error' : 'load'));
          }
        },
      );
      return { sent };
    }

    test('says how much of it is there, and asks for what cannot be read off it', async () => {
      const { sent } = answers(201, { id: 'm', invites: INVITES });
      const shares: number[] = [];
      const asked = { title: 'A & B', columns: { stage: 'Phase' } };
      const made = await importMap('a,b', 'text/csv', asked, {
        onSent: (share) => shares.push(share),
      });
      expect([made, shares]).toEqual([{ id: 'm', invites: INVITES }, [0.5, 1]]);
      const query = new URLSearchParams({ title: 'A & B', columns: '{"stage":"Phase"}' });
      expect(sent).toEqual([`POST /api/maps/import?${query}`, 'text/csv', 'a,b']);
    });

    const waits = (): SlowServer => slowServer(201, { id: 'm', invites: INVITES });

    test('goes no further once it is stopped', async () => {
      const stop = new AbortController();
      const seen = waits();
      const sending = importMap('a,b', 'text/csv', {}, { signal: stop.signal });
      stop.abort();
      await expect(sending).rejects.toBe(stop.signal.reason);
      expect(seen.aborted).toBe(1);
      const again = importMap('a,b', 'text/csv', {}, { signal: stop.signal });
      await expect(again).rejects.toBe(stop.signal.reason);
    });

    test('is waited for once it is there whole, stopped or not', async () => {
      const stop = new AbortController();
      const seen = waits();
      const sending = importMap('a,b', 'text/csv', {}, { signal: stop.signal });
      seen.requests[0]?.upload.dispatchEvent(new Event('load'));
      stop.abort();
      seen.requests[0]?.dispatchEvent(new Event('load'));
      expect(await sending).toEqual({ id: 'm', invites: INVITES });
      expect(seen.aborted).toBe(0);
    });

    test('is refused with the place in the file, or not reached at all', async () => {
      const detail = 'must be a whole number from 1 to 5, not "high"';
      answers(422, { title: 'x', status: 422, detail, path: 'row 3, column “Pain”' });
      const refused = await failure(importMap('a,b', 'text/csv'));
      expect(refused).toMatchObject({ message: detail, path: 'row 3, column “Pain”' });
      answers(0, '');
      expect((await failure(importMap('{}'))).kind).toBe('unreachable');
      answers(200, { columns: 1 });
      const odd = previewImport(new Blob(['a']), 'text/csv', {});
      expect((await failure(odd)).kind).toBe('broken');
    });
  });

  test('maps that are not whole are left out of the list', async () => {
    answer(
      200,
      JSON.stringify({
        maps: [{ id: 'a', title: 'A', kind: 'weird', role: 'host' }, { title: 'B' }],
        mayCreate: true,
      }),
    );
    expect(await listMaps()).toEqual({
      maps: [
        {
          id: 'a',
          title: 'A',
          kind: 'current-state',
          touched: '',
          reviewDue: null,
          deletedOn: null,
          currentState: '',
          role: null,
        },
      ],
      mayCreate: true,
      isArchive: false,
    });
  });
});
