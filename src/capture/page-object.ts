import type { DebugSource } from "./debugger-api.ts";

/** An object of a page's, by its handle. Chrome keeps it alive until the handle's group is released. */
export interface PageObject {
  readonly source: DebugSource;
  readonly objectId: string;
}

/** Handles of sockets that somebody keeps. */
export const KEPT_GROUP = "framescope-sockets";
