/** What every encoding's values become. `Uint8Array` may share memory with the payload: copy it before keeping it. */
export type PlainValue = null | boolean | number | bigint | string | Uint8Array | PlainList | PlainObject;
export type PlainList = readonly PlainValue[];
export interface PlainObject {
  readonly [key: string]: PlainValue;
}

export function isList(value: PlainValue | undefined): value is PlainList {
  return Array.isArray(value);
}

export function isObject(value: PlainValue | undefined): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
