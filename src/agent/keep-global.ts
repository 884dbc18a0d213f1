/** Keeps a value as a global variable of the page's, under the first of `temp1`, `temp2` … that is free, as DevTools does; answers its name. */
export function keepGlobal(json: string): string {
  const value: unknown = JSON.parse(json);
  let number = 1;
  while (`temp${number}` in globalThis) number++;
  const name = `temp${number}`;
  Object.defineProperty(globalThis, name, { value, configurable: true, enumerable: true, writable: true });
  return name;
}
