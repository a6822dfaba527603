import { createHash, randomBytes } from 'node:crypto';
import { durationMs } from './read-dial-request.js';
import type { HeaderMapping, Headers } from './header-attributes.js';
import type { SipDirectory } from './sip-directory.js';
import {
  camelCased,
  listOf,
  mapOf,
  messageOf,
  normalNumber,
  pinOf,
  recordOf,
  textOf,
  type SipRecord,
} from './sip-records.js';

/** The route of an inbound call. */
export interface CallRoute {
  readonly trunkId: string;
  readonly ruleId: string;
  readonly roomName: string;
  readonly identity: string;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly hidePhoneNumber: boolean;
  /** How long the trunk lets it ring; undefined if it does not say. */
  readonly ringLimitMs: number | undefined;
  readonly mapping: HeaderMapping;
  /** Header by attribute, for requests to the phone in the call. */
  readonly attributesToHeaders: Headers;
  /** Workers that the rule's room configuration dispatches. */
  readonly agents: readonly { readonly agentName: string; readonly metadata: string }[];
}

/** The result of routing a call. */
export type Routing =
  | { readonly route: CallRoute }
  | { readonly refused: 'no-route' | 'no-password' | 'wrong-password' | 'wrong-pin' };

/** A call as it comes from outside. */
interface IncomingCall {
  readonly from: string;
  readonly to: string;
  /** The PIN that the caller types. */
  readonly pin?: string;
  readonly credentials?: { readonly username: string; readonly password: string };
}

/**
 * Finds the trunk and the rule of a call as the server does. A rule with a PIN goes first; the gateway then asks the caller,
 * and what the caller types decides. Who types nothing gets to a rule without a PIN.
 */
export function routeCall(directory: SipDirectory, call: IncomingCall): Routing {
  const { from, to, pin: typed = '' } = call;
  const trunks = [...directory.inboundTrunks.values()];
  const trunk = trunkOf(trunks, from, to);
  // A server without any trunk takes every call for which it has a rule without trunks.
  if (!trunk && trunks.length > 0) return { refused: 'no-route' };
  const denied = trunk && whyDenied(trunk, call);
  if (denied) return { refused: denied };
  const trunkId = textOf(trunk, 'sipTrunkId');
  const rules = [...directory.rules.values()].filter(
    (rule) => allows(rule, 'inboundNumbers', from) && allows(rule, 'numbers', to),
  );
  const first = firstOf(rules, trunkId);
  if (!first) return { refused: 'no-route' };
  const rule =
    pinOf(first) === ''
      ? first
      : firstOf(
          rules.filter((one) => pinOf(one) === typed),
          trunkId,
        );
  return rule ? { route: routeBy(rule, trunk, from, to) } : { refused: 'wrong-pin' };
}

function whyDenied(trunk: SipRecord, { credentials }: IncomingCall): 'no-password' | 'wrong-password' | undefined {
  const [username, password] = [textOf(trunk, 'authUsername'), textOf(trunk, 'authPassword')];
  if (username === '' || password === '') return undefined;
  if (!credentials) return 'no-password';
  return credentials.username === username && credentials.password === password ? undefined : 'wrong-password';
}

/** Rules of the trunk go before rules for every trunk; among them the one that the server prefers. */
function firstOf(rules: readonly SipRecord[], trunkId: string): SipRecord | undefined {
  const own = rules.filter((rule) => listOf(rule, 'trunkIds').includes(trunkId));
  const open = rules.filter((rule) => listOf(rule, 'trunkIds').length === 0);
  return [own, open].flatMap((some) => some.toSorted((a, b) => rankOf(a) - rankOf(b)))[0];
}

/** Lower goes first: rules for certain numbers, then those with a PIN, then direct before individual before callee. */
function rankOf(rule: SipRecord): number {
  const kinds = messageOf(rule, 'rule') ?? {};
  const kind = ['dispatchRuleDirect', 'dispatchRuleIndividual', 'dispatchRuleCallee'].findIndex((one) => one in kinds);
  const forAll = ['inboundNumbers', 'numbers'].filter((name) => listOf(rule, name).length === 0).length;
  return forAll * 1000 + (pinOf(rule) === '' ? 100 : 0) + kind;
}

function routeBy(rule: SipRecord, trunk: SipRecord | undefined, from: string, to: string): CallRoute {
  const hidePhoneNumber = rule['hidePhoneNumber'] === true;
  const shown = hidePhoneNumber ? from.slice(from.length <= 4 ? -1 : -4) : from;
  return {
    trunkId: textOf(trunk, 'sipTrunkId'),
    ruleId: textOf(rule, 'sipDispatchRuleId'),
    roomName: roomOf(messageOf(rule, 'rule') ?? {}, shown, to),
    identity: `sip_${hidePhoneNumber ? createHash('sha256').update(from).digest('hex').slice(0, 16) : from}`,
    name: `Phone ${shown}`,
    metadata: textOf(rule, 'metadata'),
    attributes: mapOf(rule, 'attributes'),
    hidePhoneNumber,
    ringLimitMs: durationMs(trunk?.['ringingTimeout']),
    mapping: {
      headersToAttributes: mapOf(trunk, 'headersToAttributes'),
      includeHeaders: trunk?.['includeHeaders'],
    },
    attributesToHeaders: mapOf(trunk, 'attributesToHeaders'),
    agents: agentsOf(messageOf(rule, 'roomConfig')),
  };
}

/** A trunk with this number goes before one for all numbers. */
function trunkOf(trunks: readonly SipRecord[], from: string, to: string): SipRecord | undefined {
  const allowed = trunks.filter((trunk) => allows(trunk, 'allowedNumbers', from));
  const own = allowed.find((trunk) => listOf(trunk, 'numbers').some((one) => normalNumber(one) === normalNumber(to)));
  return own ?? allowed.find((trunk) => listOf(trunk, 'numbers').length === 0);
}

function allows(record: SipRecord, list: string, number: string): boolean {
  const numbers = listOf(record, list);
  return numbers.length === 0 || numbers.some((one) => normalNumber(one) === normalNumber(number));
}

function roomOf(rule: SipRecord, from: string, to: string): string {
  const individual = messageOf(rule, 'dispatchRuleIndividual');
  const callee = messageOf(rule, 'dispatchRuleCallee');
  const kind = individual ?? callee;
  if (!kind) return textOf(messageOf(rule, 'dispatchRuleDirect'), 'roomName');
  const random = individual ? individual['noRandomness'] !== true : kind['randomize'] === true;
  const prefix = textOf(kind, 'roomPrefix');
  const parts = [...(prefix === '' ? [] : [prefix]), individual ? from : to];
  return [...parts, ...(random ? [randomBytes(6).toString('hex')] : [])].join('_');
}

function agentsOf(config: SipRecord | undefined): CallRoute['agents'] {
  const agents = Array.isArray(config?.['agents']) ? (config['agents'] as unknown[]) : [];
  return agents.flatMap((agent) => {
    const record = recordOf({ agent }, 'agent');
    const dispatch = record && camelCased(record);
    const agentName = textOf(dispatch, 'agentName');
    return agentName === '' ? [] : [{ agentName, metadata: textOf(dispatch, 'metadata') }];
  });
}
