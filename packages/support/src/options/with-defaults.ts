/** The defaults, replaced by the given values. `undefined` counts as not given. */
export function withDefaults<Options extends object>(defaults: Options, given: Given<Options> = {}): Options {
  return { ...defaults, ...givenOf(given) };
}

/** The options that are not `undefined`. */
export function givenOf<Options extends object>(
  options: Options,
): { [Name in keyof Options]: Exclude<Options[Name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]: Exclude<Options[Name], undefined>;
  };
}

type Given<Options> = { readonly [Name in keyof Options]?: Options[Name] | undefined };
