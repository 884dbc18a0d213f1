import type { Told } from "./said.ts";

/**
 * What was asked cannot be done, for a reason that is no fault of the code: a disk that is full, a capture that is in
 * use. It carries what is told of it. Whatever else is thrown is a bug (`faults.ts`).
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly told: Told;

  constructor(told: Told, options?: ErrorOptions) {
    super(typeof told === "string" ? told : told.code, options);
    this.told = told;
  }
}
