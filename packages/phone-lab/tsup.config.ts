import { packageBuild } from '../../tsup.shared.ts';

export default packageBuild([
  'src/index.ts',
  'src/tones.ts',
  'src/vitest.ts',
  'src/global-setup.ts',
  'src/phone/line-program.ts',
  'src/line/forwarder-program.ts',
]);
