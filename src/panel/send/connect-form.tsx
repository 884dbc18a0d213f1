import { Plug } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "../controls/button.tsx";
import { Popup } from "../controls/popup.tsx";
import { useSpeaker } from "../state/speaker-context.ts";
import type { SendStore } from "./send-store.ts";

/** Opens a connection of the user's own, as the page would; at first like the one chosen. */
export function ConnectForm({ store }: { readonly store: SendStore }) {
  const { words } = useSpeaker();
  const { connect } = useStore(store.store);
  const [url, setUrl] = useState("");
  const [subprotocols, setSubprotocols] = useState("");
  const isOpen = connect !== null;
  const isValid = /^(?:wss?|https?):\/\/./i.test(url);
  const setOpen = (opens: boolean): void => {
    store.setConnecting(opens ? store.likeChosen() : null);
  };
  const [shown, setShown] = useState(connect);
  // What it begins with is taken up once, as it is opened.
  if (shown !== connect) {
    setShown(connect);
    if (connect !== null) {
      setUrl(connect.url);
      setSubprotocols(connect.subprotocol);
    }
  }
  const open = (): void => {
    if (isValid) void store.connect(url, subprotocols.split(/[\s,]+/).filter((one) => one !== ""));
  };
  return (
    <Popup
      trigger={<Button name={words("live.connect")} icon={<Plug />} />}
      isOpen={isOpen}
      onOpenChange={setOpen}
      side="top"
      className="send-close send-connect"
      aria-label={words("live.connect-name")}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <label>
          {words("live.url")}
          <input type="text" value={url} spellCheck={false} aria-invalid={!isValid} onChange={({ target }) => setUrl(target.value.trim())} />
        </label>
        <label>
          {words("live.subprotocols")}
          <input type="text" value={subprotocols} spellCheck={false} onChange={({ target }) => setSubprotocols(target.value)} />
        </label>
        <p>{words("live.connect-about")}</p>
        <Button name={words("live.connect-do")} text={words("live.connect-do")} look="plain" disabled={!isValid} onClick={open} />
      </form>
    </Popup>
  );
}
