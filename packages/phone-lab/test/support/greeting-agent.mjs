import { fileURLToPath } from 'node:url';
import { cli, defineAgent, ServerOptions } from '@livekit/agents';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';

// An agent of somebody who has never heard of the phone lab: it greets its caller, and ends the call when 1 is pressed.
// Its voice is a tone, so that it needs no model.
export default defineAgent({
  entry: async (ctx) => {
    await ctx.connect();
    process.stdout.write(`job in room ${ctx.room.name}\n`);
    if (process.env.AGENT_NAME === undefined) return;
    const pressed = new Promise((resolve) => {
      ctx.room.on(RoomEvent.DtmfReceived, (_code, digit) => {
        if (digit === '1') resolve(digit);
      });
    });
    const source = new AudioSource(48_000, 1);
    const track = LocalAudioTrack.createAudioTrack('voice', source);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    await ctx.room.localParticipant.publishTrack(track, options);
    const caller = await ctx.waitForParticipant();
    while (caller.attributes['sip.callStatus'] !== 'active') await new Promise((done) => setTimeout(done, 20));
    await say(source, 800);
    await pressed;
    await say(source, 1200);
    await ctx.deleteRoom();
    ctx.shutdown('the call is over');
  },
});

async function say(source, frequency) {
  for (let at = 0; at < 48_000; at += 960) {
    const wave = (i) => 6000 * Math.sin((2 * Math.PI * frequency * (at + i)) / 48_000);
    await source.captureFrame(
      new AudioFrame(
        Int16Array.from({ length: 960 }, (_, i) => wave(i)),
        48_000,
        1,
        960,
      ),
    );
  }
  await source.waitForPlayout();
}

cli.runApp(
  new ServerOptions({
    agent: fileURLToPath(import.meta.url),
    agentName: process.env.AGENT_NAME ?? '',
    // The framework's own port is taken while another worker runs.
    port: Number(process.env.WORKER_PORT),
  }),
);
