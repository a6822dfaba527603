export { anySignal } from './async/any-signal.js';
export { deferred, type Deferred } from './async/deferred.js';
export { within } from './async/within.js';
export {
  checkWhole,
  describeProblems,
  type OptionCheck,
  type OptionProblem,
  problem,
} from './options/option-problem.js';
export {
  callback,
  flag,
  key,
  LONGEST_MS,
  milliseconds,
  number,
  object,
  oneOf,
  rule,
  secret,
  serverUrl,
  signal,
  string,
  text,
  whole,
} from './options/rules.js';
export { closeTrack, dropAudio } from './room/close-track.js';
export { type PublishingRoom, unpublish } from './room/unpublish.js';
export { type LeavingParticipant, type WatchedRoom, watchParticipantLeft } from './room/watch-participant-left.js';
export { hasHungUp } from './leg/has-hung-up.js';
export { absent, either, list, nullable, record, required } from './options/combine.js';
export { isObject, type ShapeFields, shape, unknownNames } from './options/shape.js';
export { shown, shownByKind } from './options/shown.js';
export { givenOf, withDefaults } from './options/with-defaults.js';
export { hasMethod, turnDetection } from './options/turn-detection.js';
