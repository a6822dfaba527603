import { describe, expect, it } from 'vitest';
import { checkTransferOptions } from '../src/check-options.js';
import { isCancel } from '../src/hold/cancel-words.js';

describe('words by which a caller gets the AI back', () => {
  it.each<[readonly string[] | RegExp, string, boolean]>([
    [['cancel'], 'Cancel!', true],
    [['cancel'], 'Please, cancel that.', true],
    [['cancel'], 'I canceled it', false],
    [['go back'], 'Can you go  back, please?', true],
    [['go back'], 'go to the back', false],
    [['zurück'], 'Zurück zum Assistenten', true],
    [/^(stop|cancel)\b/gi, 'Stop it', true],
    [/^(stop|cancel)\b/gi, 'Do not stop', false],
  ])('%s in "%s": %s, every time', (words, said, is) => {
    expect([isCancel(words, said), isCancel(words, said)]).toEqual([is, is]);
  });

  it.each([[[]], [['']], [['...']], ['cancel'], [[1]]])('are refused as %j', (cancelWords) => {
    const options = { sipCallTo: '+15550142', cancelWords } as object;
    expect(() => checkTransferOptions(options, () => undefined)).toThrow('`cancelWords`');
  });
});
