// A y-websocket server with Cairn's two tags, in process, for the tests of sync: it keeps one document,
// and a test decides when barriers are answered, when lines fall silent, and what is refused.
import type { AddressInfo, Socket } from 'node:net';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type WebSocket, WebSocketServer } from 'ws';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { BARRIER, WORKSHOP } from '../wire/frames';

export interface FakeServer {
  readonly url: string;
  readonly doc: Y.Doc;
  /** Barriers are kept back while false; setting it true answers those kept. */
  holdBarriers(hold: boolean): void;
  /** Says nothing more on any open line, as if the cable were cut. */
  fallSilent(): void;
  closeAll(code: number): void;
  /** Refuses new sockets at HTTP with this status, or never answers them; null lets them in. */
  refuse(how: number | 'silently' | null): void;
  /** Answers every update with `rejected` and does not apply it. */
  reject(why: string): void;
  tell(message: object): void;
  readonly heardWorkshop: string[];
  stop(): Promise<void>;
}

export async function startFakeServer(): Promise<FakeServer> {
  const doc = new Y.Doc();
  const heardWorkshop: string[] = [];
  const kept: (() => void)[] = [];
  const knocking = new Set<Socket>();
  let hold = false;
  let silent = new WeakSet<WebSocket>();
  let refusal: number | 'silently' | null = null;
  let rejection: string | null = null;
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    verifyClient: ({ req }, done) => {
      knocking.add(req.socket);
      if (refusal === null) done(true);
      else if (refusal !== 'silently') done(false, refusal);
    },
  });
  await new Promise<void>((resolve) => server.once('listening', resolve));

  const send = (socket: WebSocket, bytes: Uint8Array): void => {
    if (!silent.has(socket)) socket.send(bytes);
  };
  const frame = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
    const encoder = encoding.createEncoder();
    write(encoder);
    return encoding.toUint8Array(encoder);
  };
  const workshop = (message: object): Uint8Array =>
    frame((encoder) => {
      encoding.writeVarUint(encoder, WORKSHOP);
      encoding.writeVarString(encoder, JSON.stringify(message));
    });

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    const bytes = frame((encoder) => {
      encoding.writeVarUint(encoder, 0);
      syncProtocol.writeUpdate(encoder, update);
    });
    for (const socket of server.clients) if (socket !== origin) send(socket, bytes);
  });

  server.on('connection', (socket) => {
    socket.on('message', (raw: Buffer) => {
      if (silent.has(socket)) return;
      const bytes = new Uint8Array(raw);
      const decoder = decoding.createDecoder(bytes);
      switch (decoding.readVarUint(decoder)) {
        case 0: {
          const isUpdate = bytes[1] !== 0;
          const empty = bytes[2] === 2 && bytes[3] === 0 && bytes[4] === 0;
          if (rejection !== null && isUpdate && !empty) {
            send(socket, workshop({ rejected: { why: rejection } }));
            return;
          }
          const answer = frame((encoder) => {
            encoding.writeVarUint(encoder, 0);
            syncProtocol.readSyncMessage(decoder, encoder, doc, socket);
          });
          if (answer.length > 1) send(socket, answer);
          return;
        }
        case BARRIER:
          if (hold) kept.push(() => send(socket, bytes));
          else send(socket, bytes);
          return;
        case WORKSHOP:
          heardWorkshop.push(decoding.readVarString(decoder));
      }
    });
    send(
      socket,
      frame((encoder) => {
        encoding.writeVarUint(encoder, 0);
        syncProtocol.writeSyncStep1(encoder, doc);
      }),
    );
  });

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    doc,
    heardWorkshop,
    holdBarriers(on) {
      hold = on;
      if (!on) for (const answer of kept.splice(0)) answer();
    },
    fallSilent() {
      silent = new WeakSet(server.clients);
    },
    closeAll(code) {
      for (const socket of server.clients) socket.close(code);
    },
    refuse(how) {
      refusal = how;
    },
    reject(why) {
      rejection = why;
    },
    tell(message) {
      for (const socket of server.clients) send(socket, workshop(message));
    },
    stop() {
      for (const socket of knocking) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
