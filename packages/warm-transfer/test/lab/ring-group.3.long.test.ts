import { ringFifty } from '../support/ring-fifty.js';

ringFifty();
