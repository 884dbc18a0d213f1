/**
 * What is odd about a message by the number that it carries, where its stream counts: numbers are missing before it, or its
 * own came before.
 */
export const SEQUENCE_ODDITIES = ["gap", "repeated"] as const;
export type SequenceOddity = (typeof SEQUENCE_ODDITIES)[number];
