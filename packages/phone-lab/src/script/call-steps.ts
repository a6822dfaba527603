import { disconnectReasonOf } from '../twirp/sip-status-error.js';
import { PhoneLabError } from '../phone-lab-error.js';
import type { Signature } from '../tones/signature.js';
import { joinPcm } from '../tones/tone-generator.js';
import { answerLate } from '../call/late-answer.js';
import type { CallLine } from '../phone/call-line.js';
import { CallLineSteps } from './call-line-steps.js';
import { CallView } from './call-view.js';
import type { Headers } from '../sip/header-attributes.js';
import { checkPhoneOptions } from '../phone/check-phone-options.js';
import { keyToCode } from '../media/dtmf-keys.js';
import { runIvr, type IvrMenu, type IvrResult, type KeyCursor } from '../phone/ivr-menu.js';
import type { PhoneCallEnd, LateAnswer, PhoneCall, WaitToHearOptions } from '../phone/phone-call.js';
import type { PeopleSteps } from '../phone/people-steps.js';
import { Person } from './person.js';
import { LINE_VOICE_RATE } from '../line/phone-line.js';
import type { PhoneNetwork } from '../call/phone-network.js';
import { type PlayableAudio, voiceSamples } from '../phone/playable-audio.js';
import { checkReferAnswer, type ReferAnswer } from '../phone/refer.js';
import { ringback } from '../call/ringback.js';
import { spokenWords, type SpokenPrompt } from '../phone/spoken-prompt.js';
import type { SimulatedCall } from '../call/simulated-call.js';
import { requireActive, requireUnanswered } from './step-guards.js';
import { waitForKey, waitToHear } from './wait-steps.js';
import { takeMessage, type VoicemailMessage, type VoicemailOptions } from '../phone/voicemail-box.js';

/** The gateway's handling of a phone's answer, such as playing the dial's DTMF string; resolves when the call is active. */
export type OnAnswer = (headers: Headers) => Promise<void>;

/** LiveKit's reason of a participant that leaves by itself. */
const CLIENT_INITIATED = 1;

const keyGapMs = 100;

/** The steps of scripts, over one simulated call. */
export class CallSteps extends CallView implements PhoneCall {
  readonly #call: SimulatedCall;
  readonly #onAnswer: OnAnswer;
  readonly #cursor: KeyCursor = { taken: 0 };
  readonly line: CallLine;
  readonly speak: PeopleSteps['speak'];
  readonly mmHm: PeopleSteps['mmHm'];
  readonly cough: PeopleSteps['cough'];
  readonly talkOver: PeopleSteps['talkOver'];

  constructor(call: SimulatedCall, network: PhoneNetwork, onAnswer: OnAnswer) {
    super(call);
    this.#call = call;
    this.line = new CallLineSteps(call, network);
    this.#onAnswer = onAnswer;
    const person = new Person(call, (step) => requireActive(call, step));
    ({ speak: this.speak, mmHm: this.mmHm, cough: this.cough, talkOver: this.talkOver } = person);
  }

