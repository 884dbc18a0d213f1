import { useStore } from "zustand";
import { say } from "../../model/said.ts";
import { MOST_REPEATS } from "../../replay/transcript.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { SendStore } from "./send-store.ts";
import type { TranscriptStore } from "./transcript-store.ts";
import { reachProblem, tellReason } from "./why-not.ts";

const PACES = [
  ["replay.pace-own", 1],
  ["replay.pace-half", 0.5],
  ["replay.pace-double", 2],
  ["replay.pace-ten", 10],
  ["replay.pace-none", null],
] as const;

/** How fast, how often, and until what. */
export function TranscriptOptions({ store }: { readonly store: TranscriptStore }) {
  const { words } = useSpeaker();
  const { options, progress } = useStore(store.store);
  const isRunning = progress !== null;
  return (
    <>
      <select className="field send-choice" aria-label={words("replay.pace")} disabled={isRunning} value={PACES.findIndex(([, pace]) => pace === options.pace)} onChange={({ target }) => store.setOptions({ pace: PACES[Number(target.value)]?.[1] ?? null })}>
        {PACES.map(([name], place) => (
          <option key={name} value={place}>
            {words(name)}
          </option>
        ))}
      </select>
      <label className="send-option">
        {words("replay.repeat")}
        <input
          type="number"
          className="field send-times"
          min={1}
          max={MOST_REPEATS}
          disabled={isRunning}
          value={options.repeat}
          onChange={({ target }) => store.setOptions({ repeat: Math.max(1, Math.min(MOST_REPEATS, Math.floor(Number(target.value)) || 1)) })}
        />
      </label>
      <label className="send-option" title={words("replay.stop-at-about")}>
        {words("replay.stop-at")}
        <input className="field" type="text" spellCheck={false} disabled={isRunning} value={options.stopAt} onChange={({ target }) => store.setOptions({ stopAt: target.value })} />
      </label>
    </>
  );
}

/** Nothing is sent but by these. */
export function RunControls({ store }: { readonly store: SendStore }) {
  const { words, tell } = useSpeaker();
  const { transcript, problem, progress } = useStore(store.transcript.store);
  const { connection, connections, reach } = useStore(store.store);
  const reason = tellReason(reachProblem(reach, connections) ?? problem ?? ((transcript?.messages.length ?? 0) === 0 ? say("replay.no-messages") : null), tell);
  const isPaused = progress?.isPaused ?? true;
  return (
    <>
      <Button name={words("replay.next")} text={words("replay.next")} look="plain" reason={isPaused ? reason : words("replay.pause-first")} onClick={() => connection !== null && store.transcript.step(connection)} />
      {progress === null ? (
        <Button name={words("replay.run")} text={words("replay.run")} look="plain" className="send-button" reason={reason} onClick={() => connection !== null && void store.transcript.run(connection)} />
      ) : (
        <>
          {isPaused ? (
            <Button name={words("replay.resume")} text={words("replay.resume")} look="plain" onClick={() => store.transcript.resume()} />
          ) : (
            <Button name={words("replay.pause")} text={words("replay.pause")} look="plain" onClick={() => store.transcript.pause()} />
          )}
          <Button ref={leavesKeyboardBeside} name={words("replay.stop")} text={words("replay.stop")} look="plain" onClick={() => store.transcript.stop()} />
        </>
      )}
    </>
  );
}
