import { ParticipantKind, type Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { expectReadmeToShow } from '../../../../../vitest.readme.ts';
import { validateTransferOptions } from '../../../src/options/validate-transfer-options.js';
import { readCallerNumber, shownNumber } from '../../../src/options/targets/caller-id.js';
import { transferAsCaller } from '../../readme-caller-id.js';
import { optionsWithoutServer } from '../../support/without-server.js';

const sipCallTo = '+15550142';
const environment = { LIVEKIT_SIP_NUMBER: '+15550100' };
const common = { sipTrunkId: 'ST_1' };
const fallbackOn = [403, 607, 608];

function shown(options: object, target: object): string | undefined {
  return shownNumber({ ...common, ...options }, { sipCallTo, ...target }, { environment: {} }).callerId;
}

function number(attributes: Record<string, string>, kind = ParticipantKind.SIP): string | undefined {
  const caller = { attributes, info: { kind } };
  return readCallerNumber({ remoteParticipants: new Map([['caller', caller]]) } as unknown as Room, 'caller');
}

describe('the number that a phone shows', () => {
  it('is ours, unless something else is asked for', () => {
    for (const callerId of [undefined, 'trunk'] as const) {
      expect(shownNumber({ ...common, callerId }, { sipCallTo }, { environment })).toEqual({
        callerId: '+15550100',
        fallbackOn: [],
      });
    }
    expect(shownNumber({ ...common, callerId: 'trunk' }, { sipCallTo }, { environment: {} }).callerId).toBeUndefined();
    const plain = shownNumber({ ...common, sipNumber: '+15550111' }, { sipCallTo }, { environment });
    expect(plain).toEqual({ callerId: '+15550111', fallbackOn: [] });
  });

  it("is the caller's where that is asked for and known, else ours", () => {
    const known = { environment, callerNumber: '+15550199' };
    const options = { ...common, callerId: 'caller' };
    expect(shownNumber(options, { sipCallTo }, known)).toEqual({ callerId: '+15550199', fallbackOn });
    expect(shownNumber(options, { sipCallTo }, { environment })).toEqual({ callerId: '+15550100', fallbackOn: [] });
    expect(shownNumber({ ...options, callerIdFallbackOn: [488] }, { sipCallTo }, known).fallbackOn).toEqual([488]);
  });

  it("is the target's, of whichever kind, before that of the options", () => {
    expect(shown({ sipNumber: '+15550111' }, { callerId: '+15550122' })).toBe('+15550122');
    expect(shown({ callerId: '+15550111' }, { sipNumber: '+15550122' })).toBe('+15550122');
    expect(shown({ sipNumber: '+15550111' }, { callerId: 'trunk' })).toBeUndefined();
  });

  it('has no other to fall back on with a connection that brings none', () => {
    const options = { sipConnection: { hostname: 'sip.example.com' }, callerId: '+15550122' };
    expect(shownNumber(options, { sipCallTo }, { environment: {} }).fallbackOn).toEqual([]);
    expect(shownNumber(options, { sipCallTo }, { environment }).fallbackOn).toEqual(fallbackOn);
  });

  it('is rejected beside a plain one', () => {
    const both = { sipNumber: '+15550111', callerId: 'trunk' };
    const refusal = '`callerId` is one too many';
    expect(() => validateTransferOptions({ ...common, ...both, sipCallTo })).toThrow(refusal);
    expect(() => validateTransferOptions({ ...common, targets: { sipCallTo, ...both } })).toThrow(refusal);
  });
});

describe("a caller's number", () => {
  it('is what their phone shows', () => {
    expect(number({ 'sip.phoneNumber': '+15550199' })).toBe('+15550199');
    expect(number({ 'sip.phoneNumber': '0301234567', 'sip.h.privacy': 'none' })).toBe('0301234567');
  });

  it.each([
    ['is withheld', { 'sip.phoneNumber': 'anonymous' }],
    ['is asked to be private', { 'sip.phoneNumber': '+15550199', 'sip.h.privacy': 'id' }],
    ['is hidden by the trunk', {}],
    ['is no number', { 'sip.phoneNumber': '+1555;evil' }],
  ])('is unknown when it %s', (_what, attributes) => {
    expect(number(attributes)).toBeUndefined();
  });

  it('is unknown of a caller in a browser, whatever their attributes say, and of one who is gone', () => {
    expect(number({ 'sip.phoneNumber': '+15550199' }, ParticipantKind.STANDARD)).toBeUndefined();
    expect(readCallerNumber({ remoteParticipants: new Map() } as unknown as Room, undefined)).toBeUndefined();
  });
});

it('the README example of caller IDs is what the README shows, and is accepted', () => {
  expectReadmeToShow(new URL('../../readme-caller-id.ts', import.meta.url), {
    readme: '../../docs/reference/warm-transfer.md',
  });
  expect(() => transferAsCaller(optionsWithoutServer(), '+15550100', 'T-7')).not.toThrow();
});
