import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import shared from '../../vitest.shared.ts';

const isMinute = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/minute.lab.test.ts');

/** The file that holds for a minute starts first; all others of the lab run beside it, those that compute with less priority. */
class MinuteFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isMinute), ...sorted.filter((file) => !isMinute(file))];
  }
}

const projects = (shared.test?.projects ?? []).map((project: TestProjectConfiguration): TestProjectConfiguration => {
  if (typeof project !== 'object' || !('test' in project) || project.test?.name !== 'lab') return project;
  return { ...project, test: { ...project.test, fileParallelism: true, maxWorkers: 3 } };
});

export default defineConfig({ ...shared, test: { ...shared.test, projects, sequence: { sequencer: MinuteFirst } } });
