import { expect, test } from 'vitest';
import { disconnectReasonOf, sipStatusError } from '../../src/twirp/sip-status-error.js';
import { refusals } from '../support/failed-dial.js';

test.each([
  [
    486,
    'invite',
    'INVITE failed: sip status: 486: Busy Here',
    'CAgSKUlOVklURSBmYWlsZWQ6IHNpcCBzdGF0dXM6IDQ4NjogQnVzeSBIZXJlGjcKJXR5cGUuZ29vZ2xlYXBpcy5jb20vbGl2ZWtpdC5TSVBTdGF0dXMSDgjmAxIJQnVzeSBIZXJl',
  ],
  [
    603,
    'invite',
    'unexpected status from INVITE response: sip status: 603: Decline',
    'CAcSQHVuZXhwZWN0ZWQgc3RhdHVzIGZyb20gSU5WSVRFIHJlc3BvbnNlOiBzaXAgc3RhdHVzOiA2MDM6IERlY2xpbmUaNQoldHlwZS5nb29nbGVhcGlzLmNvbS9saXZla2l0LlNJUFN0YXR1cxIMCNsEEgdEZWNsaW5l',
  ],
  [
    603,
    'refer',
    'sip status: 603: Decline',
    'CAcSGHNpcCBzdGF0dXM6IDYwMzogRGVjbGluZRo1CiV0eXBlLmdvb2dsZWFwaXMuY29tL2xpdmVraXQuU0lQU3RhdHVzEgwI2wQSB0RlY2xpbmU=',
  ],
  [
    486,
    'call-of-refer',
    'call transfer failed: sip status: 486: Busy Here',
    'CAgSMGNhbGwgdHJhbnNmZXIgZmFpbGVkOiBzaXAgc3RhdHVzOiA0ODY6IEJ1c3kgSGVyZRo3CiV0eXBlLmdvb2dsZWFwaXMuY29tL2xpdmVraXQuU0lQU3RhdHVzEg4I5gMSCUJ1c3kgSGVyZQ==',
  ],
] as const)(
  'a refusal %i of a request %s has the words and the details of the gateway',
  (sipStatus, to, text, details) => {
    const error = sipStatusError(sipStatus, to);
    expect(error.msg).toBe(`twirp error unknown: ${text}`);
    expect(error.meta?.['error_details']).toBe(details);
  },
);

test.each(refusals.map(([sipStatus, phrase, , code, reason]) => [sipStatus, phrase, code, reason] as const))(
  '%i %s is the Twirp code %s, and the participant leaves with reason %i',
  (sipStatus, phrase, code, reason) => {
    expect(sipStatusError(sipStatus, 'invite')).toMatchObject({ code, meta: { sip_status: phrase } });
    expect(disconnectReasonOf(sipStatus)).toBe(reason);
  },
);
