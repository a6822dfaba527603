import type { ViteUserConfig } from 'vitest/config';

/** Runs this many lab files at once, each in a process of its own: for packages whose calls wait more than they compute. */
export function labFilesAtOnce(shared: ViteUserConfig, files: number): ViteUserConfig {
  const projects = shared.test?.projects?.map((project) =>
    typeof project === 'object' && 'test' in project && project.test?.name === 'lab'
      ? { ...project, test: { ...project.test, fileParallelism: true, maxWorkers: files } }
      : project,
  );
  return { ...shared, test: { ...shared.test, ...(projects && { projects }) } };
}
