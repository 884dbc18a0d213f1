import { ListOrdered, X } from "lucide-react";
import { use, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useStore } from "zustand";
import { Button } from "../controls/button.tsx";
import { commandKey } from "../controls/command-key.ts";
import { leavesKeyboardBeside, leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { takeKey } from "../controls/take-key.ts";
import { useSession } from "../state/session-context.ts";
import type { SendWish } from "../state/sending-store.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { CloseForm } from "./close-form.tsx";
import { ConnectForm } from "./connect-form.tsx";
import { ConnectionChoice } from "./connection-choice.tsx";
import { checkDraft, sizeOf } from "./draft.ts";
import { FormChoice } from "./form-choice.tsx";
import { KeptMenu } from "./kept-menu.tsx";
import { SendStatus } from "./send-status.tsx";
import { SendStore } from "./send-store.ts";
import { TranscriptView } from "./transcript-view.tsx";
import { reachProblem, sendProblem, tellReason } from "./why-not.ts";
import "./send.css";

/** Writes a message and sends it on a connection of the page. */
export function SendDrawer({ wish }: { readonly wish: SendWish }) {
  const session = useSession();
  const { words, tell, whole } = useSpeaker();
  // What it says is not among what the first paint does.
  use(whole());
  const [store] = useState(() => new SendStore(session));
  const text = useRef<HTMLTextAreaElement>(null);
  const state = useStore(store.store);
  const { draft, file, source, encoded, outcome, connections, connection } = state;
  const isTranscript = useStore(store.transcript.store, ({ transcript }) => transcript !== null);
  const check = checkDraft(draft);
  const size = check.size ?? (encoded === null ? null : sizeOf(encoded));
  const isReading = file?.state === "reading";
  const isSending = outcome?.type === "sending";
  const isValue = draft.form === "value";
  const whyNot = sendProblem(state, check, false);
  const whyNotBinary = sendProblem(state, check, true);

  useEffect(() => store.begin(), [store]);
  useEffect(() => {
    void store.take(wish);
    text.current?.focus();
  }, [store, wish]);

  const pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") session.sending.close();
    else if (!isTranscript && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const asBinary = draft.form !== "text" && !isValue;
      if (!isSending && (asBinary ? whyNotBinary : whyNot) === null) void store.send(asBinary);
    } else return;
    takeKey(event);
  };

  if (isTranscript) {
    return (
      <section ref={leavesKeyboardToTable} className="send" aria-label={words("live.name")} onKeyDown={pressed}>
        <TranscriptView store={store} />
      </section>
    );
  }
  return (
    <section ref={leavesKeyboardToTable} className="send" aria-label={words("live.name")} onKeyDown={pressed}>
      <div ref={leavesKeyboardBeside} className="send-bar">
        <ConnectionChoice store={store} />
        <FormChoice store={store} />
        {source !== null && <span className="send-source">{words("live.made-from", { n: source.place.frame + 1 })}</span>}
        <KeptMenu store={store} />
        <Button name={words("replay.open")} text={words("replay.open-short")} title={words("replay.open")} icon={<ListOrdered />} reason={connection === null ? tellReason(reachProblem({ state: "none" }, connections), tell) : null} onClick={() => connection !== null && void store.transcript.take(connection)} />
        <ConnectForm store={store} />
        <CloseForm store={store} />
        <div className="send-actions">
          {size !== null && size > 0 && <span className="send-size">{words("live.size", { size })}</span>}
          <Button name={words("live.receive")} text={words("live.receive")} look="plain" isBusy={isSending} reason={whyNotBinary === null ? null : tellReason(whyNot, tell)} title={words("live.receive-about")} onClick={() => void store.receive()} />
          <Button name={words("live.send-binary")} text={words("live.send-binary")} look="plain" isBusy={isSending} reason={tellReason(whyNotBinary, tell)} onClick={() => void store.send(true)} />
          <Button
            name={words("live.send")}
            text={words("live.send")}
            look="plain"
            className="send-button"
            isBusy={isSending}
            reason={tellReason(whyNot, tell)}
            title={words("live.send-key", { key: commandKey("⏎") })}
            onClick={() => void store.send(false)}
          />
        </div>
        <Button name={words("live.hide")} icon={<X />} className="send-hide" onClick={() => session.sending.close()} />
      </div>
      <textarea
        ref={text}
        className="send-text"
        aria-label={words("live.message")}
        spellCheck={false}
        readOnly={draft.form === "file" || isReading}
        value={draft.form === "file" ? "" : draft.text}
        onChange={({ target: { value } }) => draft.form !== "file" && store.write({ ...draft, text: value })}
      />
      <SendStatus store={store} problem={check.problem} />
    </section>
  );
}
