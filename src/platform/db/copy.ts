import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { ClientBase, Submittable } from 'pg';

/** The part of pg's wire connection that COPY needs and that its declared types leave out. */
type Wire = {
  stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

const HELD_BYTES = 1 << 20;

/**
 * Runs `copy … to stdout` (one COPY statement) on a connection and yields its text in pieces of whole rows. The server
 * is slowed down when the reader is slow. The loop must be run to its end, or the connection is lost.
 */
export async function* copyOut(client: ClientBase, statement: string): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  let ended = false;
  let failure: Error | undefined;
  let wire: Wire | undefined;
  let wake = () => {};
  const query = {
    submit(connection: unknown) {
      wire = connection as Wire;
      wire.query(statement);
    },
    handleCopyData(message: { chunk: Buffer }) {
      // The driver reuses the memory behind a chunk.
      held.push(Buffer.from(message.chunk));
      bytes += message.chunk.length;
      if (bytes > HELD_BYTES) wire?.stream.pause();
      wake();
    },
    handleError(error: Error) {
      failure = error;
      ended = true;
      wake();
    },
    handleReadyForQuery() {
      ended = true;
      wake();
    },
    handleCommandComplete() {},
  };
  client.query(query as unknown as Submittable);
  while (!ended || held.length > 0) {
    if (held.length === 0) {
      await new Promise<void>((done) => {
        wake = done;
      });
      continue;
    }
    const piece = Buffer.concat(held);
    held = [];
    bytes = 0;
    wire?.stream.resume();
    yield piece;
  }
  if (failure !== undefined) throw failure;
}

/** Runs `copy … from stdin` with the text that `source` yields; returns the number of rows the server took. */
export async function copyIn(client: ClientBase, statement: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise<number>((done, fail) => {
    let rows = 0;
    let failure: unknown;
    const query = {
      submit: (connection: unknown) => (connection as Wire).query(statement),
      async handleCopyInResponse(connection: unknown) {
        const wire = connection as Wire;
        try {
          for await (const chunk of source) {
            if (failure !== undefined) return;
            wire.sendCopyFromChunk(chunk);
            if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain');
          }
          wire.endCopyFrom();
        } catch (error) {
          failure = error;
          wire.sendCopyFail('source failed');
        }
      },
      handleError(error: Error) {
        failure ??= error;
        fail(failure);
      },
      handleCommandComplete(message: { text: string }) {
        rows = Number(message.text.replace(/^COPY /, ''));
      },
      handleReadyForQuery: () => done(rows),
    };
    client.query(query as unknown as Submittable);
  });
}
