import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../twirp/post-request.js';
import { sendJson } from '../twirp/twirp-error.js';
import type { AppliedFault } from './fault-list.js';
import { proxyPage } from './proxy-page.js';

/** How long the second of two equal requests waits for the first one's answer. */
const apartMs = 50;

/**
 * Lets a fault befall a request. `ask` sends the request on as if there were no fault.
 *
 * Rejects when the answer could not be got; the connection is to be broken then.
 */
export async function runFault(
  { action, order }: AppliedFault,
  ask: () => Promise<Answer>,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (action === 'hang') return;
  if (action === 'drop-answer') {
    await ask();
    response.destroy();
  } else if (action === 'duplicate') {
    const first = ask();
    first.catch(() => undefined);
    await Promise.race([first, delay(apartMs, undefined, { signal })]);
    const second = ask();
    second.catch(() => undefined);
    await first;
    send(response, await second);
  } else if ('fail' in action) {
    const { status, ...error } = action.fail;
    sendJson(response, status, error);
  } else if ('proxy' in action) {
    const { status, afterMs } = action.proxy;
    const answered = new AbortController();
    const answer = ask().catch(() => proxyPage(502));
    const limit = delay(afterMs, proxyPage(status), { signal: AbortSignal.any([answered.signal, signal]) });
    limit.catch(() => undefined);
    send(response, await Promise.race([answer, limit]).finally(() => answered.abort()));
  } else if ('reorder' in action) {
    const answer = await ask();
    await order?.turn();
    send(response, answer);
  } else {
    await delay(action.delayMs, undefined, { signal });
    send(response, await ask());
  }
}

function send(response: ServerResponse, { status, phrase, contentType, body }: Answer): void {
  if (!response.destroyed) response.writeHead(status, phrase, { 'content-type': contentType }).end(body);
}
