import {
  AgentDispatchClient,
  RoomAgentDispatch,
  RoomConfiguration,
  RoomServiceClient,
  SIPDispatchRuleInfo,
  SipClient,
  SIPInboundTrunkInfo,
  SIPOutboundTrunkInfo,
} from 'livekit-server-sdk';
import { afterEach, beforeAll, afterAll, expect, test } from 'vitest';
import { startPhoneLab, type PhoneCall, type PhoneLab } from '../../src/index.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;

beforeAll(async () => {
  lab = await startPhoneLab({ unroutedCalls: 'ring' });
  sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
});

afterEach(async () => {
  for (const { sipTrunkId } of [...(await sip.listSipInboundTrunk()), ...(await sip.listSipOutboundTrunk())]) {
    if (sipTrunkId !== lab.trunkId) await sip.deleteSipTrunk(sipTrunkId);
  }
  for (const { sipDispatchRuleId } of await sip.listSipDispatchRule())
    await sip.deleteSipDispatchRule(sipDispatchRuleId);
});

afterAll(() => lab.close());

const direct = (roomName: string) => ({ type: 'direct', roomName }) as const;
const names = (trunks: readonly { name: string }[]) => trunks.map(({ name }) => name);
type ListUpdate = NonNullable<Parameters<SipClient['updateSipInboundTrunkFields']>[1]['numbers']>;
/** The SDK does not export the class, and takes its fields as well. */
const change = (fields: Partial<Record<'set' | 'add' | 'remove', string[]>>) => fields as ListUpdate;
const invalid = (message: string) => ({ status: 400, code: 'invalid_argument', message });

test('an outbound trunk that was created can be dialed through, until it is deleted', async () => {
  const trunk = await sip.createSipOutboundTrunk('carrier', 'sip.carrier.test', ['+15550200', '+15550201']);
  expect(trunk).toMatchObject({
    sipTrunkId: expect.stringMatching(/^ST_/) as string,
    name: 'carrier',
    address: 'sip.carrier.test',
    numbers: ['+15550200', '+15550201'],
  });
  const phone = lab.phone('+1', async (call) => {
    await call.answer();
    await call.hangUp();
  });
  await sip.createSipParticipant(trunk.sipTrunkId, '+1', 'dialed', { waitUntilAnswered: true });
  expect((await phone.nextCall()).attributes).toMatchObject({
    'sip.trunkID': trunk.sipTrunkId,
    'sip.trunkPhoneNumber': '+15550200',
    'sip.hostname': 'sip.carrier.test',
  });
  await phone.done;
  expect(await sip.deleteSipTrunk(trunk.sipTrunkId)).toMatchObject({ sipTrunkId: trunk.sipTrunkId });
  await expect(sip.createSipParticipant(trunk.sipTrunkId, '+1', 'dialed')).rejects.toMatchObject({
    status: 404,
    code: 'not_found',
    message: 'requested sip trunk does not exist',
  });
});

test('trunks and rules are listed, all or those that are asked for', async () => {
  const out = await sip.createSipOutboundTrunk('out', 'sip.carrier.test', ['+15550200']);
  const one = await sip.createSipInboundTrunk('one', ['+15550301'], { headers: { 'X-Some_thing': 'kept' } });
  expect(one.headers).toEqual({ 'X-Some_thing': 'kept' });
  const two = await sip.createSipInboundTrunk('two', ['+15550302']);
  const rule = await sip.createSipDispatchRule(direct('a'), { trunkIds: [one.sipTrunkId], name: 'first' });
  const any = await sip.createSipDispatchRule({ type: 'individual', roomPrefix: 'call' });
  expect(names(await sip.listSipOutboundTrunk())).toEqual(['phone lab', 'out']);
  expect(names(await sip.listSipOutboundTrunk({ trunkIds: [out.sipTrunkId] }))).toEqual(['out']);
  expect(names(await sip.listSipInboundTrunk())).toEqual(['one', 'two']);
  expect(names(await sip.listSipInboundTrunk({ numbers: ['+15550302'] }))).toEqual(['two']);
  expect(await sip.listSipDispatchRule()).toEqual([rule, any]);
  // A rule without trunks is for every trunk.
  expect(await sip.listSipDispatchRule({ trunkIds: [two.sipTrunkId] })).toEqual([any]);
  expect(await sip.listSipDispatchRule({ dispatchRuleIds: [rule.sipDispatchRuleId] })).toEqual([rule]);
  expect(rule).toMatchObject({
    name: 'first',
    rule: { rule: { case: 'dispatchRuleDirect', value: { roomName: 'a' } } },
  });
  expect(await sip.deleteSipDispatchRule(rule.sipDispatchRuleId)).toEqual(rule);
  expect(await sip.listSipDispatchRule()).toEqual([any]);
});

