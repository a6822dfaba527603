import type { LookupAddress, LookupOptions } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { isPrivateAddress } from '../../src/fetch/private-address.js';
import { publicLookup } from '../../src/fetch/public-lookup.js';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.255',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fd00::1',
  'fe80::1%eth0',
  'ff02::1',
  '168.63.129.16',
  '::ffff:0:a00:1',
  '::ffff:0:8.8.8.8',
  '3fff::1',
  '5f00::1',
  '100:0:0:1::1',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each([
  '1.1.1.1',
  '168.63.129.17',
  '172.32.0.1',
  '100.128.0.1',
  '193.0.0.1',
  '::ffff:8.8.8.8',
  '2606:4700::1111',
  '2a00:1450::1',
])('%s is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

type Found = string | LookupAddress[];
const find = (host: string, options: LookupOptions): Promise<Found> =>
  new Promise((resolve, reject) => {
    publicLookup(host, options, (error, address) => (error === null ? resolve(address) : reject(error)));
  });

describe('a lookup for a connection', () => {
  test('returns public addresses in either form', async () => {
    expect(await find('1.1.1.1', {})).toBe('1.1.1.1');
    expect(await find('1.1.1.1', { all: true })).toEqual([{ address: '1.1.1.1', family: 4 }]);
  });

  test.each([{}, { all: true }])('rejects private ones (%o)', async (options) => {
    await expect(find('10.0.0.1', options)).rejects.toMatchObject({ code: 'source-host-rejected' });
  });
});
