import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';

/**
 * Runs in a thread of its own: the worker of `@ffmpeg/ffmpeg`, with what it expects of a browser around it. It is
 * JavaScript so that it can be started from the sources too.
 *
 * Two messages more than that worker has: `PIECE` brings some bytes, `WRITE_PIECES` writes all that came to a file.
 * What ffmpeg logs, which may be very much, goes back with the answer of its `EXEC`, its last lines only.
 */
const MAX_LOG_LINES = 5;

const port = parentPort;
if (port === null) throw new Error('this module runs in a worker thread');

/** @type {Uint8Array[]} */
let pieces = [];
/** @type {string[]} */
let log = [];

Object.assign(globalThis, {
  self: globalThis,
  location: new URL(import.meta.url),
  postMessage: (message, transfer) => {
    if (message.type === 'LOG') log = [...log, message.data.message].slice(-MAX_LOG_LINES);
    else if (message.type === 'EXEC') port.postMessage({ ...message, log: log.splice(0) });
    else if (message.type !== 'PROGRESS') port.postMessage(message, transfer);
  },
  fetch: async (url) => new Response(await readFile(new URL(url))),
});

// Node crashes when a thread is ended while it compiles a stream (V8's ValidateFunctionsStreamingJob).
Reflect.deleteProperty(WebAssembly, 'instantiateStreaming');

await import('@ffmpeg/ffmpeg/worker');

port.on('message', (message) => {
  if (message.type === 'PIECE') {
    pieces.push(message.data);
    return;
  }
  if (message.type === 'WRITE_PIECES') {
    const data = Buffer.concat(pieces);
    pieces = [];
    globalThis.onmessage({ data: { id: message.id, type: 'WRITE_FILE', data: { path: message.data.path, data } } });
    return;
  }
  globalThis.onmessage({ data: message });
});
