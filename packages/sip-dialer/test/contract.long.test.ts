import { dialerContract } from '../src/testing.js';
import { describeContract, isDecidedByAnswer, isRepeated } from './contract-on-phones.js';

describeContract({
  watched: dialerContract.filter(isRepeated),
  listed: dialerContract.filter((contractCase) => isRepeated(contractCase) || isDecidedByAnswer(contractCase)),
});
