import { type BriefingLimits, type BriefingOptions, english, type Sentence } from '@org/briefing-agent';
import type { TransferLimits } from '../options/limits.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';

type LimitsOfTarget = BriefingLimits & { readonly [Limit in 'totalMs' | 'sayMs' | 'waitingMs']: number };

/** How long a human agent may take to come behind a queue, a menu or a call screening: the default of the briefing. */
const WAITING_MS = 300_000;

/** What is known of a briefing before there is a room, and without a copy of what has been said. */
interface BriefingOfTarget extends Omit<BriefingOptions, 'room' | 'humanIdentity' | 'models' | 'chatCtx' | 'limits'> {
  readonly limits: LimitsOfTarget;
}

/** The briefing of one target, by the options of the transfer; what the target says itself comes first. */
export function briefingOptionsOf(
  options: WarmTransferOptions,
  target: TransferTarget,
  limits: TransferLimits,
  department?: string,
): BriefingOfTarget {
  const { briefing = {}, tools, allowInterruptions } = options;
  const { instructions = options.instructions, greetingSpeech = options.greetingSpeech } = target;
  const callerLeft = lastWordsOf(options);
  const names = {
    ...(target.name ? { colleague: target.name } : {}),
    ...(department ? { department } : {}),
    ...briefing.names,
  };
  return {
    ...briefing,
    voicemail: { listenForBeep: mayLeaveMessage(options), ...briefing.voicemail },
    limits: withDefaults<LimitsOfTarget>(
      {
        totalMs: limits.briefingMs,
        sayMs: limits.farewellMs,
        speakAfterMs: limits.speakAfterMs,
        waitingMs: WAITING_MS,
      },
      briefing.limits,
    ),
    sentences: { ...(callerLeft === undefined ? {} : { callerLeft }), ...briefing.sentences },
    names,
    ...(greetingSpeech === undefined ? {} : { greeting: greetingSpeech }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(tools === undefined ? {} : { tools }),
    ...(allowInterruptions === undefined ? {} : { allowInterruptions }),
  };
}

/** The user's names of options of the briefing that are not below `briefing`. */
const ownNames: Readonly<Record<string, string>> = {
  greeting: 'greetingSpeech',
  instructions: 'instructions',
  tools: 'tools',
  allowInterruptions: 'allowInterruptions',
};

/** The user's name of an option of the briefing of one target, which stands at `place`. */
export function briefingOptionName(option: string, target: TransferTarget, place: string): string {
  if (option.startsWith('models.')) return option.slice('models.'.length);
  const [head = ''] = /^\w+/.exec(option) ?? [];
  const own = ownNames[head];
  if (own === undefined) return `briefing.${option}`;
  const name = `${own}${option.slice(head.length)}`;
  return own in target ? `${place}.${name}` : name;
}

/** Whether the policy may answer a voicemail box with a message; a function may answer anything. */
function mayLeaveMessage({ policy = {} }: WarmTransferOptions): boolean {
  const answer = typeof policy === 'function' ? policy : policy.voicemail;
  return typeof answer === 'function' || [answer].flat().includes('voicemail-message');
}

/** The same as a text, for when no session is left to speak: of a function, the sentence of the language. */
export function callerLeftText({ callerHangupSpeech, briefing = {} }: WarmTransferOptions): string {
  const { sentences, language = englishBriefing } = briefing;
  const own = [sentences?.callerLeft, callerHangupSpeech].find((sentence) => typeof sentence === 'string');
  return typeof own === 'string' ? own : language.sentences.callerLeft;
}

/** What a human agent hears when the caller has hung up. */
function lastWordsOf({
  callerHangupSpeech,
  callerHangupInstruction,
}: WarmTransferOptions): BriefingSentence | undefined {
  if (callerHangupSpeech !== undefined) return callerHangupSpeech;
  if (callerHangupInstruction == null) return undefined;
  return (session) =>
    session.generateReply({ instructions: callerHangupInstruction, allowInterruptions: false, toolChoice: 'none' });
}
