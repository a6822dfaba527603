import { dispose } from '@livekit/rtc-node';
import { fullSize, shortSize } from './bench-size.js';
import { groups } from './groups.js';
import { judged } from './result/row.js';

const [, , name = '', size = ''] = process.argv;
try {
  const results = await groups[name]?.(size === 'short' ? shortSize : fullSize);
  process.stdout.write(`${JSON.stringify(results && judged(results))}\n`);
} finally {
  // The native media library keeps the process alive until it is disposed of.
  await dispose();
}
