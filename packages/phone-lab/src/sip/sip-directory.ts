import type { TwirpError } from '../front/twirp-error.js';
import { currentOrigin, type Origin } from '../origin/origin.js';
import { sipId } from '../phone/sip-ids.js';
import { listOf, messageOf, normalNumber, recordOf, textOf, type SipRecord } from './sip-records.js';

/** What a method of the directory answers. */
export type SipAnswer = { readonly record: SipRecord } | { readonly error: TwirpError };

/** The outbound trunk that the lab itself brings. */
interface OwnTrunk {
  readonly trunkId: string;
  readonly trunkNumber: string;
}

/** Something that was created and not deleted; one line for the reader. */
interface LeftRecord {
  readonly kind: 'trunk' | 'rule';
  readonly what: string;
  readonly origin: Origin | undefined;
}

/** Host of the lab's own trunk. */
const ownAddress = 'sip.phone-lab.test';

/** Trunks and dispatch rules, as the server keeps them, with its answers and errors. */
export class SipDirectory {
  readonly inboundTrunks: Map<string, SipRecord> = new Map();
  readonly outboundTrunks: Map<string, SipRecord> = new Map();
  readonly rules: Map<string, SipRecord> = new Map();
  readonly #ownTrunkId: string;
  readonly #origins = new Map<string, Origin | undefined>();

  constructor({ trunkId, trunkNumber }: OwnTrunk) {
    this.#ownTrunkId = trunkId;
    const own = { sipTrunkId: trunkId, name: 'phone lab', address: ownAddress, numbers: [trunkNumber] };
    this.outboundTrunks.set(trunkId, own);
  }

  /** What was created and not deleted, one line each. */
  get left(): LeftRecord[] {
    const trunks = [...this.inboundTrunks, ...this.outboundTrunks].filter(([id]) => id !== this.#ownTrunkId);
    return [
      ...trunks.map(([id, record]) => ({ ...leftRecord('trunk', id, record), origin: this.#origins.get(id) })),
      ...[...this.rules].map(([id, record]) => ({ ...leftRecord('rule', id, record), origin: this.#origins.get(id) })),
    ];
  }

  createInboundTrunk(request: SipRecord): SipAnswer {
    const trunk = messageOf(request, 'trunk');
    if (!trunk) return invalid('missing trunk');
    if (textOf(trunk, 'sipTrunkId') !== '') return invalid('trunk id must not be set');
    const numbers = listOf(trunk, 'numbers');
    const safe = numbers.length > 0 || listOf(trunk, 'allowedAddresses').length > 0 || textOf(trunk, 'authUsername');
    if (!safe) {
      return invalid(
        'for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers',
      );
    }
    const conflict = this.#conflictOf(trunk);
    return conflict ? invalid(conflict) : this.#store(this.inboundTrunks, 'sipTrunkId', sipId('ST'), trunk);
  }

  createOutboundTrunk(request: SipRecord): SipAnswer {
    const trunk = messageOf(request, 'trunk');
    if (!trunk) return invalid('missing trunk');
    if (textOf(trunk, 'sipTrunkId') !== '') return invalid('trunk id must not be set');
    if (listOf(trunk, 'numbers').length === 0) return invalid('no trunk numbers specified');
    if (textOf(trunk, 'address') === '') return invalid('no outbound address specified');
    return this.#store(this.outboundTrunks, 'sipTrunkId', sipId('ST'), trunk);
  }

  /** An unknown id is answered like a known one, as the server does. */
  deleteTrunk(request: SipRecord): SipAnswer {
    const id = textOf(request, 'sipTrunkId');
    if (id === '') return invalid('trunk ID is required');
    this.inboundTrunks.delete(id);
    this.outboundTrunks.delete(id);
    return { record: { sipTrunkId: id } };
  }

  createRule(request: SipRecord): SipAnswer {
    const { dispatchRule, ...older } = request;
    const info = dispatchRule === undefined ? older : (messageOf(request, 'dispatchRule') ?? {});
    if (textOf(info, 'sipDispatchRuleId') !== '') return invalid('rule id must not be set');
    const rule = messageOf(info, 'rule');
    if (!rule) return invalid('missing rule');
    if (Object.keys(rule).some((kind) => textOf(recordOf(rule, kind), 'pin') !== '')) {
      return invalid('the phone lab does not ask callers for a PIN');
    }
    const twin = this.#twinOf(info);
    if (twin) {
      const name = `"${textOf(twin, 'sipDispatchRuleId')}" "${textOf(twin, 'name')}"`;
      return invalid(
        `Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch rule ${name}`,
      );
    }
    return this.#store(this.rules, 'sipDispatchRuleId', sipId('SDR'), { ...info, rule });
  }

  deleteRule(request: SipRecord): SipAnswer {
    const id = textOf(request, 'sipDispatchRuleId');
    if (id === '') return invalid('dispatch rule ID is required');
    const record = this.rules.get(id);
    if (!record) return { error: { code: 'not_found', msg: 'requested sip dispatch rule does not exist' } };
    this.rules.delete(id);
    return { record };
  }

  #store(records: Map<string, SipRecord>, idName: string, id: string, info: SipRecord): SipAnswer {
    const record = { ...info, [idName]: id };
    records.set(id, record);
    this.#origins.set(id, currentOrigin());
    return { record };
  }

  #conflictOf(trunk: SipRecord): string | undefined {
    const numbers = new Set(listOf(trunk, 'numbers').map(normalNumber));
    for (const [id, other] of this.inboundTrunks) {
      const shared = listOf(other, 'numbers').filter((number) => numbers.has(normalNumber(number)));
      const isOpen = listOf(other, 'allowedNumbers').length === 0 && listOf(trunk, 'allowedNumbers').length === 0;
      if (shared.length > 0 && isOpen) {
        return `Conflicting inbound SIP Trunks: "<new>" and "${id}", using the same number(s) ["${shared.join('" "')}"] without AllowedNumbers set`;
      }
    }
    return undefined;
  }

  #twinOf(rule: SipRecord): SipRecord | undefined {
    const keys = new Set(ruleKeys(rule));
    return [...this.rules.values()].find((other) => ruleKeys(other).some((key) => keys.has(key)));
  }
}

function leftRecord(kind: LeftRecord['kind'], id: string, record: SipRecord): Omit<LeftRecord, 'origin'> {
  const name = textOf(record, 'name');
  return { kind, what: `${kind} ${id}${name && ` (${name})`} was created and not deleted` };
}

function orAny(list: readonly string[]): readonly string[] {
  return list.length === 0 ? [''] : list;
}

/** The calls that a rule is for; no two rules may be for the same. */
function ruleKeys(rule: SipRecord): string[] {
  const [trunks, inbound, numbers] = ['trunkIds', 'inboundNumbers', 'numbers'].map((name) => orAny(listOf(rule, name)));
  return (trunks ?? []).flatMap((trunk) =>
    (inbound ?? []).flatMap((from) =>
      (numbers ?? []).map((to) => [trunk, normalNumber(from), normalNumber(to)].join('\n')),
    ),
  );
}

function invalid(msg: string): SipAnswer {
  return { error: { code: 'invalid_argument', msg } };
}
