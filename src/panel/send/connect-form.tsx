import { Plug } from "lucide-react";
import { useStore } from "zustand";
import type { OpeningPlace } from "../../model/own-connection.ts";
import { describeTarget } from "../connections/connection-line.ts";
import { Button } from "../controls/button.tsx";
import { Form } from "../controls/form.tsx";
import { Popup } from "../controls/popup.tsx";
import { useSpeaker } from "../state/speaker-context.ts";
import type { Speaker } from "../../words/speaker.ts";
import { connectionOf, connectProblem } from "./connect-store.ts";
import type { SendStore } from "./send-store.ts";

/** Opens a connection of the user's own, as the page would; at first like the one chosen. */
export function ConnectForm({ store }: { readonly store: SendStore }) {
  const speaker = useSpeaker();
  const { words, tell } = speaker;
  const { connecting } = store;
  const state = useStore(connecting.store);
  const { isOpen, url, subprotocols, headers, places, chosen } = state;
  const wanted = connectionOf(state);
  const problem = connectProblem(state);
  const origin = ownOriginOf(places[chosen]);
  return (
    <Popup
      trigger={<Button name={words("live.connect")} text={words("live.connect")} icon={<Plug />} />}
      isOpen={isOpen}
      onOpenChange={(opens) => (opens ? void connecting.open(store.chosenRow) : connecting.close())}
      side="top"
      className="send-close send-connect"
      aria-label={words("live.connect-name")}
    >
      <Form onSubmit={() => wanted !== null && void store.connect(wanted)}>
        <label>
          {words("live.url")}
          <input className="field" type="text" value={url} spellCheck={false} aria-invalid={url !== "" && wanted === null && problem?.code === "live.no-url"} onChange={({ target }) => connecting.write({ url: target.value.trim() })} />
        </label>
        <label>
          {words("live.subprotocols")}
          <input className="field" type="text" value={subprotocols} spellCheck={false} onChange={({ target }) => connecting.write({ subprotocols: target.value })} />
        </label>
        <label>
          {words("live.place")}
          <select className="field" value={chosen} onChange={({ target }) => connecting.write({ chosen: Number(target.value) })}>
            {places.length === 0 && <option value={0}>{words("connections.page")}</option>}
            {places.map((place, i) => (
              <option key={`${place.session} ${place.frame}`} value={i}>
                {describePlace(place, speaker)}
              </option>
            ))}
          </select>
        </label>
        <label className="send-headers">
          {words("live.headers")}
          <textarea className="field" rows={2} value={headers} spellCheck={false} onChange={({ target }) => connecting.write({ headers: target.value })} />
        </label>
        {problem !== null && <p role="alert">{tell(problem)}</p>}
        <p>{origin !== null ? words("live.no-page-about", { origin }) : words(headers.trim() === "" ? "live.connect-about" : "live.headers-about")}</p>
        {/^\s*cookie\s*:/im.test(headers) && <p>{words("live.cookie-about")}</p>}
        <div className="send-foot">
          <Button name={words("live.connect-do")} text={words("live.connect-do")} look="plain" className="send-button" reason={wanted !== null ? null : problem === null ? words("live.url-first") : tell(problem)} isSubmit />
        </div>
      </Form>
    </Popup>
  );
}

/** The Origin of a place that is no page's, but ours. */
function ownOriginOf(place: OpeningPlace | undefined): string | null {
  const parsed = place === undefined ? null : URL.parse(place.url);
  return parsed?.protocol === "chrome-extension:" ? parsed.origin : null;
}

const SHOWN = 60;

function describePlace({ type, url }: OpeningPlace, speaker: Speaker): string {
  const shown = url.replace(/^https?:\/\//, "");
  return describeTarget({ targetType: type, targetName: shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown }, speaker);
}
