import { BlockList, isIP } from 'node:net';

type Range = readonly [network: string, prefix: number, name: string];

/**
 * The ranges of IANA's special-purpose address registries (IPv4: RFC 6890 and later; IPv6 likewise, as of 2025) that
 * are not globally reachable, or that embed an IPv4 address; their names there.
 */
const specialPurpose: readonly Range[] = [
  ['0.0.0.0', 8, 'this network'],
  ['10.0.0.0', 8, 'private use'],
  ['100.64.0.0', 10, 'shared address space'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link local'],
  ['172.16.0.0', 12, 'private use'],
  ['192.0.0.0', 24, 'IETF protocol assignments'],
  ['192.0.2.0', 24, 'documentation (TEST-NET-1)'],
  ['192.88.99.0', 24, 'deprecated (6to4 relay anycast)'],
  ['192.168.0.0', 16, 'private use'],
  ['198.18.0.0', 15, 'benchmarking'],
  ['198.51.100.0', 24, 'documentation (TEST-NET-2)'],
  ['203.0.113.0', 24, 'documentation (TEST-NET-3)'],
  ['240.0.0.0', 4, 'reserved, and limited broadcast'],
  ['::', 96, 'unspecified, loopback, and IPv4-compatible'],
  ['64:ff9b::', 96, 'IPv4-IPv6 translation'],
  ['64:ff9b:1::', 48, 'IPv4-IPv6 translation'],
  ['100::', 64, 'discard-only'],
  ['100:0:0:1::', 64, 'dummy IPv6 prefix'],
  ['2001::', 23, 'IETF protocol assignments'],
  ['2001:db8::', 32, 'documentation'],
  ['2002::', 16, '6to4'],
  ['3fff::', 20, 'documentation'],
  ['5f00::', 16, 'segment routing (SRv6) SIDs'],
  ['fc00::', 7, 'unique local'],
  ['fe80::', 10, 'link-local unicast'],
];

/** Further ranges that are not on the public internet and not in those registries. */
const others: readonly Range[] = [
  ['224.0.0.0', 4, 'multicast'],
  ['ff00::', 8, 'multicast'],
  ['fec0::', 10, 'site local (deprecated by RFC 3879)'],
  ['::ffff:0:0:0', 96, 'IPv4-translated (RFC 2765)'],
  ['168.63.129.16', 32, 'the host of a virtual machine on Azure'],
];

const blocked = new BlockList();
for (const [network, prefix] of [...specialPurpose, ...others]) {
  blocked.addSubnet(network, prefix, isIP(network) === 4 ? 'ipv4' : 'ipv6');
}

/** Returns true for an IP address that is not on the public internet; IPv4 embedded in IPv6 is checked too. */
export function isPrivateAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  return blocked.check(bare, isIP(bare) === 4 ? 'ipv4' : 'ipv6');
}
