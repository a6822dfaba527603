import type { voice } from '@livekit/agents';
import { WarmTransferTask, type WarmTransferResult } from './warm-transfer-task.js';
import type { WarmTransferTaskOptions } from './task-options.js';

/** Creates a task, like `new WarmTransferTask(options)`. */
export function createWarmTransferTask(options: WarmTransferTaskOptions = {}): voice.AgentTask<WarmTransferResult> {
  return new WarmTransferTask(options);
}
