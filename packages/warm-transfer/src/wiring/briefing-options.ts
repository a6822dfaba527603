import { type BriefingLimits, type BriefingOptions, englishBriefing, type BriefingSentence } from '@org/briefing-agent';
import { withDefaults } from '@org/support';
import type { TransferLimits } from '../options/limits.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';

type TargetBriefingLimits = BriefingLimits & { readonly [Limit in 'totalMs' | 'sayMs' | 'waitingMs']: number };

/** Time limit of a human agent who comes behind a queue, a menu or a call screening: the default of the briefing. */
const WAITING_MS = 300_000;

/** The options of a briefing that are known before there is a room. */
interface TargetBriefingOptions extends Omit<
  BriefingOptions,
  'room' | 'humanIdentity' | 'models' | 'chatCtx' | 'limits'
> {
  readonly limits: TargetBriefingLimits;
}

/** Returns the options of one target's briefing; those of the target override those of the transfer. */
export function toBriefingOptions(
  options: WarmTransferOptions,
  target: TransferTarget,
  limits: TransferLimits,
  department?: string,
): TargetBriefingOptions {
  const { briefing = {}, tools, allowInterruptions } = options;
  const { instructions = options.instructions, greetingSpeech = options.greetingSpeech } = target;
  const callerLeft = toCallerLeftSentence(options);
  const names = {
    ...(target.name ? { colleague: target.name } : {}),
    ...(department ? { department } : {}),
    ...briefing.names,
  };
  return {
    ...briefing,
    voicemail: { listenForBeep: mayLeaveMessage(options), ...briefing.voicemail },
    limits: withDefaults<TargetBriefingLimits>(
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

/** Options of the briefing that are not below `briefing`, by their user's names. */
const ownNames: Readonly<Record<string, string>> = {
  greeting: 'greetingSpeech',
  instructions: 'instructions',
  tools: 'tools',
  allowInterruptions: 'allowInterruptions',
};

/** Returns the user's name of an option of one target's briefing; `place` is the path of the target. */
export function briefingOptionName(option: string, target: TransferTarget, place: string): string {
  if (option.startsWith('models.')) return option.slice('models.'.length);
  const [head = ''] = /^\w+/.exec(option) ?? [];
  const own = ownNames[head];
  if (own === undefined) return `briefing.${option}`;
  const name = `${own}${option.slice(head.length)}`;
  return own in target ? `${place}.${name}` : name;
}

/** Whether the policy may leave a voicemail message; a function may always. */
function mayLeaveMessage({ policy = {} }: WarmTransferOptions): boolean {
  const answer = typeof policy === 'function' ? policy : policy.voicemail;
  return typeof answer === 'function' || [answer].flat().includes('voicemail-message');
}

/**
 * Returns the sentence about a caller who left as a text, for use without a session; instead of a function, that of the
 * language.
 */
export function callerLeftText({ callerHangupSpeech, briefing = {} }: WarmTransferOptions): string {
  const { sentences, language = englishBriefing } = briefing;
  const own = [sentences?.callerLeft, callerHangupSpeech].find((sentence) => typeof sentence === 'string');
  return typeof own === 'string' ? own : language.sentences.callerLeft;
}

/** Returns the sentence for a human agent when the caller has hung up. */
function toCallerLeftSentence({
  callerHangupSpeech,
  callerHangupInstruction,
}: WarmTransferOptions): BriefingSentence | undefined {
  if (callerHangupSpeech !== undefined) return callerHangupSpeech;
  if (callerHangupInstruction == null) return undefined;
  return (session) =>
    session.generateReply({ instructions: callerHangupInstruction, allowInterruptions: false, toolChoice: 'none' });
}
