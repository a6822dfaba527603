import type { TwirpError } from '../twirp/twirp-error.js';
import { currentCreatedBy, type CreatedBy } from '../attribution/created-by.js';
import { sipId } from './sip-ids.js';
import { inboundTrunkProblem, outboundTrunkProblem, ruleProblem } from './check-record.js';
import { listOf, messageOf, textOf, type SipRecord } from './sip-records.js';
import { updatedRecord } from './update-record.js';

/** The response of a method of the directory. */
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
  readonly origin: CreatedBy | undefined;
}

/** Records of one kind: where they are, and what the server asks of them. */
interface Kind {
  readonly records: Map<string, SipRecord>;
  readonly idName: 'sipTrunkId' | 'sipDispatchRuleId';
  readonly word: 'trunk' | 'rule';
  readonly problem: (record: SipRecord, id?: string) => string | undefined;
}

/** Host of the lab's own trunk. */
const ownAddress = 'sip.phone-lab.test';

/** Trunks and dispatch rules, as the server keeps them, with its answers and errors. */
export class SipDirectory {
  readonly inboundTrunks: Map<string, SipRecord> = new Map();
  readonly outboundTrunks: Map<string, SipRecord> = new Map();
  readonly rules: Map<string, SipRecord> = new Map();
  readonly #ownTrunkId: string;
  readonly #inbound: Kind = {
    records: this.inboundTrunks,
    idName: 'sipTrunkId',
    word: 'trunk',
    problem: (trunk, id) => inboundTrunkProblem(trunk, this.inboundTrunks, id),
  };
  readonly #outbound: Kind = {
    records: this.outboundTrunks,
    idName: 'sipTrunkId',
    word: 'trunk',
    problem: outboundTrunkProblem,
  };
  readonly #rule: Kind = {
    records: this.rules,
    idName: 'sipDispatchRuleId',
    word: 'rule',
    problem: (rule, id) => ruleProblem(rule, this.rules, id),
  };
  readonly #origins = new Map<string, CreatedBy | undefined>();

  constructor({ trunkId, trunkNumber }: OwnTrunk) {
    this.#ownTrunkId = trunkId;
    const own = { sipTrunkId: trunkId, name: 'phone lab', address: ownAddress, numbers: [trunkNumber] };
    this.outboundTrunks.set(trunkId, own);
  }

  /** The records that were created and not deleted, one line each. */
  get left(): LeftRecord[] {
    const trunks = [...this.inboundTrunks, ...this.outboundTrunks].filter(([id]) => id !== this.#ownTrunkId);
    return [
      ...trunks.map(([id, record]) => ({ ...leftRecord('trunk', id, record), origin: this.#origins.get(id) })),
      ...[...this.rules].map(([id, record]) => ({ ...leftRecord('rule', id, record), origin: this.#origins.get(id) })),
    ];
  }

  createInboundTrunk(request: SipRecord): SipAnswer {
    return create(this.#origins, this.#inbound, messageOf(request, 'trunk'));
  }

  createOutboundTrunk(request: SipRecord): SipAnswer {
    return create(this.#origins, this.#outbound, messageOf(request, 'trunk'));
  }

  createRule(request: SipRecord): SipAnswer {
    const { dispatchRule, ...older } = request;
    return create(
      this.#origins,
      this.#rule,
      dispatchRule === undefined ? older : (messageOf(request, 'dispatchRule') ?? {}),
    );
  }

  updateInboundTrunk(request: SipRecord): SipAnswer {
    return update(this.#inbound, request);
  }

  updateOutboundTrunk(request: SipRecord): SipAnswer {
    return update(this.#outbound, request);
  }

  updateRule(request: SipRecord): SipAnswer {
    return update(this.#rule, request);
  }

  /** Both kinds of trunks in the form of the one kind that there was at first. */
  get legacyTrunks(): SipRecord[] {
    const inbound = [...this.inboundTrunks.values()].map((trunk) => ({
      ...sharedFields(trunk),
      kind: 'TRUNK_INBOUND',
      outboundNumber: listOf(trunk, 'numbers')[0] ?? '',
      inboundAddresses: listOf(trunk, 'allowedAddresses'),
      inboundNumbers: listOf(trunk, 'allowedNumbers'),
    }));
    const outbound = [...this.outboundTrunks.values()].map((trunk) => ({
      ...sharedFields(trunk),
      kind: 'TRUNK_OUTBOUND',
      outboundAddress: textOf(trunk, 'address'),
      outboundNumber: listOf(trunk, 'numbers')[0] ?? '',
    }));
    return [...inbound, ...outbound];
  }

  /** An unknown id is answered like a known one, as the server does. */
  deleteTrunk(request: SipRecord): SipAnswer {
    const id = textOf(request, 'sipTrunkId');
    if (id === '') return invalid('trunk ID is required');
    this.inboundTrunks.delete(id);
    this.outboundTrunks.delete(id);
    return { record: { sipTrunkId: id } };
  }

  deleteRule(request: SipRecord): SipAnswer {
    const id = textOf(request, 'sipDispatchRuleId');
    if (id === '') return invalid('dispatch rule ID is required');
    const record = this.rules.get(id);
    if (!record) return unknown('rule');
    this.rules.delete(id);
    return { record };
  }
}

function sharedFields({ sipTrunkId, name, metadata }: SipRecord): SipRecord {
  return { sipTrunkId, name, metadata };
}

function create(
  origins: Map<string, CreatedBy | undefined>,
  { records, idName, word, problem }: Kind,
  info: SipRecord | undefined,
): SipAnswer {
  if (!info) return invalid(`missing ${word}`);
  if (textOf(info, idName) !== '') return invalid(`${word} id must not be set`);
  const why = problem(info);
  if (why !== undefined) return invalid(why);
  const id = sipId(word === 'trunk' ? 'ST' : 'SDR');
  const record = { ...info, [idName]: id };
  records.set(id, record);
  origins.set(id, currentCreatedBy());
  return { record };
}

function update({ records, idName, word, problem }: Kind, request: SipRecord): SipAnswer {
  const id = textOf(request, idName);
  if (id === '') return invalid(`${word} id must be set`);
  const record = records.get(id);
  if (!record) return unknown(word);
  const updated = updatedRecord(record, request, idName);
  if ('problem' in updated) return invalid(updated.problem);
  const why = problem(updated.record, id);
  if (why !== undefined) return invalid(why);
  records.set(id, updated.record);
  return updated;
}

function leftRecord(kind: LeftRecord['kind'], id: string, record: SipRecord): Omit<LeftRecord, 'origin'> {
  const name = textOf(record, 'name');
  return { kind, what: `${kind} ${id}${name && ` (${name})`} was created and not deleted` };
}

function unknown(word: Kind['word']): SipAnswer {
  const what = word === 'trunk' ? 'trunk' : 'dispatch rule';
  return { error: { code: 'not_found', msg: `requested sip ${what} does not exist` } };
}

function invalid(msg: string): SipAnswer {
  return { error: { code: 'invalid_argument', msg } };
}
