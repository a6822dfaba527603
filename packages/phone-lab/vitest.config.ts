import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/**
 * Every file has a process and a server of its own, and mostly waits: two at a time leave each other's audio whole. So do
 * two concurrent tests in each; more would join rooms all at once.
 */
const twoAtATime = { fileParallelism: true, maxWorkers: 2, maxConcurrency: 2, expect: { poll: { timeout: 5000 } } };

const projects = (shared.test?.projects ?? []).map((project: TestProjectConfiguration): TestProjectConfiguration => {
  if (typeof project !== 'object' || !('test' in project) || project.test?.name !== 'lab') return project;
  return { ...project, test: { ...project.test, ...twoAtATime } };
});

export default defineConfig({ ...shared, test: { ...shared.test, projects } });
