export { describeProblems, type OptionCheck, type OptionProblem, problem } from './options/option-problem.js';
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
  signal,
  string,
  text,
  whole,
} from './options/rules.js';
export { absent, either, list, nullable, record, required } from './options/combine.js';
export { type ShapeFields, shape, unknownNames } from './options/shape.js';
export { shown, shownByKind } from './options/shown.js';
