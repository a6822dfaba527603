// Two files of the lab at a time, as there.
export { default } from '../phone-lab/vitest.config.ts';
