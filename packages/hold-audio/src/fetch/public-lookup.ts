import { type LookupAddress, lookup } from 'node:dns';
import { type LookupFunction, isIP } from 'node:net';
import { HoldAudioError } from '../hold-audio-error.js';
import { isPrivateAddress } from './private-address.js';

/**
 * Resolves a name as usual and refuses it if any of its addresses is private. As the `lookup` of a connection it sees
 * the very addresses that will be connected to: a name cannot change its mind between the check and the use.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address: string | LookupAddress[], family) => {
    const addresses = typeof address === 'string' ? [address] : (address ?? []).map((found) => found.address);
    const refused = error === null && addresses.some(isPrivateAddress);
    callback(refused ? privateHost() : error, address, family);
  });
};

/** A host that is an address is never looked up; this is its check. */
export function throwIfPrivateAddress(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw privateHost();
}

function privateHost(): HoldAudioError {
  return new HoldAudioError(
    'source-host-refused',
    'the URL of the source leads to a private address, and "allowPrivateHosts" is false',
  );
}
