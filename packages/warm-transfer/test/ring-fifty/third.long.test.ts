import { ringFifty } from './ring-fifty.js';

ringFifty();
