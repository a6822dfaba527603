import { once } from 'node:events';
import { initializeLogger } from '@livekit/agents';
import { expect, it } from 'vitest';
import { ScriptedTTS } from '../../src/testing.ts';

initializeLogger({ pretty: false, level: 'silent' });

it('the scripted voice reports, as other voices do, how much audio it made from how many characters', async () => {
  const voice = new ScriptedTTS({ frequency: 700, msPerCharacter: 20 });
  const told = once(voice, 'metrics_collected', { signal: AbortSignal.timeout(5_000) });
  const stream = voice.stream();
  stream.pushText('Hello, this is the assistant.');
  stream.flush();
  stream.endInput();
  expect(await told).toMatchObject([{ type: 'tts_metrics', charactersCount: 29, audioDurationMs: 580 }]);
});
