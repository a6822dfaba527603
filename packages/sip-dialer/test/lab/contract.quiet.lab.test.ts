import { dialerContract } from '../../src/testing.js';
import { describeContract, isDecidedByAnswer, isRepeated } from '../support/contract-on-phones.js';

const watched = dialerContract.filter((contractCase) => !isRepeated(contractCase));
describeContract({ watched, listed: watched.filter((contractCase) => !isDecidedByAnswer(contractCase)) });
