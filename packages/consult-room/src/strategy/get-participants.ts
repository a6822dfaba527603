import { problem } from '@org/support';
import type { ParticipantService } from '../api/participant-service.js';
import type { ParsedMergeOptions } from '../options/merge-options.js';
import { invalidOption } from '../options/validate.js';

/** @throws ConsultRoomError `invalid-option` without the option `server` */
export function getParticipants({ participants }: Pick<ParsedMergeOptions, 'participants'>): ParticipantService {
  if (!participants) throw invalidOption(problem('server', 'must be given except for a bridge'));
  return participants;
}
