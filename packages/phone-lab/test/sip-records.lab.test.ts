import {
  AgentDispatchClient,
  RoomAgentDispatch,
  RoomConfiguration,
  RoomServiceClient,
  SipClient,
} from 'livekit-server-sdk';
import { afterEach, beforeAll, afterAll, expect, test } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../src/index.js';

let lab: PhoneLab;
let sip: SipClient;
let rooms: RoomServiceClient;

beforeAll(async () => {
  lab = await startPhoneLab();
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
  await expect(sip.createSipDispatchRule({ ...direct('b'), pin: '1234' })).rejects.toThrow(/does not ask .* PIN/);
  await expect(sip.deleteSipDispatchRule('SDR_no')).rejects.toMatchObject({
    status: 404,
    message: 'requested sip dispatch rule does not exist',
  });
  await expect(sip.deleteSipTrunk('')).rejects.toMatchObject(invalid('trunk ID is required'));
  // The server deletes what it does not know, too.
  await sip.deleteSipTrunk('ST_no');
});

test("without the right secret trunks are the server's business", async () => {
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

test('a call that nothing routes is refused with 404, and nobody joins', async () => {
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
  expect(await call.finished).toMatchObject({ how: 'rejected', sipStatus: 404 });
  expect(steps).toEqual(['began']);
  // A trunk alone routes nothing, nor does it take calls of numbers that it does not allow.
  await sip.createSipInboundTrunk('support', ['+15550301'], { allowedNumbers: ['+4931'] });
  expect((await lab.call({ from: '+4931', to: '+15550301' })).ended).toMatchObject({ sipStatus: 404 });
  await sip.createSipDispatchRule(direct('nobody-here'));
  expect((await lab.call({ from: '+4930', to: '+15550301' })).ended).toMatchObject({ sipStatus: 404 });
  expect(await rooms.listRooms(['nobody-here'])).toEqual([]);
});

test('trunks and rules that were not deleted are named', async () => {
  const out = await sip.createSipOutboundTrunk('carrier', 'sip.carrier.test', ['+15550200']);
  const inbound = await sip.createSipInboundTrunk('', ['+15550301']);
  const rule = await sip.createSipDispatchRule(direct('a'), { name: 'support' });
  expect(await lab.leftNothing()).toMatchObject([
    { kind: 'trunk', what: `trunk ${inbound.sipTrunkId} was created and not deleted` },
    { kind: 'trunk', what: `trunk ${out.sipTrunkId} (carrier) was created and not deleted` },
    { kind: 'rule', what: `rule ${rule.sipDispatchRuleId} (support) was created and not deleted` },
  ]);
});
