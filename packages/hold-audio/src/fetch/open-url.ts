import { type IncomingMessage, type OutgoingHttpHeaders, type RequestOptions, get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { publicLookup, throwIfPrivateAddress } from './public-lookup.js';

export interface OpenUrlOptions {
  readonly allowPrivateHosts: boolean;
  /** Ends the request, or the reading of its response. */
  readonly signal: AbortSignal;
  /** Further headers, which request the content only if it has changed. */
  readonly condition?: OutgoingHttpHeaders | undefined;
}

/**
 * Sends one GET and resolves with the head of its response; follows no redirect. `fetch` is not used, since it does not
 * let the addresses that it connects to be checked.
 */
export function openUrl(url: URL, { allowPrivateHosts, signal, condition }: OpenUrlOptions): Promise<IncomingMessage> {
  if (!allowPrivateHosts) throwIfPrivateAddress(url);
  const options: RequestOptions = {
    // A new connection: one that is kept alive may have been opened without the check.
    agent: false,
    headers: {
      accept: 'audio/wav, audio/x-wav, audio/*;q=0.5, */*;q=0.1',
      'accept-encoding': 'identity',
      ...condition,
    },
    signal,
    ...(allowPrivateHosts ? {} : { lookup: publicLookup }),
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? getSecurely(url, options, resolve) : get(url, options, resolve);
    request.on('error', reject);
  });
}
