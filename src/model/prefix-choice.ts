/** Bytes that can be skipped at the start of each message. */
export const MOST_PREFIX = 1024;

const PREFIX = "behind-prefix:";

/** How the choice of what stands behind so many bytes of each message is written, beside the ids of decoders. */
export const prefixChoice = (bytes: number): string => `${PREFIX}${bytes}`;

/** The number in such a choice; undefined for any other. */
export function prefixOf(choice: string | null | undefined): number | undefined {
  const digits = choice?.startsWith(PREFIX) === true ? choice.slice(PREFIX.length) : "";
  const bytes = /^[1-9]\d{0,3}$/.test(digits) ? Number(digits) : 0;
  return bytes > 0 && bytes <= MOST_PREFIX ? bytes : undefined;
}
