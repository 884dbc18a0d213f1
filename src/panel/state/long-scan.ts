import type { Changed } from "../../contract/changed.ts";

/** Rows, or bytes of them, that take long enough to test for their share to be read: of a short rest all that tells of it would only flicker. */
const LONG_REST = 5_000;
const BYTES_A_ROW = 4096;

/** Whether a filter is still being applied, and will be for a while. */
export const isLongScan = ({ scanned, frames, bytes }: Pick<Changed, "scanned" | "frames" | "bytes">): boolean => (1 - scanned) * (frames + bytes / BYTES_A_ROW) > LONG_REST;
