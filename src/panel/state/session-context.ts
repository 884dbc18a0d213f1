import { createContext, useContext, useEffect } from "react";
import { useStore, type StoreApi } from "zustand";
import type { Ability, CaptureState } from "../../contract/capturing.ts";
import type { Changed } from "../../contract/changed.ts";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { SilentSockets } from "../../model/connection.ts";
import type { ConnectionId } from "../../model/units.ts";
import { isLongScan } from "./long-scan.ts";
import type { PanelSession } from "./panel-session.ts";

export const SessionContext = createContext<PanelSession | null>(null);

export function useSession(): PanelSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("Only what stands inside SessionContext has a session.");
  return session;
}

/** One figure of the last `changed`; `empty` before the first. */
export function useCount<Value>(select: (changed: Changed) => Value, empty: Value): Value {
  return useStore(useSession().drawnCounts, ({ changed }) => (changed === null ? empty : select(changed)));
}

/** Whether a filter is still being applied, and will be for a while. */
export function useLongScan(): boolean {
  return useCount(isLongScan, false);
}

export function useCapture(): CaptureState {
  return useStore(useSession().captureState);
}

/** Whether what passes is recorded. A rate is of now: while nothing is, none is known. */
export function useIsCapturing(): boolean {
  return useStore(useSession().captureState, ({ state }) => state === "capturing");
}

/** Whether nobody listens any more: what was open when last heard of may have ended since. */
export function useIsUnheard(): boolean {
  return useStore(useSession().captureState, ({ state }) => state === "stopped");
}

/** Whether there may be connections that are open and silent, and not listed. */
export function useSilent(): SilentSockets {
  return useStore(useSession().silent);
}

/** Whether this page's view can do something that not every page's can. */
export function useAbility(ability: Ability): boolean {
  return useStore(useSession().abilities, (abilities) => abilities.includes(ability));
}

/** What is known of a connection, kept up to date; undefined for null, and until it is known. */
export function useConnection(connection: ConnectionId | null): ConnectionRow | undefined {
  const { connections } = useSession();
  useEffect(() => (connection === null ? undefined : connections.watch(connection)), [connections, connection]);
  return useStore(connections.store, ({ watched }) => (connection === null ? undefined : watched.get(connection)));
}

/** A part of one of the session's stores. */
export function useSelected<State, Value>(holder: { readonly store: StoreApi<State> }, select: (state: State) => Value) {
  return useStore(holder.store, select);
}
