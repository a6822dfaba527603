import type { voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { ReadableStream } from 'node:stream/web';

/** Length of a frame of silence, and the time between two, in milliseconds. */
const PIECE_MS = 500;

/**
 * Feeds silence to a session whose input is switched off, to keep its STT alive: the framework drops the frames, and a
 * streaming provider ends a stream without audio after about ten seconds with an error, which closes the session. A
 * realtime model is not fed, as it charges for its input. The framework keeps all input of a session until the session
 * closes, so the same frame is used each time, and few of them: a bridged call may last for hours. Returns a function
 * that stops it. A session that closes stops it as well.
 */
export function feedSilence(session: voice.AgentSession): () => void {
  const input = session._roomIO?.['audioInput'];
  if (input === undefined || (session.llm !== undefined && 'session' in session.llm)) return () => undefined;
  const stream = input['multiStream'];
  const [sampleRate, channels] = [Number(input['sampleRate']), Number(input['numChannels'])];
  const samples = (sampleRate * PIECE_MS) / 1000;
  const piece = new AudioFrame(new Int16Array(samples * channels), sampleRate, channels, samples);
  let feeding: NodeJS.Timeout | undefined;
  const silence = new ReadableStream<AudioFrame>({
    start: (pieces) => {
      feeding = setInterval(() => {
        if (stream.isClosed) return clearInterval(feeding);
        pieces.enqueue(piece);
      }, PIECE_MS);
    },
  });
  const id = stream.addInputStream(silence);
  return () => {
    clearInterval(feeding);
    void stream.removeInputStream(id);
  };
}
