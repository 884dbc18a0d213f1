/**
 * What the pure rooms use beyond the language: globals that browsers, workers and Node have alike. tsconfig.pure.json
 * reads this file in place of the DOM's and Node's types, so that nothing else of either slips in.
 */

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}

declare function atob(base64: string): string;

declare class URLSearchParams implements Iterable<[string, string]> {
  constructor(query?: string);
  get(name: string): string | null;
  keys(): ArrayIterator<string>;
  [Symbol.iterator](): ArrayIterator<[string, string]>;
}

declare class URL {
  static canParse(url: string, base?: string): boolean;
  static parse(url: string, base?: string): URL | null;
  constructor(url: string, base?: string);
  hash: string;
  host: string;
  readonly hostname: string;
  readonly href: string;
  readonly origin: string;
  password: string;
  readonly pathname: string;
  readonly port: string;
  readonly protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
}
