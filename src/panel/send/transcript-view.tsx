import { ArrowLeft, FileDown, FileUp, Trash2, X } from "lucide-react";
import { useRef } from "react";
import { useStore } from "zustand";
import { isLoopback, parsePlace } from "../../model/handshake/origin.ts";
import { runTold } from "../../replay/run-told.ts";
import type { RunProgress } from "../../replay/transcript-run.ts";
import type { Told } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import { escapeTemplate } from "../../replay/template.ts";
import { MOST_MESSAGES, type TranscriptMessage } from "../../replay/transcript.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useSpoken } from "../controls/spoken-status.tsx";
import { saveText } from "../save-file.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { unmaskedFileName } from "../unmasked-file-name.ts";
import { FRAME_ROW } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { ConnectionChoice } from "./connection-choice.tsx";
import type { Reach, SendStore } from "./send-store.ts";
import { ReachStatus } from "./send-status.tsx";
import { RunControls, TranscriptOptions } from "./transcript-options.tsx";
import { TranscriptResult } from "./transcript-result.tsx";
import { VariablesMenu } from "./variables-menu.tsx";

const SHOWN = 200;

/** Several messages, sent one after the other: each can be looked at and changed before. */
export function TranscriptView({ store }: { readonly store: SendStore }) {
  const session = useSession();
  const { words } = useSpeaker();
  const { transcript: whole, chosen, progress } = useStore(store.transcript.store);
  const file = useRef<HTMLInputElement>(null);
  const messages = whole?.messages ?? [];
  const message = messages[chosen];
  return (
    <>
      <div ref={leavesKeyboardBeside} className="send-bar">
        <Button name={words("replay.back")} text={words("replay.back")} icon={<ArrowLeft />} onClick={() => store.transcript.leave()} />
        <ConnectionChoice store={store} />
        <span className="send-source">{words("replay.messages", { n: messages.length })}</span>
        <TranscriptOptions store={store.transcript} />
        <VariablesMenu store={store.transcript} />
        <Button name={words("replay.save")} text={words("replay.save-short")} title={words("replay.save")} icon={<FileDown />} reason={messages.length === 0 ? words("replay.no-messages") : null} onClick={() => saveText(unmaskedFileName(store.chosenRow?.url ?? "", "transcript.json"), "application/json", store.transcript.fileText())} />
        <input
          ref={file}
          type="file"
          hidden
          accept=".json,application/json"
          onChange={({ target }) => {
            const chosenFile = target.files?.[0];
            if (chosenFile !== undefined) void store.transcript.load(chosenFile);
            // The same file can be chosen again.
            target.value = "";
          }}
        />
        <Button name={words("replay.load")} text={words("replay.load-short")} title={words("replay.load")} icon={<FileUp />} reason={progress === null ? null : words("replay.runs")} onClick={() => file.current?.click()} />
        <div className="send-actions">
          <RunControls store={store} />
        </div>
        <Button name={words("live.hide")} icon={<X />} className="send-hide" onClick={() => session.sending.close()} />
      </div>
      <div className="send-transcript">
        <MessageList messages={messages} chosen={chosen} choose={(place) => store.transcript.choose(place)} />
        <div className="send-transcript-message">
          <textarea
            className="send-text"
            aria-label={words("live.message")}
            spellCheck={false}
            readOnly={message === undefined || message.form === "base64" || progress !== null}
            value={message === undefined ? "" : message.form === "text" ? escapeTemplate(message.text) : message.text}
            onChange={({ target }) => store.transcript.write(target.value)}
          />
          <Button name={words("replay.remove")} icon={<Trash2 />} className="send-remove" reason={progress !== null ? words("replay.runs") : message === undefined ? words("replay.no-messages") : null} onClick={() => store.transcript.remove()} />
        </div>
      </div>
      <TranscriptStatus store={store} message={message} />
    </>
  );
}

function TranscriptStatus({ store, message }: { readonly store: SendStore; readonly message: TranscriptMessage | undefined }) {
  const { words, tell } = useSpeaker();
  const { transcript, left, options, problem, progress, result, refusal } = useStore(store.transcript.store);
  const { connections, connection, reach } = useStore(store.store);
  const place = parsePlace(connections?.find(({ id }) => id === connection)?.url ?? "");
  const n = (transcript?.messages.length ?? 0) * options.repeat;
  useSpoken(spokenOf(reach, progress, result === null ? null : runTold(result, options.stopAt), { words, tell }));
  const isQuiet = progress === null && result === null && problem === null && refusal === null;
  return (
    <div className="send-status">
      {left > 0 && <p>{words("replay.left", { n: left, most: MOST_MESSAGES })}</p>}
      {n > 1 && place !== null && !isLoopback(place.host) && <p className="send-warning">{words("live.not-local", { n, host: place.host })}</p>}
      {problem !== null && <p className="send-problem">{tell(problem)}</p>}
      {refusal !== null && <p className="send-problem">{tell(refusal)}</p>}
      {isQuiet && <p>{words(message?.form === "base64" ? "replay.binary-stays" : "replay.fill-about")}</p>}
      <div role="status" aria-live="off">
        <ReachStatus reach={reach} store={store} />
        <TranscriptResult store={store.transcript} />
      </div>
    </div>
  );
}

/** Whether it can be sent, how far a run is, and how it ended. */
function spokenOf(reach: Reach, progress: RunProgress | null, ending: readonly Told[] | null, { words, tell }: Pick<Speaker, "words" | "tell">): string {
  if (reach.state === "refused") return tell(reach.why);
  if (reach.state === "looking" || reach.state === "connecting") return words(`live.${reach.state}`);
  return progress === null ? (ending ?? []).map(tell).join(" ") : words("replay.progress", progress);
}

interface MessageListProps {
  readonly messages: readonly TranscriptMessage[];
  readonly chosen: number;
  readonly choose: (place: number) => void;
}

function MessageList({ messages, chosen, choose }: MessageListProps) {
  const { words } = useSpeaker();
  const { setElement, scroller, height, from, to, y, screen } = useVirtualRows({ count: messages.length, rowHeight: FRAME_ROW });
  const go = (place: number): void => {
    const next = Math.max(0, Math.min(messages.length - 1, place));
    choose(next);
    scroller.scrollToRow(next);
  };
  return (
    <div
      ref={setElement}
      className="send-transcript-list"
      role="listbox"
      aria-label={words("replay.list")}
      aria-activedescendant={messages.length === 0 ? undefined : `transcript-${chosen}`}
      tabIndex={0}
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: screen, PageUp: -screen, Home: -messages.length, End: messages.length }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        go(chosen + step);
      }}
    >
      <div className="send-transcript-rows" style={{ height: height }}>
        <div style={{ transform: `translateY(${y}px)` }}>
          {messages.slice(from, to).map((message, i) => {
            const place = from + i;
            return (
              <div key={place} id={`transcript-${place}`} role="option" aria-selected={place === chosen} aria-setsize={messages.length} aria-posinset={place + 1} className="send-transcript-row" onClick={() => choose(place)}>
                <span className="send-transcript-at">{words("replay.after", { ms: message.at })}</span>
                <span className="send-transcript-text">{message.form === "base64" ? words("replay.binary", { size: Math.floor((message.text.replace(/=+$/, "").length * 3) / 4) }) : message.text.slice(0, SHOWN)}</span>
                {message.form === "template" && <span className="send-transcript-edited">{words("replay.edited")}</span>}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
