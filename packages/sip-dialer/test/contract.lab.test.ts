import { dialerContract } from '../src/testing.js';
import { describeContract, isDecidedByAnswer, isRepeated } from './contract-on-phones.js';

const watched = dialerContract.filter((contractCase) => !isRepeated(contractCase));
describeContract({ watched, listed: watched.filter((contractCase) => !isDecidedByAnswer(contractCase)) });
