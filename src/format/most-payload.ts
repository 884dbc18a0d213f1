/** A payload, as it stands in a file, may be so long; a longer one is told and left out. */
export const MOST_PAYLOAD = 2 ** 28;
