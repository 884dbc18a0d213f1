/** For an option that may come several times. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