test('what the server refuses is refused in its words', async () => {
  await expect(sip.createSipOutboundTrunk('x', 'sip.carrier.test', [])).rejects.toMatchObject(
    invalid('no trunk numbers specified'),
  );
  await expect(sip.createSipOutboundTrunk('x', '', ['+1'])).rejects.toMatchObject(
    invalid('no outbound address specified'),
  );
  await expect(sip.createSipInboundTrunk('x', [])).rejects.toThrow(/^for security, one of the fields must be set/);
  await sip.createSipInboundTrunk('taken', ['+1 (555) 0301']);
  await expect(sip.createSipInboundTrunk('x', ['15550301'])).rejects.toThrow(
    /^Conflicting inbound SIP Trunks: "<new>"/,
  );
  await sip.createSipDispatchRule(direct('a'));
  await expect(sip.createSipDispatchRule(direct('b'))).rejects.toThrow(/^Dispatch rule for the same trunk/);
  await expect(sip.deleteSipDispatchRule('SDR_no')).rejects.toMatchObject({
    status: 404,
    message: 'requested sip dispatch rule does not exist',
  });
  await expect(sip.deleteSipTrunk('')).rejects.toMatchObject(invalid('trunk ID is required'));
  // The server deletes what it does not know, too.
  await sip.deleteSipTrunk('ST_no');
});

test('trunks and rules are updated, replaced or field by field, and calls follow', async () => {
  const out = await sip.createSipOutboundTrunk('out', 'sip.carrier.test', ['+15550200']);
  await sip.updateSipOutboundTrunk(
    out.sipTrunkId,
    new SIPOutboundTrunkInfo({ name: 'other', address: 'sip.other.test', numbers: ['+15550200'] }),
  );
  const numbers = change({ add: ['+15550201'], remove: ['+15550200'] });
  const moved = await sip.updateSipOutboundTrunkFields(out.sipTrunkId, { numbers });
  expect(moved).toMatchObject({ name: 'other', address: 'sip.other.test', numbers: ['+15550201'] });
  const phone = lab.phone('+1', async (call) => {
    await call.answer();
    await call.hangUp();
  });
  await sip.createSipParticipant(out.sipTrunkId, '+1', 'dialed', { waitUntilAnswered: true });
  expect((await phone.nextCall()).attributes).toMatchObject({
    'sip.trunkPhoneNumber': '+15550201',
    'sip.hostname': 'sip.other.test',
  });
  await phone.done;
  const inbound = await sip.createSipInboundTrunk('in', ['+15550301']);
  await sip.updateSipInboundTrunkFields(inbound.sipTrunkId, {
    numbers: change({ set: ['+15550302'] }),
    metadata: 'new',
  });
  const rule = await sip.createSipDispatchRule(direct('a'), { attributes: { team: 'a', old: 'x' } });
  await sip.updateSipDispatchRuleFields(rule.sipDispatchRuleId, {
    trunkIds: change({ set: [inbound.sipTrunkId] }),
    attributes: { team: 'b', old: '' },
  });
  const call = await lab.call({ from: '+4930', to: '+15550302' });
  expect(call).toMatchObject({ roomName: 'a', attributes: { team: 'b', 'sip.trunkID': inbound.sipTrunkId } });
  expect(call.attributes).not.toHaveProperty('old');
  await call.hangUp();
  await call.finished;
  const replaced = await sip.updateSipInboundTrunk(
    inbound.sipTrunkId,
    new SIPInboundTrunkInfo({ name: 'replaced', numbers: ['+15550303'] }),
  );
  expect(replaced).toMatchObject({ sipTrunkId: inbound.sipTrunkId, name: 'replaced', metadata: '' });
  const [known] = await sip.listSipInboundTrunk();
  expect(known).toEqual(replaced);
});

