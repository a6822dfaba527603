import type { voice } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { WarmTransfer, WarmTransferError } from '../../src/index.js';
import { optionsWithoutServer } from '../support/without-server.js';

const roomIo = {
  inputOptions: { textInputCallback: () => undefined },
  rtcRoom: undefined,
  linkedParticipant: undefined,
};

/** A session as it is once it has started, with parts as a later version of the framework may have them. */
function sessionWith(parts: object): voice.AgentSession {
  const { session } = optionsWithoutServer();
  const sessionHost = { handleRequest: () => undefined, sendResponse: () => undefined };
  for (const [name, value] of Object.entries({ _roomIO: roomIo, sessionHost, ...parts })) {
    Object.defineProperty(session, name, { value, configurable: true });
  }
  return session;
}

describe('the framework', () => {
  it('is taken as it is today', () => {
    expect(() => new WarmTransfer({ ...optionsWithoutServer(), session: sessionWith({}) })).not.toThrow();
    expect(() => new WarmTransfer(optionsWithoutServer())).not.toThrow();
  });

  it.each<[string, object]>([
    ['RoomIO.inputOptions', { _roomIO: { options: {}, rtcRoom: undefined, linkedParticipant: undefined } }],
    ['RoomIO.inputOptions', { _roomIO: { inputOptions: {}, rtcRoom: undefined, linkedParticipant: undefined } }],
    ['SessionHost.handleRequest', { sessionHost: { onRequest: () => undefined, sendResponse: () => undefined } }],
    ['ParticipantAudioInputStream.multiStream', { _roomIO: { ...roomIo, audioInput: { multiStream: {} } } }],
    ['AgentActivity.interruptQueuedSpeeches', { _activity: { currentSpeech: undefined } }],
    ['AgentSession._closingSignal', { _closingSignal: undefined }],
    ['AgentSession._started', { _started: undefined }],
  ])(
    'is refused when %s has changed, before the caller is put on hold, and the tested version is named',
    (field, parts) => {
      const make = (): unknown => new WarmTransfer({ ...optionsWithoutServer(), session: sessionWith(parts) });
      expect(make).toThrow(expect.objectContaining({ code: 'unsupported-framework' }));
      expect(make).toThrow(`\`${field}\` than 1.9.0`);
    },
  );

  it('is checked again when the transfer starts, since the session may have started meanwhile', async () => {
    const options = optionsWithoutServer();
    await using transfer = new WarmTransfer(options);
    Object.defineProperty(options.session, '_roomIO', { value: { options: {} } });
    await expect(transfer.run()).rejects.toSatisfy((error) => WarmTransferError.isInstance(error));
  });
});
