import { listOf, messageOf, normalNumber, pinOf, textOf, type SipRecord } from './sip-records.js';

/** Records by their id. */
type Records = ReadonlyMap<string, SipRecord>;

/** Returns why the server would reject this inbound trunk beside the others; `id` is its own, if it has one. */
export function inboundTrunkProblem(trunk: SipRecord, others: Records, id = ''): string | undefined {
  const numbers = new Set(listOf(trunk, 'numbers').map(normalNumber));
  if (numbers.size === 0 && listOf(trunk, 'allowedAddresses').length === 0 && textOf(trunk, 'authUsername') === '') {
    return 'for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers';
  }
  for (const [otherId, other] of others) {
    if (otherId === id) continue;
    const shared = listOf(other, 'numbers').filter((number) => numbers.has(normalNumber(number)));
    const isOpen = listOf(other, 'allowedNumbers').length === 0 && listOf(trunk, 'allowedNumbers').length === 0;
    if (shared.length > 0 && isOpen) {
      return `Conflicting inbound SIP Trunks: "${id || '<new>'}" and "${otherId}", using the same number(s) ["${shared.join('" "')}"] without AllowedNumbers set`;
    }
  }
  return undefined;
}

/** Returns why the server would reject this outbound trunk. */
export function outboundTrunkProblem(trunk: SipRecord): string | undefined {
  if (listOf(trunk, 'numbers').length === 0) return 'no trunk numbers specified';
  return textOf(trunk, 'address') === '' ? 'no outbound address specified' : undefined;
}

/** Returns why the server would reject this dispatch rule beside the others. */
export function ruleProblem(rule: SipRecord, others: Records, id = ''): string | undefined {
  if (!messageOf(rule, 'rule')) return 'missing rule';
  const keys = new Set(ruleKeys(rule));
  for (const [otherId, other] of others) {
    if (otherId === id || !ruleKeys(other).some((key) => keys.has(key))) continue;
    const name = `"${otherId}" "${textOf(other, 'name')}"`;
    return `Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch rule ${name}`;
  }
  return undefined;
}

/** The calls that a rule is for; no two rules may be for the same. */
function ruleKeys(rule: SipRecord): string[] {
  const [trunks, inbound, numbers] = ['trunkIds', 'inboundNumbers', 'numbers'].map((name) => orAny(listOf(rule, name)));
  return (trunks ?? []).flatMap((trunk) =>
    (inbound ?? []).flatMap((from) =>
      (numbers ?? []).map((to) => [trunk, normalNumber(from), normalNumber(to), pinOf(rule)].join('\n')),
    ),
  );
}

function orAny(list: readonly string[]): readonly string[] {
  return list.length === 0 ? [''] : list;
}
