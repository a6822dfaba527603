import type { IncomingMessage } from 'node:http';

/** Largest request that the lab reads; the server's own limit is of this size. */
const limitBytes = 1 << 20;

/** The whole body, or undefined if it is too large. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
