import type { ServerKey } from '../server/server-config.js';
import type { SipAnswer, SipDirectory } from '../sip/sip-directory.js';
import { camelCased, listOf, textOf, type SipRecord } from '../sip/sip-records.js';
import type { FrontHandler } from './lab-proxy.js';
import { mayUseSip, tokenOf } from './token.js';
import { sendJson, sendTwirpError, type TwirpError } from '../twirp/twirp-error.js';

const service = '/twirp/livekit.SIP';

/** Answers the methods that create, update, list, get and delete trunks and dispatch rules; the one that is left says so. */
export function sipRecordsApi(directory: SipDirectory, key: ServerKey): ReadonlyMap<string, FrontHandler> {
  const { inboundTrunks, outboundTrunks, rules } = directory;
  const methods: Readonly<Record<string, (request: SipRecord) => SipAnswer>> = {
    CreateSIPInboundTrunk: (request) => directory.createInboundTrunk(request),
    CreateSIPOutboundTrunk: (request) => directory.createOutboundTrunk(request),
    UpdateSIPInboundTrunk: (request) => directory.updateInboundTrunk(request),
    UpdateSIPOutboundTrunk: (request) => directory.updateOutboundTrunk(request),
    DeleteSIPTrunk: (request) => directory.deleteTrunk(request),
    CreateSIPDispatchRule: (request) => directory.createRule(request),
    UpdateSIPDispatchRule: (request) => directory.updateRule(request),
    DeleteSIPDispatchRule: (request) => directory.deleteRule(request),
    ListSIPInboundTrunk: list(inboundTrunks, isTrunkAskedFor),
    ListSIPOutboundTrunk: list(outboundTrunks, isTrunkAskedFor),
    ListSIPDispatchRule: list(rules, isRuleAskedFor),
    GetSIPInboundTrunk: get(inboundTrunks),
    GetSIPOutboundTrunk: get(outboundTrunks),
    ListSIPTrunk: () => ({ record: { items: directory.legacyTrunks } }),
    CreateSIPTrunk: () => ({ error: noLegacyTrunks }),
  };
  return new Map(Object.entries(methods).map(([name, act]) => [`${service}/${name}`, handler(act, key)]));
}

function list(
  records: ReadonlyMap<string, SipRecord>,
  isAskedFor: (record: SipRecord, request: SipRecord) => boolean,
): (request: SipRecord) => SipAnswer {
  return (request) => ({ record: { items: [...records.values()].filter((record) => isAskedFor(record, request)) } });
}

function get(records: ReadonlyMap<string, SipRecord>): (request: SipRecord) => SipAnswer {
  return (request) => {
    const trunk = records.get(textOf(request, 'sipTrunkId'));
    return trunk ? { record: { trunk } } : { error: { code: 'not_found', msg: 'requested sip trunk does not exist' } };
  };
}

const noLegacyTrunks: TwirpError = {
  code: 'unimplemented',
  msg: 'the phone lab does not create trunks of the old kind; create an inbound or an outbound trunk',
};

/** Passes a request without a valid token, or in protobuf, on to the server, which rejects it. */
function handler(act: (request: SipRecord) => SipAnswer, key: ServerKey): FrontHandler {
  return async (request, response, body) => {
    if (!mayUseSip(tokenOf(request), key, 'admin')) return false;
    const fields = fieldsOf(body);
    if (!fields) return false;
    const answer = act(camelCased(fields));
    if ('error' in answer) sendTwirpError(response, answer.error);
    else sendJson(response, 200, answer.record);
    return true;
  };
}

function fieldsOf(body: Buffer): SipRecord | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as SipRecord;
  } catch {
    return undefined; // Protobuf, from another SDK: the lab does not read it.
  }
}

function isTrunkAskedFor(trunk: SipRecord, request: SipRecord): boolean {
  const [ids, numbers, own] = [listOf(request, 'trunkIds'), listOf(request, 'numbers'), listOf(trunk, 'numbers')];
  if (ids.length > 0 && !ids.includes(textOf(trunk, 'sipTrunkId'))) return false;
  return numbers.length === 0 || own.length === 0 || own.some((number) => numbers.includes(number));
}

function isRuleAskedFor(rule: SipRecord, request: SipRecord): boolean {
  const [ids, trunkIds, own] = [
    listOf(request, 'dispatchRuleIds'),
    listOf(request, 'trunkIds'),
    listOf(rule, 'trunkIds'),
  ];
  if (ids.length > 0 && !ids.includes(textOf(rule, 'sipDispatchRuleId'))) return false;
  return trunkIds.length === 0 || own.length === 0 || own.some((id) => trunkIds.includes(id));
}
