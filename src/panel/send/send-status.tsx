import { useStore } from "zustand";
import { MOST_AFTER_MS, type LaterRow, type SentRow } from "../../contract/sending.ts";
import type { Said, Told } from "../../model/said.ts";
import type { FrameIndex } from "../../model/units.ts";
import type { SentHeaders } from "../../model/own-connection.ts";
import type { OutgoingMessage } from "../../model/outgoing-message.ts";
import { assertNever } from "../../model/assert-never.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useCapture, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { Outcome } from "./last-outcome.ts";
import type { Reach, SendStore } from "./send-store.ts";

/** What is to be known before the message goes, and what became of the last one. */
export function SendStatus({ store, problem }: { readonly store: SendStore; readonly problem: Said | null }) {
  const { words, tell } = useSpeaker();
  const { reach, file, outcome, encoded, draft } = useStore(store.store);
  const { otherProtocol } = store;
  return (
    <div className="send-status">
      {problem !== null && <p className="send-problem">{tell(problem)}</p>}
      {encoded !== null && <Encoded messages={encoded} />}
      {draft.form === "value" && otherProtocol !== undefined && <p className="send-warning">{words("live.other-protocol", { speaks: otherProtocol, decoder: draft.decoder })}</p>}
      <div role="status">
        {/* Why it did not open says more than that it has ended. */}
        {outcome?.type === "connected" && outcome.failed !== null ? null : <ReachStatus reach={reach} store={store} />}
        {file?.state === "reading" && <p>{words("live.file-reading", { name: file.name })}</p>}
        {file?.state === "refused" && <p className="send-problem">{tell(file.why)}</p>}
        {outcome !== null && <OutcomeStatus outcome={outcome} />}
      </div>
    </div>
  );
}

export function ReachStatus({ reach, store }: { readonly reach: Reach; readonly store: SendStore }) {
  const { words, tell } = useSpeaker();
  switch (reach.state) {
    case "none":
    case "reached":
      return null;
    case "connecting":
      return <p>{words("live.connecting")}</p>;
    case "looking":
      return (
        <p>
          <span>{words("live.looking")}</span>
          <FindNow store={store} />
        </p>
      );
    case "refused":
      return (
        <p>
          <span className="send-problem">{tell(reach.why)}</span>
          <Button ref={leavesKeyboardBeside} name={words("live.find-again")} text={words("live.find-again")} look="plain" onClick={() => store.findAgain()} />
          <FindNow store={store} />
        </p>
      );
    default:
      return assertNever(reach);
  }
}

function FindNow({ store }: { readonly store: SendStore }) {
  const { words } = useSpeaker();
  return <Button ref={leavesKeyboardBeside} name={words("live.find-now")} text={words("live.find-now")} look="plain" title={words("live.find-now-about")} onClick={() => void store.findNow()} />;
}

function OutcomeStatus({ outcome }: { readonly outcome: Outcome }) {
  const { words, tell } = useSpeaker();
  const isPaused = useCapture().state === "paused";
  switch (outcome.type) {
    case "sending":
      return <p>{words("live.sending")}</p>;
    case "refused":
      return <p className="send-problem">{tell(outcome.why)}</p>;
    case "received":
      return <p>{words("live.was-received")}</p>;
    case "ended abnormally":
      return <p>{words("live.was-ended-abnormally")}</p>;
    case "connected":
      return <Connected failed={outcome.failed} headers={outcome.headers} />;
    case "closed":
      return <p>{words("live.was-closed")}</p>;
    case "sent":
      if (outcome.row === null) return <p>{words(isPaused ? "live.paused" : "live.was-sent")}</p>;
      return <Sent row={outcome.row} />;
    default:
      return assertNever(outcome);
  }
}

/** What of the headers that were asked for did not go out as they were asked for. */
function Connected({ failed, headers: { changed, missing, untold } }: { readonly failed: Told | null; readonly headers: SentHeaders }) {
  const { words, tell } = useSpeaker();
  return (
    <>
      {failed === null ? <p>{words("live.connected")}</p> : <p className="send-problem">{words("live.not-connected", { why: tell(failed) })}</p>}
      {changed.length > 0 && <p className="send-warning">{words("live.headers-changed", { name: changed })}</p>}
      {missing.length > 0 && <p className="send-warning">{words("live.headers-missing", { name: missing })}</p>}
      {untold.length > 0 && <p>{words("live.headers-untold", { name: untold })}</p>}
    </>
  );
}

function Sent({ row: { frame, label, answer, next } }: { readonly row: SentRow }) {
  const { words } = useSpeaker();
  return (
    <p>
      <span>{words("live.sent-as")}</span>
      <RowLink frame={frame} label={label} />
      {answer === "awaited" && <span>{words("live.awaited")}</span>}
      {answer === null && next === null && <span>{words("live.next-none", { ms: MOST_AFTER_MS })}</span>}
      {answer !== null && answer !== "awaited" && <Later said={words("live.answered", { ms: answer.latency })} row={answer} />}
      {next !== null && next !== "awaited" && <Later said={words("live.next", { ms: next.latency })} row={next} />}
    </p>
  );
}

function Later({ said, row: { frame, label, preview } }: { readonly said: string; readonly row: LaterRow }) {
  return (
    <>
      <span>{said}</span>
      <RowLink frame={frame} label={label} />
      <span className="send-answer">{preview}</span>
    </>
  );
}

function RowLink({ frame, label }: { readonly frame: FrameIndex; readonly label: string }) {
  const session = useSession();
  const { words } = useSpeaker();
  return <Button name={words("live.row", { n: frame + 1, label })} text={words("live.row", { n: frame + 1, label })} onClick={() => session.showFrame(frame)} />;
}

const SHOWN = 300;

function Encoded({ messages }: { readonly messages: readonly OutgoingMessage[] }) {
  const { words } = useSpeaker();
  const [first] = messages;
  if (first === undefined) return null;
  const text = first.type === "text" ? first.text.slice(0, SHOWN) : hexOf(first.bytes);
  return <p className="send-encoded">{messages.length === 1 ? words("live.preview", { text }) : words("live.preview-several", { n: messages.length, text })}</p>;
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, SHOWN / 3), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
