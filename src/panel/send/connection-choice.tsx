import { useStore } from "zustand";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { Speaker } from "../../words/speaker.ts";
import { connectionId } from "../../model/units.ts";
import { urlParts } from "../figures/row-words.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { SendStore } from "./send-store.ts";

/** The connections that are open. */
export function ConnectionChoice({ store }: { readonly store: SendStore }) {
  const { words } = useSpeaker();
  const { connections, connection } = useStore(store.store);
  return (
    <select
      className="field send-choice send-connection"
      aria-label={words("live.connection")}
      value={connection ?? ""}
      onChange={({ target }) => store.choose(connectionId(Number(target.value)))}
    >
      {connections?.length === 0 && <option value="">{words("live.no-connections")}</option>}
      {connection !== null && connections?.some(({ id }) => id === connection) === false && <option value={connection}>{words("live.ended-choice")}</option>}
      {connections?.map((row) => (
        <option key={row.id} value={row.id}>
          {describe(row, words)}
        </option>
      ))}
    </select>
  );
}

/** Connections of one URL are told apart by their numbers, which the filter knows too. */
function describe({ id, url }: ConnectionRow, words: Speaker["words"]): string {
  const { path, host } = urlParts(url, words);
  return words("live.connection-of", { id, path, host });
}
