import { dialerContract } from '../src/testing.js';
import { describeContract, isRepeated } from './contract-on-phones.js';

describeContract(dialerContract, { watched: true });
describeContract(
  dialerContract.filter((contractCase) => !isRepeated(contractCase)),
  { watched: false },
);
