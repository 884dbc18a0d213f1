/** Ends a switch over a closed set: the compiler refuses it while a case is missing, and a value from outside throws. */
export function assertNever(value: never): never {
  throw new Error(`A case is missing for ${JSON.stringify(value)}.`);
}
