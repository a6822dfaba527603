import { initializeLogger } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { englishBriefing, frenchBriefing, germanBriefing, spanishBriefing } from '../../src/index.ts';
import { ConsentReader } from '../../src/language/consent-reader.ts';
import type { BriefingOptions } from '../../src/options/briefing-options.ts';
import { parseBriefingOptions } from '../../src/options/parse-briefing-options.ts';
import { ScriptedLLM, ScriptedRealtimeModel, ScriptedSTT, ScriptedTTS } from '../../src/testing.ts';

initializeLogger({ pretty: false, level: 'silent' });

const models = {
  llm: new ScriptedLLM({ reply: () => undefined }),
  stt: new ScriptedSTT({ words: {} }),
  tts: new ScriptedTTS({ frequency: 700 }),
};

const checked = (more: Partial<BriefingOptions> = {}): ReturnType<typeof parseBriefingOptions> =>
  parseBriefingOptions({ room: new Room(), humanIdentity: 'human', models, ...more });

describe('the first sentences', () => {
  it('name the keys in the greeting when a model does not transcribe, so that only a key accepts', () => {
    const capabilities = { userTranscription: false };
    const llm = new ScriptedRealtimeModel({ words: {}, frequency: 700, reply: () => undefined, capabilities });
    const { greeting } = checked({ models: { llm, tts: models.tts } });
    expect(greeting).toContain('Press 1 to take the call, 2 to decline.');
  });

  it.each([
    [{}, 'Hello, this is the assistant.'],
    [{ company: 'Acme' }, 'Hello, this is the assistant of Acme.'],
    [{ assistant: 'Robin' }, 'Hello, this is Robin, the assistant.'],
    [{ assistant: 'Robin', company: 'Acme' }, 'Hello, this is Robin, the assistant of Acme.'],
  ])('introduce the assistant by the known names: %o', (names, introduction) => {
    expect(checked({ names }).sentences.get('introduction')).toBe(introduction);
    expect(checked({ names }).sentences.fill('[laughs] {introduction}')).toBe(`[laughs] ${introduction}`);
  });

  it.each([englishBriefing, germanBriefing, spanishBriefing, frenchBriefing])(
    'ask whether to connect, at the end of the greeting: $name',
    (language) => {
      const { sentences, greeting } = checked({ language });
      const said = sentences.withHeadline(String(greeting), undefined);
      expect(new ConsentReader(language.consent).questionIn(said)).toBe('connect');
      expect(new ConsentReader(language.consent).questionIn(language.sentences.stillThere)).toBe('presence');
      expect(new ConsentReader(language.consent).questionIn(language.sentences.areYouThere)).toBe('presence');
      expect(said).not.toMatch(/[{}[\]]/);
    },
  );

  it('do not replace placeholders that a caller had written into the headline', () => {
    const { sentences, greeting } = checked();
    expect(sentences.withHeadline(String(greeting), 'Press {accept}, {keys} $& now.')).toBe(
      'Hello, this is the assistant. Press {accept}, {keys} $& now. May I connect you?',
    );
  });
});