test('an update that the server refuses is refused in its words, and nothing changes', async () => {
  const one = await sip.createSipInboundTrunk('one', ['+15550301']);
  const two = await sip.createSipInboundTrunk('two', ['+15550302']);
  await expect(sip.updateSipInboundTrunkFields('ST_no', { name: 'x' })).rejects.toMatchObject({
    status: 404,
    code: 'not_found',
    message: 'requested sip trunk does not exist',
  });
  await expect(sip.updateSipDispatchRule('SDR_no', new SIPDispatchRuleInfo())).rejects.toMatchObject({ status: 404 });
  await expect(sip.updateSipInboundTrunkFields('', { name: 'x' })).rejects.toMatchObject(
    invalid('trunk id must be set'),
  );
  const both = change({ set: ['+1'], add: ['+2'] });
  await expect(sip.updateSipInboundTrunkFields(two.sipTrunkId, { numbers: both })).rejects.toMatchObject(
    invalid('cannot set and change the list at the same time'),
  );
  const taken = sip.updateSipInboundTrunkFields(two.sipTrunkId, { numbers: change({ add: ['+15550301'] }) });
  await expect(taken).rejects.toThrow(/^Conflicting inbound SIP Trunks: "ST_/);
  const other = new SIPInboundTrunkInfo({ sipTrunkId: one.sipTrunkId, numbers: ['+15550305'] });
  await expect(sip.updateSipInboundTrunk(two.sipTrunkId, other)).rejects.toThrow(/must be empty or match/);
  await sip.createSipDispatchRule(direct('a'), { trunkIds: [one.sipTrunkId] });
  const rule = await sip.createSipDispatchRule(direct('b'), { trunkIds: [two.sipTrunkId] });
  const twin = sip.updateSipDispatchRuleFields(rule.sipDispatchRuleId, { trunkIds: change({ set: [one.sipTrunkId] }) });
  await expect(twin).rejects.toThrow(/^Dispatch rule for the same trunk/);
  expect(await sip.listSipInboundTrunk()).toEqual([one, two]);
});

test('trunks are listed in the form of the old kind, which cannot be created', async () => {
  const inbound = await sip.createSipInboundTrunk('in', ['+15550301'], { allowedNumbers: ['+4930'] });
  expect(await sip.listSipTrunk()).toMatchObject([
    {
      sipTrunkId: inbound.sipTrunkId,
      kind: 1,
      outboundNumber: '+15550301',
      inboundNumbers: ['+4930'],
    },
    { sipTrunkId: lab.trunkId, kind: 2, outboundNumber: lab.trunkNumber },
  ]);
  await expect(sip.createSipTrunk('+15550302')).rejects.toMatchObject({
    status: 501,
    code: 'unimplemented',
    message: expect.stringMatching(/phone lab does not create trunks of the old kind/) as string,
  });
});

test('a rule with a PIN asks for it: what the caller types decides the room', async () => {
  await sip.createSipInboundTrunk('conference', ['+15550301']);
  await sip.createSipDispatchRule({ type: 'direct', roomName: 'board', pin: '1234' });
  const to = '+15550301';
  const steps: string[] = [];
  const script = async (call: PhoneCall): Promise<void> => {
    steps.push('started');
    await call.connected();
  };
  for (const pin of [undefined, '9999']) {
    const refused = await lab.call({ from: '+4930', to, script, ...(pin !== undefined && { pin }) });
    expect(await refused.finished).toMatchObject({ how: 'wrong-pin' });
  }
  expect(steps).toEqual(['started', 'started']);
  expect(await rooms.listRooms(['board'])).toEqual([]);
  await sip.createSipDispatchRule(direct('lobby'));
  const calls = [await lab.call({ from: '+4930', to, pin: '1234' }), await lab.call({ from: '+4931', to })];
  expect(calls.map(({ roomName }) => roomName)).toEqual(['board', 'lobby']);
  for (const call of calls) {
    await call.hangUp();
    await call.finished;
  }
});

test('among rules for a call the server prefers those for its numbers', async () => {
  await sip.createSipInboundTrunk('all', ['+15550301', '+15550302']);
  await sip.createSipDispatchRule({ type: 'individual', roomPrefix: 'call' });
  const rule = await sip.createSipDispatchRule({ type: 'callee', roomPrefix: 'vip' }, { trunkIds: ['ST_other'] });
  rule.trunkIds = [];
  rule.inboundNumbers = ['+4999'];
  await sip.updateSipDispatchRule(rule.sipDispatchRuleId, rule);
  const vip = await lab.call({ from: '+4999', to: '+15550301' });
  expect(vip.roomName).toBe('vip_+15550301');
  const other = await lab.call({ from: '+4930', to: '+15550301' });
  expect(other.roomName).toMatch(/^call_/);
  for (const call of [vip, other]) {
    await call.hangUp();
    await call.finished;
  }
});

test('a wrong secret is 401 and creates no trunk', async () => {
  const stranger = new SipClient(lab.url, lab.apiKey, 'another-secret-of-more-than-32-characters');
  await expect(stranger.createSipInboundTrunk('x', ['+1'])).rejects.toMatchObject({ status: 401 });
  expect(await sip.listSipInboundTrunk()).toEqual([]);
});

test('a call to a number of an inbound trunk goes to the room of its direct rule', async () => {
  const trunk = await sip.createSipInboundTrunk('support', ['+15550301']);
  const other = await sip.createSipInboundTrunk('sales', ['+15550302']);
  const rule = await sip.createSipDispatchRule(direct('support'), {
    trunkIds: [trunk.sipTrunkId],
    metadata: 'of the rule',
    attributes: { team_name: 'billing' },
  });
  await sip.createSipDispatchRule(direct('sales'), { trunkIds: [other.sipTrunkId] });
  const call = await lab.call({ from: '+4930', to: '+15550301' });
  expect(call).toMatchObject({ roomName: 'support', identity: 'sip_+4930' });
  expect(await rooms.getParticipant('support', 'sip_+4930')).toMatchObject({
    name: 'Phone +4930',
    metadata: 'of the rule',
    attributes: {
      team_name: 'billing',
      'sip.trunkID': trunk.sipTrunkId,
      'sip.ruleID': rule.sipDispatchRuleId,
      'sip.phoneNumber': '+4930',
      'sip.trunkPhoneNumber': '+15550301',
      'sip.callStatus': 'ringing',
    },
  });
  await call.hangUp();
  await call.finished;
});

test('a call goes to a room of its own, or of the dialed number, if the rule says so', async () => {
  const trunk = await sip.createSipInboundTrunk('all', ['+15550301', '+15550302']);
  const rule = await sip.createSipDispatchRule({ type: 'individual', roomPrefix: 'call' });
  const calls = [
    await lab.call({ from: '+4930', to: '+15550301' }),
    await lab.call({ from: '+4930', to: '+15550301', identity: 'again' }),
  ];
  for (const { roomName } of calls) expect(roomName).toMatch(/^call_\+4930_\w+$/);
  expect(calls[0]?.roomName).not.toBe(calls[1]?.roomName);
  await sip.deleteSipDispatchRule(rule.sipDispatchRuleId);
  const callee = { type: 'callee', roomPrefix: 'to' } as const;
  await sip.createSipDispatchRule(callee, { trunkIds: [trunk.sipTrunkId], hidePhoneNumber: true });
  const hidden = await lab.call({ from: '+493012345', to: '+15550302' });
  expect(hidden.roomName).toBe('to_+15550302');
  expect(hidden.identity).toMatch(/^sip_[\da-f]{16}$/);
  expect(hidden.attributes).not.toHaveProperty(['sip.phoneNumber']);
  for (const call of [...calls, hidden]) {
    await call.hangUp();
    await call.finished;
  }
});

test('a rule dispatches the agents of its room configuration', async () => {
  await sip.createSipInboundTrunk('support', ['+15550301']);
  const agents = [new RoomAgentDispatch({ agentName: 'support-agent', metadata: '{}' })];
  await sip.createSipDispatchRule(direct('with-agent'), { roomConfig: new RoomConfiguration({ agents }) });
  const call = await lab.call({ from: '+4930', to: '+15550301' });
  const dispatches = await new AgentDispatchClient(lab.url, lab.apiKey, lab.apiSecret).listDispatch('with-agent');
  expect(dispatches).toContainEqual(expect.objectContaining({ agentName: 'support-agent', metadata: '{}' }));
  await call.hangUp();
  await call.finished;
});

test('a call that nothing routes rings until the caller gives up, and joins no room', async () => {
  const steps: string[] = [];
  const call = await lab.call({
    from: '+4930',
    to: '+15550399',
    script: async (phone) => {
      steps.push('began');
      await phone.connected();
      steps.push('connected');
    },
  });
  // A trunk alone routes nothing, nor does it take calls of numbers that it does not allow.
  await sip.createSipInboundTrunk('support', ['+15550301'], { allowedNumbers: ['+4931'] });
  const noRule = await lab.call({ from: '+4931', to: '+15550301', ringLimitMs: 300 });
  await sip.createSipDispatchRule(direct('nobody-here'));
  const notAllowed = await lab.call({ from: '+4930', to: '+15550301', ringLimitMs: 300 });
  for (const unrouted of [noRule, notAllowed]) {
    expect(unrouted).toMatchObject({ roomName: '', ended: undefined });
    expect(await unrouted.finished).toMatchObject({ how: 'no-answer' });
  }
  expect(call.ended).toBeUndefined();
  expect((await lab.leftNothing()).filter(({ kind }) => kind === 'call')).toEqual([]);
  await call.hangUp();
  expect(await call.finished).toMatchObject({ how: 'hung-up' });
  expect(steps).toEqual(['began']);
  expect(await rooms.listRooms(['nobody-here'])).toEqual([]);
});

test('without any trunk a rule for every trunk takes calls to every number', async () => {
  await sip.createSipDispatchRule(direct('open'));
  const call = await lab.call({ from: '+4930', to: '+15550399' });
  expect(call.roomName).toBe('open');
  expect(call.attributes).not.toHaveProperty(['sip.trunkID']);
  await call.hangUp();
  await call.finished;
});

test('a trunk with a user and a password refuses callers who have none, or others', async () => {
  await sip.createSipInboundTrunk('safe', ['+15550301'], { authUsername: 'anna', authPassword: 'secret' });
  await sip.createSipDispatchRule(direct('safe'));
  const to = '+15550301';
  expect((await lab.call({ from: '+4930', to })).ended).toMatchObject({ how: 'rejected', sipStatus: 407 });
  const wrong = { username: 'anna', password: 'guess' };
  expect((await lab.call({ from: '+4930', to, credentials: wrong })).ended).toMatchObject({ sipStatus: 401 });
  const call = await lab.call({ from: '+4930', to, credentials: { username: 'anna', password: 'secret' } });
  expect(call).toMatchObject({ roomName: 'safe', ended: undefined });
  await call.hangUp();
  await call.finished;
});

test('headers of a call that comes in become attributes, as its trunk says', async () => {
  const trunk = SIPInboundTrunkInfo.fromJson({
    numbers: ['+15550301'],
    headersToAttributes: { 'X-Caller': 'my.caller' },
    includeHeaders: 'SIP_X_HEADERS',
  });
  const { sipTrunkId } = await sip.createSipInboundTrunk('headers', ['+15550302']);
  await sip.updateSipInboundTrunk(sipTrunkId, trunk);
  await sip.createSipDispatchRule(direct('headers'));
  const headers = { 'x-caller': 'abc', 'X-Other': 'o', Subject: 's' };
  const call = await lab.call({ from: '+4930', to: '+15550301', headers });
  expect((await rooms.getParticipant('headers', 'sip_+4930')).attributes).toMatchObject({
    'my.caller': 'abc',
    'sip.h.x-caller': 'abc',
    'sip.h.x-other': 'o',
  });
  expect(call.attributes).not.toHaveProperty(['sip.h.subject']);
  await call.hangUp();
  await call.finished;
});
