import { ArrowDown, ArrowUp, Braces, Copy, WrapText } from "lucide-react";
import { useState } from "react";
import type { FoundText, InspectedFrame } from "../../contract/inspect.ts";
import { say, type Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useFindBox } from "../controls/use-find-box.ts";
import { toldBy } from "../told-by.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FoundPlace } from "./found-place.tsx";
import "./hex.css";
import { TextView } from "./text-view.tsx";
import { useKeptChoice } from "../controls/use-kept-choice.ts";
import { useLaidText } from "./use-laid-text.ts";

/** Lines that are not broken at the pane's width end here: one of 10 MB cannot be drawn whole. */
const UNWRAPPED = 2000;

/** The payload's text as it went over the wire, or its value as JSON that a person reads. */
export function RawTab({ details }: { readonly details: InspectedFrame }) {
  const session = useSession();
  const { words, tell } = useSpeaker();
  const { kind, size, note, treeLines, textLines } = details;
  const width = useSelected(session.inspector, (state) => state.readColumns);
  const [wantsPretty, setPretty] = useKeptChoice("raw-pretty", false);
  const [wraps, setWraps] = useKeptChoice("raw-wraps", true);
  const [sought, setSought] = useState("");
  const [found, setFound] = useState<FoundText | null | undefined>(undefined);
  /** Why it was not found out whether something stands there. */
  const [stopped, setStopped] = useState<Told | null>(null);
  const canBePretty = treeLines !== null;
  // Of binary that has a value, that is the text.
  const isPretty = canBePretty && (wantsPretty || textLines === null);
  const form = { form: isPretty ? "pretty" : "sent", columns: wraps ? width : UNWRAPPED } as const;
  const { laid, problem } = useLaidText(details, form);

  async function find(backwards: boolean, text = sought): Promise<void> {
    setStopped(null);
    if (text === "") return setFound(undefined);
    const after = found === undefined || found === null || text !== sought ? null : found.at;
    try {
      setFound(await session.engine.call("findText", { frame: details.index, message: details.message, ...form, text, after, backwards }));
    } catch (why) {
      setFound(undefined);
      setStopped(toldBy(why));
    }
  }

  const { box, ask, onKeyDown } = useFindBox(sought, (backwards) => void find(backwards));

  const isShown = !(kind === "message" && size === null) && (textLines !== null || canBePretty);
  return (
    <>
      <div ref={leavesKeyboardBeside} className="inspector-tools raw-tools" data-finds="" onKeyDown={onKeyDown}>
        {isShown && (
          <>
            <Button name={words("raw.pretty")} icon={<Braces />} isPressed={isPretty} reason={!canBePretty ? words("raw.pretty-no-value") : textLines === null ? words("raw.pretty-alone") : null} title={words("raw.pretty-about")} onClick={() => setPretty(!wantsPretty)} />
            <Button name={words("raw.wrap")} icon={<WrapText />} isPressed={wraps} title={words("raw.wrap-about")} onClick={() => setWraps(!wraps)} />
            <input
              ref={box}
              className="hex-input raw-find"
              type="text"
              aria-label={words("raw.find")}
              placeholder={words("raw.find")}
              spellCheck={false}
              autoComplete="off"
              value={sought}
              onChange={({ target }) => {
                setSought(target.value);
                void find(false, target.value);
              }}
            />
            <FoundPlace found={found} name={words("raw.found")} />
            <Button name={words("raw.find-previous")} icon={<ArrowUp />} reason={sought === "" ? words("find.type-first") : null} onClick={() => void find(true)} />
            <Button name={words("raw.find-next")} icon={<ArrowDown />} reason={sought === "" ? words("find.type-first") : null} onClick={() => void find(false)} />
          </>
        )}
        {kind === "message" && size !== null && <CopyPayload details={details} />}
      </div>
      {stopped !== null && <p className="inspector-note inspector-note-slim" role="status">{tell(stopped)}</p>}
      {problem !== null ? (
        <p className="inspector-note">{tell(problem)}</p>
      ) : !isShown ? (
        <p className="inspector-note">{note === null ? words(kind === "message" ? "inspector.not-utf8" : "inspector.no-payload") : tell(note)}</p>
      ) : (
        laid !== undefined && laid !== null && <TextView key={`${form.form} ${form.columns} ${details.treeRevision}`} details={details} form={form} laid={laid} isWide={!wraps} sought={sought} found={found ?? null} onFind={ask} />
      )}
    </>
  );
}

function CopyPayload({ details: { index: frame, textLines } }: { readonly details: InspectedFrame }) {
  const { engine, clipboard } = useSession();
  const { words } = useSpeaker();
  return (
    <Button
      name={words("inspector.copy")}
      icon={<Copy />}
      title={words(textLines === null ? "inspector.copy-base64-about" : "inspector.copy-about")}
      onClick={() => void clipboard.copy(say("copy.message"), engine.call("payloadText", { frame }))}
    />
  );
}
