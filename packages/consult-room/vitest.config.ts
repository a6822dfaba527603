import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { labFilesAtOnce } from '../../vitest.lab-files.ts';
import shared from '../../vitest.shared.ts';

const mostlyWaits = ({ moduleId }: TestSpecification): number => Number(/(endurance|sweep)\.lab/.test(moduleId));

/** What mostly waits starts first, or it would be waited for last; and the minute of audio has the machine nearly to itself. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => mostlyWaits(b) - mostlyWaits(a));
  }
}

const config = labFilesAtOnce(shared, 2);
export default { ...config, test: { ...config.test, sequence: { sequencer: WaitingFirst } } };
