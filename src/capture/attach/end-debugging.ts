import type { Debuggee, DebuggerApi, DebugSource } from "../debugger-api.ts";
import type { ObserverNames } from "../sources/closing-observer.ts";
import type { KnownSessions } from "./known-sessions.ts";
import { Realms } from "./realms.ts";
import { SessionCommands } from "./session-commands.ts";

/** What the end of debugging needs from outside. */
export interface EndEdges {
  readonly debugger: DebuggerApi;
  readonly sessions: KnownSessions;
  /** What the observer of closings is called; undefined where the captures observed none. */
  readonly observed: () => Promise<ObserverNames | undefined>;
  readonly later: (callback: () => void, milliseconds: number) => void;
}

/** A page that hangs puts nothing back, and is not to stay under the debugger for it. */
const MOST_WAIT_MS = 500;

/**
 * Detaches the debugger where the page that captured is gone. Where closings were observed, WebSocket is put back before,
 * in all that runs there: nobody could afterwards. Rejects as `detach` does.
 */
export async function endDebugging(debuggee: Debuggee, { debugger: api, sessions, observed, later }: EndEdges): Promise<void> {
  const names = await observed().catch(() => undefined);
  if (names !== undefined) {
    const commands = new SessionCommands(api, new Realms(api), () => names, () => true);
    const targets = await sessions.read(debuggee).catch(() => []);
    const sources: DebugSource[] = [debuggee, ...targets.map(({ sessionId }) => ({ ...debuggee, sessionId }))];
    const isPutBack = Promise.all(
      sources.map((source) => {
        // One that waits would answer nothing.
        void commands.quietly(source, "Runtime.runIfWaitingForDebugger");
        return commands.uninstall(source);
      }),
    );
    await Promise.race([isPutBack, new Promise<void>((resolve) => later(resolve, MOST_WAIT_MS))]);
  }
  sessions.write(debuggee, []);
  await api.detach(debuggee);
}
