import type { IncomingMessage } from 'node:http';
import { onAbort } from '../async/abort-signal.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { ClipLimits } from '../options/clip-limits.js';
import { openUrl } from './open-url.js';
import { WaitBudget } from '../async/wait-budget.js';
import { redirectTarget } from './redirect-target.js';
import { conditionalHeaders, type UrlValidity, urlValidity } from './url-validity.js';

export interface FetchOptions {
  readonly limits: ClipLimits;
  readonly signal: AbortSignal;
  /** The validity of the known content: if it is unchanged, no bytes follow. */
  readonly known?: UrlValidity | undefined;
  /** Called before the first byte; `isSame` if no bytes follow. */
  readonly onValidity?: (validity: UrlValidity, isSame: boolean) => void;
  readonly open?: typeof openUrl;
}

/**
 * Yields the bytes of an `http:` or `https:` URL, in pieces; an error's code has the reason why there are none, or no
 * more.
 */
export async function* fetchBytes(url: URL, options: FetchOptions): AsyncGenerator<Uint8Array, void> {
  const { limits, signal, known, onValidity, open = openUrl } = options;
  const condition = known && conditionalHeaders(known);
  const over = new AbortController();
  const forget = onAbort(signal, () => over.abort(signal.reason));
  const budget = new WaitBudget(limits.fetchTimeoutMs, () => {
    throw new HoldAudioError(
      'source-too-slow',
      `${name(url)} took more than ${limits.fetchTimeoutMs} ms ("fetchTimeoutMs") to load`,
    );
  });
  try {
    signal.throwIfAborted();
    const response = await followRedirects(url, limits, (at) => {
      const { allowPrivateHosts } = limits;
      return budget.wait(open(at, { allowPrivateHosts, signal: over.signal, condition }));
    });
    const isSame = known !== undefined && response.statusCode === 304;
    if (!isSame) throwIfUnusable(url, response, limits);
    onValidity?.(urlValidity(response.headers, isSame ? known : undefined), isSame);
    if (isSame) return;
    const body = response[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    for (let next = await budget.wait(body.next()); next.done !== true; next = await budget.wait(body.next())) {
      yield next.value;
    }
  } catch (error) {
    if (signal.aborted || HoldAudioError.isInstance(error)) throw error;
    throw new HoldAudioError('source-fetch-failed', `${name(url)} could not be loaded`, { cause: error });
  } finally {
    forget();
    // Also when the reader stops: an unread connection would stay open.
    over.abort();
  }
}

async function followRedirects(
  url: URL,
  { maxRedirects }: ClipLimits,
  open: (at: URL) => Promise<IncomingMessage>,
): Promise<IncomingMessage> {
  let at = url;
  for (let taken = 0; taken <= maxRedirects; taken += 1) {
    const response = await open(at);
    const target = redirectTarget(at, response);
    if (target === undefined) return response;
    response.destroy();
    at = target;
  }
  throw new HoldAudioError(
    'source-fetch-failed',
    `${name(url)} was redirected more than ${maxRedirects} times ("maxRedirects")`,
  );
}

function throwIfUnusable(url: URL, { statusCode, headers }: IncomingMessage, { maxSourceBytes }: ClipLimits): void {
  if (statusCode !== 200) {
    throw new HoldAudioError('source-fetch-failed', `${name(url)} answered with status ${statusCode}`);
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new HoldAudioError('source-fetch-failed', `${name(url)} answered with the encoding "${encoding}" unasked`);
  }
  if (Number(headers['content-length']) > maxSourceBytes) {
    throw new HoldAudioError(
      'source-too-large',
      `${name(url)} has more than ${maxSourceBytes} bytes ("maxSourceBytes")`,
    );
  }
}

/** Formats a URL without user, password and query, which may be secrets: an error ends up in logs. */
const name = (url: URL): string => `"${url.origin}${url.pathname}"`;
