import { readFileSync } from 'node:fs';
import { initializeLogger } from '@livekit/agents';
import { expect, it, vi } from 'vitest';
import { opinionFromModel } from '../../src/decision/second-opinion.ts';
import type { QuestionKind } from '../../src/language/consent-phrases.ts';
import { HEADLINE_TASK } from '../../src/opening/headline.ts';
import { briefingInstructions } from '../../src/prompt/briefing-instructions.ts';
import { ScriptedLLM } from '../../src/testing.ts';

const page = readFileSync(new URL('../../../../docs/internals/briefing-prompt.md', import.meta.url), 'utf8');

it('the documentation contains the whole prompt', () => {
  const prompt = briefingInstructions({
    names: { company: 'Acme', assistant: 'Robin', colleague: 'Ann Miller', department: 'billing' },
    transcript: 'Caller: My invoice of March is wrong.\nAssistant: I will get a colleague of billing.',
  });
  expect(page).toContain(`\`\`\`text\n${prompt}\n\`\`\``);
});

it('the documentation contains the request for a headline', () => {
  expect(page).toContain(`\`\`\`text\n${HEADLINE_TASK}\nWrite in English.\n\`\`\``);
});

it.each<QuestionKind>(['connect', 'more', 'presence', 'question', 'other'])(
  'the documentation contains the request for a second opinion: %s',
  async (question) => {
    initializeLogger({ pretty: false, level: 'silent' });
    const model = new ScriptedLLM({ reply: () => undefined });
    const chat = vi.spyOn(model, 'chat');
    const { signal } = new AbortController();
    await opinionFromModel(model)({ words: 'Yes.', question, language: 'English', signal });
    const [system] = chat.mock.calls[0]?.[0].chatCtx.items ?? [];
    const told = system?.type === 'message' ? (system.textContent ?? '') : '';
    const [task, situation] = [told.split('\n').slice(0, -2).join('\n'), told.split('\n').at(-2)];
    expect(page).toContain(`\`\`\`text\n${task}\n`);
    expect(page).toContain(situation);
  },
);
