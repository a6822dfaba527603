export { misuse, type OptionSubject } from './testing/misuse.js';
export { allowing, wrongValues } from './testing/wrong-values.js';
