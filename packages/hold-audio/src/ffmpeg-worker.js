import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';

/** Runs the worker of `@ffmpeg/ffmpeg` in a thread, with the browser globals that it expects. It is JavaScript so that it can be started from the sources too.
 * It accepts two more messages: `PIECE` transfers bytes, `WRITE_PIECES` writes all of them to a file. The last lines of ffmpeg's log, which may be long, are returned with the answer of `EXEC`.
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

// Node crashes if a thread is ended while it compiles a stream (V8's ValidateFunctionsStreamingJob).
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
