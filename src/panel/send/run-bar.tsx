import { useState } from "react";
import { useStore } from "zustand";
import { isLoopback, parsePlace } from "../../model/handshake/origin.ts";
import { Button } from "../controls/button.tsx";
import { useSpeaker } from "../state/speaker-context.ts";
import type { SendStore } from "./send-store.ts";

/** Sends all messages that were chosen, one after the other; how far it is, and the way to stop it. */
export function RunBar({ store }: { readonly store: SendStore }) {
  const { words } = useSpeaker();
  const { waiting, run, reach, connection, connections } = useStore(store.store);
  const [keepsPauses, setKeepsPauses] = useState(true);
  if (waiting.length === 0 && run === null) return null;
  if (run !== null) {
    return (
      <p className="send-run">
        <progress aria-label={words("live.run")} value={run.sent} max={run.all} />
        <span>{words("live.run-of", { sent: run.sent, all: run.all })}</span>
        <Button name={words("live.stop")} text={words("live.stop")} look="plain" onClick={() => store.stopSending()} />
      </p>
    );
  }
  const n = waiting.length + 1;
  const place = parsePlace(connections.find(({ id }) => id === connection)?.url ?? "");
  return (
    <p className="send-run">
      <Button name={words("live.send-all", { n })} text={words("live.send-all", { n })} look="plain" disabled={reach.state !== "reached"} onClick={() => void store.sendAll(keepsPauses)} />
      <label>
        <input type="checkbox" checked={keepsPauses} onChange={({ target }) => setKeepsPauses(target.checked)} />
        {words("live.pauses")}
      </label>
      {place !== null && !isLoopback(place.host) && <span className="send-problem">{words("live.not-local", { n, host: place.host })}</span>}
    </p>
  );
}
