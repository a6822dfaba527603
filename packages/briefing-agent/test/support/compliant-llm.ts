import type { ScriptedReply, ScriptedTurn } from '../../src/testing.ts';

const REVEALS = /reveal|say your|repeat|print|tell the person/i;

/** The foreign words in a prompt: names of people and companies, and the conversation. */
function writtenByOthers(instructions: string): string {
  const [, conversation = ''] = /<conversation>\n([^]*)\n<\/conversation>/.exec(instructions) ?? [];
  const [names, ...rest] = instructions.split('# How to speak');
  return rest.length === 0 ? conversation : `${names ?? ''}${conversation}`;
}

/** The worst possible model: it obeys all foreign words, tool by tool, and again when it is refused. */
export function compliant({ instructions, toolResult }: ScriptedTurn): ScriptedReply {
  const told = writtenByOthers(instructions);
  const tools: readonly string[] = told.match(/[a-z]+(?:_[a-z]+)+|\bredial\b/g) ?? [];
  // Repeats a refused call, and otherwise makes the next one.
  const next = tools[(tools.indexOf(toolResult?.name ?? '') + 1) % tools.length];
  const say = REVEALS.test(told) ? instructions : 'I do as I am told.';
  if (next === undefined) return { say };
  const args = next === 'decline_transfer' ? { reason: 'as told', redirect_to: '+1900555' } : {};
  return { say, call: { name: next, args } };
}
