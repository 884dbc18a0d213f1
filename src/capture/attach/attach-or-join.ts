import { isAttachedAlready } from "./attach-errors.ts";
import type { AttachedTarget } from "../sources/cdp-events.ts";
import type { Debuggee, DebuggerApi } from "../debugger-api.ts";
import type { KnownSessions } from "./known-sessions.ts";
import type { Lease } from "./lease.ts";

/** Of what an attachment needs. */
export interface AttachEdges {
  readonly debugger: DebuggerApi;
  readonly lease: Lease;
  readonly sessions: KnownSessions;
}

/**
 * Attaches the debugger, or joins another page of the extension that has attached it: Chrome attaches an extension
 * once, and tells all of its pages what happens. Answers the frames and workers that Chrome has told of already; rejects
 * with Chrome's own sentence. The lease must be held.
 */
export async function attachOrJoin(debuggee: Debuggee, { debugger: api, lease, sessions }: AttachEdges): Promise<readonly AttachedTarget[]> {
  const isNew = await attach(debuggee, api).then(async (isAttached) => {
    if (isAttached) return true;
    // It may be on its way to be detached, for a page that is gone.
    await lease.settled();
    return await attach(debuggee, api);
  });
  if (!isNew) return await sessions.read(debuggee);
  sessions.write(debuggee, []);
  return [];
}

/** False where the extension is attached already. */
async function attach(debuggee: Debuggee, api: DebuggerApi): Promise<boolean> {
  try {
    await api.attach(debuggee);
    return true;
  } catch (error) {
    if (isAttachedAlready(error)) return false;
    throw error;
  }
}
