import type { Course } from './course.ts';
import { doubts } from './doubts.ts';
import { languages } from './languages.ts';
import { later } from './later.ts';
import { lines } from './lines.ts';
import { machines } from './machines.ts';
import { people } from './people.ts';

export const corpus: readonly Course[] = [...people, ...doubts, ...machines, ...lines, ...languages, ...later];
