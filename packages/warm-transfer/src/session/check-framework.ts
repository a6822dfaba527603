import type { voice } from '@livekit/agents';
import { WarmTransferError } from '../warm-transfer-error.js';

/** The version of `@livekit/agents` that this package is tested with. */
const TESTED = '1.9.0';

/** Non-public fields of a framework object that are used here, with a check for each. */
type Needs = Readonly<Record<string, (value: unknown) => boolean>>;

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isSignal = (value: unknown): boolean => value instanceof AbortSignal;
const isAnything = (): boolean => true;

const ofSession: Needs = {
  _started: isBoolean,
  _closing: isBoolean,
  _closingSignal: isSignal,
  _activity: isAnything,
  _roomIO: isAnything,
  sessionHost: isAnything,
  _updateActivity: isFunction,
};
const ofActivity: Needs = { currentSpeech: isAnything, interruptQueuedSpeeches: isFunction };
const ofHost: Needs = { handleRequest: isFunction, sendResponse: isFunction };
const ofRoomIo: Needs = { inputOptions: hasTextCallback, rtcRoom: isAnything, linkedParticipant: isAnything };
const ofAudioInput: Needs = { multiStream: takesStreams, sampleRate: isNumber, numChannels: isNumber };

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function takesStreams(stream: unknown): boolean {
  if (typeof stream !== 'object' || stream === null || !('isClosed' in stream)) return false;
  return ['addInputStream', 'removeInputStream'].every((method) => isFunction(Reflect.get(stream, method)));
}

function hasTextCallback(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'textInputCallback' in options;
}

/**
 * Throws if the non-public fields of the framework have changed on which the isolation of a caller on hold depends,
 * which would otherwise fail unnoticed. A part that does not exist yet, such as before the session has started, is
 * skipped.
 *
 * @throws WarmTransferError `unsupported-framework`
 */
export function checkFramework(session: voice.AgentSession): void {
  check(session, 'AgentSession', ofSession);
  check(session._activity, 'AgentActivity', ofActivity);
  check(session['sessionHost'], 'SessionHost', ofHost);
  check(session._roomIO, 'RoomIO', ofRoomIo);
  check(session._roomIO?.['audioInput'], 'ParticipantAudioInputStream', ofAudioInput);
}

function check(part: unknown, name: string, needs: Needs): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [field, isAsNeeded] of Object.entries(needs)) {
    if (field in part && isAsNeeded(Reflect.get(part, field))) continue;
    throw new WarmTransferError(
      'unsupported-framework',
      `this version of @livekit/agents has another \`${name}.${field}\` than ${TESTED}, with which this package is tested: ` +
        'a caller on hold would reach the model',
    );
  }
}
