import { dialerContract } from '../src/testing.js';
import { describeContract, isRepeated } from './contract-on-phones.js';

describeContract(dialerContract.filter(isRepeated), { watched: false });
