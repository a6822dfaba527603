import { EncryptionType, TrackKind, TrackSource } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import { optionsWithoutServer } from '../support/without-server.js';

const voice = (encryptionType: EncryptionType): object => ({
  trackPublications: new Map([
    ['TR_1', { kind: TrackKind.KIND_AUDIO, source: TrackSource.SOURCE_MICROPHONE, encryptionType }],
  ]),
});

describe('a transfer of an end-to-end encrypted caller', () => {
  it.each<[string, object]>([
    ['room', { e2eeManager: { enabled: true } }],
    ['voice', { remoteParticipants: new Map([['caller', voice(EncryptionType.GCM)]]) }],
  ])('is rejected before the caller is put on hold or called, where the %s is encrypted', async (_what, parts) => {
    const options = optionsWithoutServer();
    Object.assign(options.room ?? {}, parts);
    const phases: string[] = [];
    await using transfer = new WarmTransfer({ ...options, onPhase: ({ phase }) => phases.push(phase) });
    await expect(transfer.run()).rejects.toMatchObject({ name: 'WarmTransferError', code: 'encrypted' });
    expect(phases).toEqual([]);
  });
});
