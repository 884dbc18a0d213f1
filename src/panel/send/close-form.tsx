import { Unplug } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { isClosingCode, MOST_CLOSING_REASON } from "../../model/outgoing-message.ts";
import { Button } from "../controls/button.tsx";
import { Form } from "../controls/form.tsx";
import { Popup } from "../controls/popup.tsx";
import type { SendWish } from "../state/sending-store.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { SendStore } from "./send-store.ts";
import { reachProblem, tellReason } from "./why-not.ts";

/** Closes the connection with a code and a reason, as the page itself could. */
export function CloseForm({ store }: { readonly store: SendStore }) {
  const { words, tell } = useSpeaker();
  const { reach, connections } = useStore(store.store);
  const [isOpened, setOpened] = useState(false);
  /** The wish that was answered: each opens it once, as soon as it can be done. */
  const [answered, setAnswered] = useState<SendWish | null>(null);
  const wish = useSelected(useSession().sending, (state) => state.wish);
  const isOpen = isOpened || (wish?.isClosing === true && reach.state === "reached" && answered !== wish);
  const setOpen = (isNow: boolean): void => {
    setOpened(isNow);
    setAnswered(wish);
  };
  const [code, setCode] = useState("1000");
  const [reason, setReason] = useState("");
  const isCode = code === "" ? reason === "" : isClosingCode(Number(code));
  const isLong = new TextEncoder().encode(reason).length > MOST_CLOSING_REASON;
  const problem = !isCode ? words("live.close-code") : isLong ? words("live.close-reason", { most: MOST_CLOSING_REASON }) : null;
  const close = (): void => {
    setOpen(false);
    void store.closeConnection({ code: code === "" ? null : Number(code), reason });
  };
  return (
    <Popup
      trigger={<Button name={words("live.close")} text={words("live.close-short")} title={words("live.close")} icon={<Unplug />} reason={tellReason(reach.state === "connecting" ? null : reachProblem(reach, connections), tell)} />}
      isOpen={isOpen}
      onOpenChange={setOpen}
      side="top"
      className="send-close"
      aria-label={words("live.close-name")}
    >
      <Form onSubmit={close}>
        <label>
          {words("live.code")}
          <input className="field" type="text" inputMode="numeric" value={code} maxLength={4} aria-invalid={!isCode} onChange={({ target }) => setCode(target.value.trim())} />
        </label>
        <label>
          {words("live.reason")}
          <input className="field" type="text" value={reason} maxLength={MOST_CLOSING_REASON} aria-invalid={isLong} onChange={({ target }) => setReason(target.value)} />
        </label>
        {problem !== null && <p role="alert">{problem}</p>}
        <Button name={words("live.close-do")} text={words("live.close-do")} look="plain" reason={problem} isSubmit />
        <Button
          name={words("live.end-abnormally")}
          text={words("live.end-abnormally")}
          look="plain"
          title={words("live.end-abnormally-about")}
          onClick={() => {
            setOpen(false);
            void store.endAbnormally();
          }}
        />
      </Form>
    </Popup>
  );
}
