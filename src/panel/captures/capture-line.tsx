import { Download, PanelTopOpen, Pencil, Trash2 } from "lucide-react";
import { useRef, useState, type KeyboardEvent, type RefObject } from "react";
import type { KeptCapture } from "../../engine/contract.ts";
import { Button } from "../controls/button.tsx";
import { takeKey } from "../controls/take-key.ts";
import { formatBytes, formatCount, formatDay, formatSecond } from "../figures/figures.ts";
import { captureTitle } from "../state/captures-store.ts";
import { useCapture, useSelected, useSession } from "../state/session-context.ts";
import { stateWords } from "./capture-words.ts";

interface CaptureLineProps {
  readonly capture: KeptCapture;
  readonly onDeleted: () => void;
}

/** `kept`: the question was answered with no, so its button has the focus again. */
type Doing = "nothing" | "renaming" | "deleting" | "kept";

/** Class of what Escape ends, instead of the dialog around it. */
export const TAKES_ESCAPE = "captures-takes-escape";

/** One capture of the list. Its name is changed, and its deletion confirmed, in its own place. */
export function CaptureLine({ capture, onDeleted }: CaptureLineProps) {
  const [doing, setDoing] = useState<Doing>("nothing");
  const rename = useRef<HTMLButtonElement>(null);
  const { startedAt, frames, bytes, problem } = capture;
  const words = stateWords(capture, useCapture().state === "stopped");

  function nameDone(byKey: boolean): void {
    setDoing("nothing");
    if (byKey) rename.current?.focus();
  }

  return (
    <tr>
      <td className="captures-began">
        <span>{formatDay(startedAt)},</span> <span>{formatSecond(startedAt)}</span>
      </td>
      <td className="captures-page">{doing === "renaming" ? <NameBox capture={capture} onDone={nameDone} /> : <Title capture={capture} />}</td>
      <td className="captures-number">{formatCount(frames)}</td>
      <td className="captures-number">{formatBytes(bytes)}</td>
      <td className={problem === null ? "captures-state" : "captures-state captures-bad"} title={problem ?? undefined}>
        {words}
      </td>
      <td>
        {doing === "deleting" ? (
          <DeleteQuestion capture={capture} onKeep={() => setDoing("kept")} onDeleted={onDeleted} />
        ) : (
          <Actions capture={capture} renameRef={rename} isBack={doing === "kept"} onRename={() => setDoing("renaming")} onDelete={() => setDoing("deleting")} />
        )}
      </td>
    </tr>
  );
}

function Title({ capture }: { readonly capture: KeptCapture }) {
  const { name, page } = capture;
  return (
    <span title={name === "" ? page : `${name} · ${page}`}>
      {name === "" ? page || "—" : <b>{name}</b>}
      {name !== "" && page !== "" && <span className="captures-dim"> · {page}</span>}
    </span>
  );
}

interface ActionsProps {
  readonly capture: KeptCapture;
  readonly renameRef: RefObject<HTMLButtonElement | null>;
  /** The focus comes back to Delete. */
  readonly isBack: boolean;
  readonly onRename: () => void;
  readonly onDelete: () => void;
}

function Actions({ capture, renameRef, isBack, onRename, onDelete }: ActionsProps) {
  const { captures, exports } = useSession();
  const isWriting = useSelected(exports, ({ state }) => state === "writing");
  const { state } = capture;
  const title = captureTitle(capture);
  const isElsewhere = state === "running elsewhere" || state === "open elsewhere";
  const isHere = state === "running here" || state === "open here";
  const inUse = isElsewhere ? "It is in use elsewhere: go to the DevTools or the tab that has it" : undefined;
  return (
    <span className="captures-actions">
      <Button
        name={`Open ${title}`}
        icon={<PanelTopOpen />}
        disabled={isElsewhere || isHere}
        title={inUse ?? (isHere ? "This is the capture behind this list" : "Open in a tab")}
        onClick={() => void captures.show(capture)}
      />
      <Button ref={renameRef} name={`Rename ${title}`} icon={<Pencil />} title="Rename" onClick={onRename} />
      <Button
        name={`Export ${title}`}
        icon={<Download />}
        disabled={isElsewhere || isWriting}
        title={inUse ?? "Export all frames as HAR, without cookies and credentials"}
        onClick={() => void captures.export(capture)}
      />
      <Button
        name={`Delete ${title}`}
        icon={<Trash2 />}
        autoFocus={isBack}
        disabled={isElsewhere || isHere}
        title={inUse ?? (isHere ? "It is in use here" : "Delete")}
        onClick={onDelete}
      />
    </span>
  );
}

interface DeleteQuestionProps {
  readonly capture: KeptCapture;
  readonly onKeep: () => void;
  readonly onDeleted: () => void;
}

/** Chrome's own `confirm()` never returns in DevTools. */
function DeleteQuestion({ capture, onKeep, onDeleted }: DeleteQuestionProps) {
  const { captures } = useSession();

  async function remove(): Promise<void> {
    await captures.remove(capture);
    onKeep();
    onDeleted();
  }

  return (
    <span
      className={`captures-actions ${TAKES_ESCAPE}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        takeKey(event);
        onKeep();
      }}
    >
      <Button name="Delete for good" text="Delete" look="plain" className="captures-delete" onClick={() => void remove()} />
      <Button name="Keep" text="Keep" look="plain" autoFocus onClick={onKeep} />
    </span>
  );
}

interface NameBoxProps {
  readonly capture: KeptCapture;
  readonly onDone: (byKey: boolean) => void;
}

function NameBox({ capture, onDone }: NameBoxProps) {
  const { captures } = useSession();
  const [name, setName] = useState(capture.name);
  // The box may lose its focus by going away.
  const isDone = useRef(false);

  function end(isTaken: boolean, byKey: boolean): void {
    if (isDone.current) return;
    isDone.current = true;
    if (isTaken && name.trim() !== capture.name) void captures.rename(capture, name.trim());
    onDone(byKey);
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    takeKey(event);
    end(event.key === "Enter", true);
  }

  return (
    <input
      className={`captures-name ${TAKES_ESCAPE}`}
      aria-label="Name of the capture"
      autoFocus
      maxLength={80}
      placeholder={capture.page}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onKeyDown={pressed}
      onBlur={() => end(true, false)}
    />
  );
}
