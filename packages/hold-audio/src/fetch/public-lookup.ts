import { type LookupAddress, lookup } from 'node:dns';
import { type LookupFunction, isIP } from 'node:net';
import { HoldAudioError } from '../hold-audio-error.js';
import { isPrivateAddress } from './private-address.js';

/**
 * Resolves a name as usual and rejects it if any of its addresses is private. As the `lookup` of a connection it checks
 * the addresses that will be connected to: the name cannot resolve to others between check and use.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address: string | LookupAddress[], family) => {
    const addresses = typeof address === 'string' ? [address] : (address ?? []).map((found) => found.address);
    const isRejected = error === null && addresses.some(isPrivateAddress);
    callback(isRejected ? privateHost() : error, address, family);
  });
};

/** Checks a host that is an address, which is never looked up. */
export function throwIfPrivateAddress(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw privateHost();
}

function privateHost(): HoldAudioError {
  return new HoldAudioError(
    'source-host-rejected',
    'the URL of the source leads to a private address, and "allowPrivateHosts" is false',
  );
}
