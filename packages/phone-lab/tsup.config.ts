import { packageBuild } from '../../tsup.shared.ts';

export default packageBuild([
  'src/index.ts',
  'src/tones.ts',
  'src/vitest.ts',
  'src/global-setup.ts',
  'src/line/line-process-main.ts',
  'src/network/forwarder-main.ts',
]);
