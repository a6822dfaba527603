import { dialerContract } from '../src/testing.js';
import { describeContractByList, isRepeated } from './contract-listed.js';

describeContractByList(dialerContract.filter((contractCase) => !isRepeated(contractCase)));
