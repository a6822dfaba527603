import { dialerContract } from '../../src/testing.js';
import { describeContract, isDecidedByAnswer, isRepeated } from '../support/contract-on-phones.js';

describeContract({
  watched: dialerContract.filter(isRepeated),
  listed: dialerContract.filter((contractCase) => isRepeated(contractCase) || isDecidedByAnswer(contractCase)),
});