  async ring(forMs = 0): Promise<void> {
    requireUnanswered(this.#call, 'ring', 'outbound');
    if (this.#call.current === 'dialing') await this.#call.setStatus('ringing');
    await this.#call.pause(forMs);
  }

  async answer({ headers = {} }: { readonly headers?: Headers } = {}): Promise<void> {
    requireUnanswered(this.#call, 'answer', 'outbound');
    await this.#call.untilEndedOr(this.#onAnswer(headers));
  }

  async reject(sipStatus: number, phrase?: string): Promise<void> {
    requireUnanswered(this.#call, 'reject', 'outbound');
    if (!Number.isInteger(sipStatus) || sipStatus < 300 || sipStatus > 699) {
      throw new PhoneLabError('misuse', `reject() takes a final SIP status from 300 to 699, not ${sipStatus}`);
    }
    await this.#call.end({
      how: 'rejected',
      sipStatus,
      reason: disconnectReasonOf(sipStatus),
      ...(phrase && { sipPhrase: phrase }),
    });
  }

  async earlyAnswer(forMs: number): Promise<void> {
    await this.answer();
    await this.play(ringback(forMs), LINE_VOICE_RATE);
  }

  async answerTooLate(afterMs = 0): Promise<LateAnswer> {
    await this.neverAnswer();
    return answerLate(this.#call, afterMs);
  }

  async neverAnswer(): Promise<void> {
    await this.ring();
    await this.untilEnded();
  }

  async neverRespond(): Promise<void> {
    requireUnanswered(this.#call, 'neverRespond', 'outbound');
    await this.untilEnded();
  }

  async connected(): Promise<void> {
    await this.#call.untilEndedOr(this.#call.active);
  }

  async wait(forMs: number): Promise<void> {
    await this.#call.pause(forMs);
  }

  tone(frequency: number | undefined = this.#call.setup.voice): void {
    requireActive(this.#call, 'tone');
    if (frequency === undefined) throw new PhoneLabError('misuse', 'tone() needs a frequency: the phone has no voice');
    checkPhoneOptions({ voice: frequency });
    this.#call.voice.tone(frequency);
  }

  quiet(): void {
    this.#call.throwIfEnded();
    this.#call.voice.quiet();
  }

  async say(...words: readonly string[]): Promise<void> {
    requireActive(this.#call, 'say');
    for (const pcm of spokenWords(this.#call.setup, words)) await this.play(pcm, LINE_VOICE_RATE);
  }

  async #speak(prompt: SpokenPrompt): Promise<void> {
    if ('pcm' in prompt) await this.play(prompt.pcm, prompt.sampleRate);
    else await this.play(joinPcm(...spokenWords(this.#call.setup, prompt)), LINE_VOICE_RATE);
  }

  async play(audio: PlayableAudio, sampleRate?: number): Promise<void> {
    requireActive(this.#call, 'play');
    await this.#call.untilEndedOr(this.#call.voice.play(voiceSamples(audio, sampleRate)));
  }

  async press(keys: string): Promise<void> {
    requireActive(this.#call, 'press');
    for (const key of keys) keyToCode(key);
    for (const [i, key] of Array.from(keys).entries()) {
      if (i > 0) await this.#call.pause(keyGapMs);
      await this.#call.untilEndedOr(this.#call.setup.line.pressKey(key));
      void this.#call.setup.route.noteKey();
    }
  }

  async waitToHear(what: number | Signature | 'sound', options: WaitToHearOptions = {}): Promise<void> {
    requireActive(this.#call, 'waitToHear');
    await waitToHear(this.#call, what, options);
  }

  async waitForKey(options: { readonly timeoutMs?: number } = {}): Promise<string> {
    return waitForKey(this.#call, this.#cursor, options.timeoutMs);
  }

  async voicemail(options: VoicemailOptions = {}): Promise<VoicemailMessage> {
    return takeMessage(this, (prompt) => this.#speak(prompt), options);
  }

  async ivr(menu: IvrMenu): Promise<IvrResult> {
    return runIvr(this, (prompt) => this.#speak(prompt), menu, this.#cursor);
  }

  onRefer(answer: ReferAnswer): void {
    this.#call.throwIfEnded();
    checkReferAnswer(answer);
    this.#call.referAnswer = answer;
  }

  async hold(): Promise<void> {
    requireActive(this.#call, 'hold');
    await this.#call.setup.route.setHeld(true);
  }

  async resume(): Promise<void> {
    requireActive(this.#call, 'resume');
    await this.#call.setup.route.setHeld(false);
  }

  async hangUp(): Promise<void> {
    this.#call.throwIfEnded();
    const isAnswered = this.#call.current === 'active' || this.#call.current === 'automation';
    if (this.direction === 'outbound' && !isAnswered) {
      throw new PhoneLabError('misuse', 'hangUp() comes after answer(); a phone that is rung refuses by reject()');
    }
    await this.#call.end({ how: 'hung-up', reason: CLIENT_INITIATED });
  }

  async untilEnded(): Promise<PhoneCallEnd> {
    return this.#call.gone;
  }
}
