/**
 * What was asked cannot be done, for a reason that is no fault of the code: a disk that is full, a capture that is in
 * use. The message is a plain sentence for the user. Whatever else is thrown is a bug (`faults.ts`).
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** What a failure says, for a sentence that tells it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
