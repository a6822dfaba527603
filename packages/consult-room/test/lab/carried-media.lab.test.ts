import { LocalVideoTrack, TrackKind, TrackPublishOptions, TrackSource, VideoSource } from '@livekit/rtc-node';
import { startPhoneLab } from '@org/phone-lab';
import { expect, it } from 'vitest';
import { relayTrackNames } from '../../src/bridge/relay-pair.ts';
import { createMerge } from '../../src/index.ts';
import { publications } from '../support/bridge-of.ts';
import { humanIdentity, joinAs, openRooms, voices } from '../support/fixture.ts';
import { Microphone } from '../support/microphone.ts';
import { pause, until } from '../support/until.ts';

const topic = 'lk.chat';

it('a bridge carries neither video nor chat', async () => {
  await using lab = await startPhoneLab();
  await using rooms = await openRooms(lab, { music: false });
  const { callerRoom, consultRoom, consult } = rooms;
  await using caller = await joinAs(lab, callerRoom.name ?? '', 'caller');
  await using human = await joinAs(lab, consult.name, humanIdentity);
  await using _callerSpeaks = await Microphone.on(caller, voices.caller);
  await using _humanSpeaks = await Microphone.on(human, voices.human);
  const withCaller: string[] = [];
  const withHuman: string[] = [];
  callerRoom.registerTextStreamHandler(topic, (reader) => void readInto(withCaller, reader));
  human.registerTextStreamHandler(topic, (reader) => void readInto(withHuman, reader));
  await using bridge = createMerge({
    callerRoom,
    callerIdentity: 'caller',
    consultRoom,
    humanIdentity,
    strategy: 'bridge',
    verifyTimeoutMs: 10_000,
  });
  expect(await bridge.merge()).toMatchObject({ merged: true });

  const camera = LocalVideoTrack.createVideoTrack('camera', new VideoSource(64, 64));
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA });
  await caller.localParticipant?.publishTrack(camera, options);
  await caller.localParticipant?.sendText('hello', { topic });
  await until(
    'both are in the room of the caller',
    () => withCaller[0] === 'hello' && publications(callerRoom, 'caller').some(isVideo),
  );
  await pause(500);
  expect(withHuman).toEqual([]);
  const { identity = '' } = consultRoom.localParticipant ?? {};
  expect(publications(human, identity).map(({ name }) => name)).toEqual([relayTrackNames.caller]);
  await camera.close();
});

async function readInto(texts: string[], reader: { readonly readAll: () => Promise<string> }): Promise<void> {
  texts.push(await reader.readAll());
}

function isVideo({ kind }: { readonly kind?: TrackKind | undefined }): boolean {
  return kind === TrackKind.KIND_VIDEO;
}
