import type { SecretKindId } from "./registry.ts";
import type { Found } from "./secret-kind.ts";

/** A secret, and where it stands: bytes `from` up to `to`, its value alone without quotes and without a scheme's name. */
export interface SecretFinding extends Found {
  readonly kind: SecretKindId;
  /** Of the field, parameter or header that it is the value of; empty where the value itself tells. */
  readonly name: string;
  /** Of a number in JSON: how many backslashes a quote has there, as JSON can stand in texts of JSON; `BINARY_NUMBER`. Undefined for any other. */
  readonly bare: number | undefined;
}

/** A number that is bytes: a mask of it is 0. */
export const BINARY_NUMBER = -1;
