import { DisconnectReason } from '@livekit/rtc-node';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsultRoom, type ParticipantLeft } from '../../src/index.ts';
import { joinAs, optionsFor, serviceOf } from '../support/fixture.ts';
import { Microphone } from '../support/microphone.ts';
import { processWarnings } from '../support/process-warnings.ts';
import { listed, ring } from '../support/ring.ts';
import { pause, until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

describe('onParticipantLeft', () => {
  it('distinguishes a hang-up of the watched participant from a lost connection, although another listener throws', async () => {
    await using consult = await ConsultRoom.create(optionsFor(lab, 'main-room'));
    const left: ParticipantLeft[] = [];
    using seen = processWarnings();
    consult.onParticipantLeft('phone-1', () => {
      throw new Error('the disk is full');
    });
    consult.onParticipantLeft('phone-1', (one) => left.push(one));
    consult.onParticipantLeft('phone-2', (one) => left.push(one));
    const stop = consult.onParticipantLeft('phone-2', () => {
      throw new Error('was stopped');
    });
    stop();
    await consult.join();
    const answer = { kind: 'sip', attributes: { 'sip.callStatus': 'active' } };
    await using first = await joinAs(lab, consult.name, 'phone-1', answer);
    await using second = await joinAs(lab, consult.name, 'phone-2', answer);
    await using third = await joinAs(lab, consult.name, 'phone-3', answer);
    // A client without media is not shown to the other participants.
    await using _first = await Microphone.on(first, 500);
    await using _second = await Microphone.on(second, 500);
    await using _third = await Microphone.on(third, 500);
    for (const identity of ['phone-1', 'phone-2', 'phone-3']) {
      await until(`${identity} is seen`, () => consult.room?.remoteParticipants.has(identity) === true);
    }
    await third.disconnect();
    await first.localParticipant?.setAttributes({ 'sip.callStatus': 'hangup' });
    await first.disconnect();
    await until('the first left', () => left.length === 1);
    expect(left[0]).toEqual({
      identity: 'phone-1',
      how: 'hung-up',
      reason: DisconnectReason.CLIENT_INITIATED,
      lastCallStatus: 'hangup',
    });
    const ofListeners = seen.warnings.filter(
      ({ cause }) => cause instanceof Error && /full|stopped/.test(cause.message),
    );
    expect(ofListeners).toMatchObject([{ code: 'handler-failed', cause: { message: 'the disk is full' } }]);
    await serviceOf(lab).removeParticipant(consult.name, 'phone-2');
    await until('the second left', () => left.length === 2);
    expect(left[1]).toEqual({
      identity: 'phone-2',
      how: 'lost',
      reason: DisconnectReason.PARTICIPANT_REMOVED,
      lastCallStatus: 'active',
    });
  });
});

describe('onDisconnected', () => {
  it('reports that another program deleted the room, and reports nothing for close()', async () => {
    await using consult = await ConsultRoom.open(optionsFor(lab, 'main-room'));
    const reasons: DisconnectReason[] = [];
    consult.onDisconnected((reason) => reasons.push(reason));
    await serviceOf(lab).deleteRoom(consult.name);
    await until('it is reported', () => reasons.length === 1);
    expect(reasons).toEqual([DisconnectReason.ROOM_DELETED]);
    expect(consult.room).toBeUndefined();

    await using other = await ConsultRoom.open(optionsFor(lab, 'main-room'));
    other.onDisconnected((reason) => reasons.push(reason));
    await other.close();
    expect(reasons).toHaveLength(1);
  });
});

describe('close', () => {
  it('stops a ringing phone, deletes the room, and returns the same report the second time', async () => {
    const consult = await ConsultRoom.open(optionsFor(lab, 'main-room'));
    const { ended, dial } = await ring(lab, consult, '+15550103003');
    const closing = consult.close();
    expect(consult.close()).toBe(closing);
    const report = await closing;
    expect(report).toMatchObject({ clean: true, problems: [] });
    expect(await listed(lab, consult.name)).toBe(false);
    await ended;
    await dial;
  });

  it('leaves no room behind when it is closed while it joins', async () => {
    for (const afterMs of [0, 5, 20, 60]) {
      const consult = await ConsultRoom.create(optionsFor(lab, 'main-room'));
      const joining = consult.join().catch((error: unknown) => error);
      await pause(afterMs);
      expect(await consult.close()).toMatchObject({ clean: true });
      await joining;
      await pause(100);
      expect(await listed(lab, consult.name)).toBe(false);
    }
  });

  it('is clean when the room is gone already', async () => {
    const consult = await ConsultRoom.create(optionsFor(lab, 'main-room'));
    await serviceOf(lab).deleteRoom(consult.name);
    expect(await consult.close()).toMatchObject({ clean: true });
  });
});
