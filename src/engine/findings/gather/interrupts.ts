import { kindOf } from "../../../model/frame.ts";

/** Whether a row of no connection tells of a pause, or of a time in which nobody listened: what came meanwhile is not known. */
export const interrupts = (bits: number): boolean => kindOf(bits) === "pause" || kindOf(bits) === "error";
