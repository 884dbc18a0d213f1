import type { ConnectionList } from "../../contract/connections.ts";
import type { SavedFilter } from "../state/kept-filters.ts";
import type { ScopeState } from "../state/scope-store.ts";

/** Something that keeps rows from the table. */
export type Narrowing =
  | { readonly by: "filter"; readonly filter: string }
  /** Of the only connection whose rows are shown; empty where it is not known. */
  | { readonly by: "connection"; readonly url: string }
  | { readonly by: "hidden connections" }
  | { readonly by: "sent" | "received" };

/** All that narrows what the table shows. Connections that are hidden are told of beside one that is chosen: they stay so once all are shown again. */
export function narrowingsOf(
  { text, connection, sent, received }: Pick<ScopeState, "text" | "connection" | "sent" | "received">,
  saved: readonly SavedFilter[],
  { hidden, chosen }: Pick<ConnectionList, "hidden" | "chosen">,
): readonly Narrowing[] {
  const filter = [text.trim(), ...saved.filter(({ isOn }) => isOn).map(({ name }) => name)].filter((part) => part !== "").join(" · ");
  return [
    ...(filter === "" ? [] : [{ by: "filter", filter } as const]),
    ...(connection === null ? [] : [{ by: "connection", url: chosen?.row.url ?? "" } as const]),
    ...(hidden === undefined ? [] : [{ by: "hidden connections" } as const]),
    ...(sent ? [] : [{ by: "sent" } as const]),
    ...(received ? [] : [{ by: "received" } as const]),
  ];
}
