import { Refusal } from "../model/refusal.ts";
import type { Told } from "../model/said.ts";

/** What a failure tells on a terminal: a refusal's own words, else the operating system's. */
export const toldBy = (error: unknown): Told => (error instanceof Refusal ? error.told : error instanceof Error ? error.message : String(error));
