import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { entriesOf, published } from './packages.mjs';

/** Throws where the exports of an entry differ from its report, `api/<entry>.api.md` of its package; `write` replaces them. */
export function checkApiReports(directories, { write = false } = {}) {
  const configs = directories.flatMap((directory) => entriesOf(directory).map((entry) => configOf(directory, entry)));
  // One program for all entries: most of the time goes into reading types that they share.
  const compilerState = CompilerState.create(configs[0], {
    additionalEntryPoints: configs.map((config) => config.mainEntryPointFilePath),
  });
  const changed = configs.filter((config) => {
    mkdirSync(config.reportFolder, { recursive: true });
    return Extractor.invoke(config, { localBuild: write, compilerState, messageCallback }).apiReportChanged;
  });
  if (changed.length === 0 || write) return;
  const reports = changed.map((config) => config.reportFilePath).join('\n');
  throw new Error(`The public surface changed: run 'npm run api' and review the difference in\n${reports}`);
}

// Only the report counts: the types are checked elsewhere.
const messageCallback = (message) => (message.handled = true);
const none = { default: { logLevel: 'none' } };

function configOf(directory, entry) {
  const projectFolder = resolve(directory);
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder,
      mainEntryPointFilePath: join(projectFolder, 'dist', `${entry}.d.ts`),
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: join(projectFolder, 'tsconfig.build.json') },
      apiReport: {
        enabled: true,
        // Types that only lead on from a public name are not exported: the report has them too, without `export`.
        includeForgottenExports: true,
        reportFileName: entry,
        reportFolder: join(projectFolder, 'api'),
        reportTempFolder: join(projectFolder, '.reports'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { compilerMessageReporting: none, extractorMessageReporting: none, tsdocMessageReporting: none },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
  });
}

if (process.argv[1]?.endsWith('api-report.mjs')) checkApiReports(published, { write: true });
