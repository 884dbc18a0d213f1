import { Download, FileDiff, PanelTopOpen, Pencil, Trash2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useRef, useState, type KeyboardEvent, type RefObject } from "react";
import type { KeptCapture } from "../../contract/captures.ts";
import { Button } from "../controls/button.tsx";
import { Menu } from "../controls/popup.tsx";
import { takeKey } from "../controls/take-key.ts";
import { useCapture, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { ExportForms } from "../top-bar/export-forms.tsx";
import { stateOf, titleOf } from "./capture-words.ts";

interface CaptureLineProps {
  readonly capture: KeptCapture;
  /** Those that it can be compared with, itself among them. */
  readonly others: readonly KeptCapture[];
  readonly onCompare: (other: KeptCapture) => void;
  readonly onDeleted: () => void;
}

/** `kept`: the question was answered with no, so its button has the focus again. */
type Doing = "nothing" | "renaming" | "deleting" | "kept";

/** Class of what Escape ends, instead of the dialog around it. */
export const TAKES_ESCAPE = "captures-takes-escape";

/** One capture of the list. Its name is changed, and its deletion confirmed, in its own place. */
export function CaptureLine({ capture, others, onCompare, onDeleted }: CaptureLineProps) {
  const [doing, setDoing] = useState<Doing>("nothing");
  const rename = useRef<HTMLButtonElement>(null);
  const { startedAt, frames, bytes, problem } = capture;
  const { tell, figures } = useSpeaker();
  const state = tell(stateOf(capture, useCapture().state === "stopped"));

  function nameDone(byKey: boolean): void {
    setDoing("nothing");
    if (byKey) rename.current?.focus();
  }

  return (
    <tr>
      <td className="captures-began">
        <span>{figures.day(startedAt)}</span> <span>{figures.second(startedAt)}</span>
      </td>
      <td className="captures-page">{doing === "renaming" ? <NameBox capture={capture} onDone={nameDone} /> : <Title capture={capture} />}</td>
      <td className="captures-number">{figures.count(frames)}</td>
      <td className="captures-number">{figures.bytes(bytes)}</td>
      <td className={problem === null ? "captures-state" : "captures-state captures-bad"} title={problem === null ? undefined : tell(problem)}>
        {state}
      </td>
      <td>
        {doing === "deleting" ? (
          <DeleteQuestion capture={capture} onKeep={() => setDoing("kept")} onDeleted={onDeleted} />
        ) : (
          <Actions capture={capture} others={others} onCompare={onCompare} renameRef={rename} isBack={doing === "kept"} onRename={() => setDoing("renaming")} onDelete={() => setDoing("deleting")} />
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

interface ActionsProps extends Pick<CaptureLineProps, "capture" | "others" | "onCompare"> {
  readonly renameRef: RefObject<HTMLButtonElement | null>;
  /** The focus comes back to Delete. */
  readonly isBack: boolean;
  readonly onRename: () => void;
  readonly onDelete: () => void;
}

function Actions({ capture, others, onCompare, renameRef, isBack, onRename, onDelete }: ActionsProps) {
  const { captures, exports } = useSession();
  const { words, figures } = useSpeaker();
  const isWriting = useSelected(exports, ({ state }) => state === "writing");
  const { state } = capture;
  const title = titleOf(capture, words);
  const isElsewhere = isUsedElsewhere(capture);
  // One that is only looked at elsewhere is read beside that.
  const isRecordedElsewhere = state === "running elsewhere";
  const comparable = others.filter((other) => other.id !== capture.id && other.frames > 0 && other.state !== "running elsewhere");
  const isHere = state === "running here" || state === "open here";
  const inUse = isElsewhere ? words("captures.in-use-elsewhere") : null;
  return (
    <span className="captures-actions">
      <Button
        name={words("captures.open-named", { title })}
        icon={<PanelTopOpen />}
        reason={inUse ?? (isHere ? words("captures.shown-here") : null)}
        title={words("captures.open-about")}
        onClick={() => void captures.show(capture)}
      />
      <Button ref={renameRef} name={words("captures.rename-named", { title })} icon={<Pencil />} title={words("captures.rename")} onClick={onRename} />
      <Menu
        trigger={
          <Button
            name={words("compare.captures-with", { title })}
            icon={<FileDiff />}
            reason={(isRecordedElsewhere ? inUse : null) ?? (comparable.length === 0 ? words("compare.captures-none") : null)}
            title={words("compare.captures-about")}
          />
        }
      >
        <DropdownMenu.Label className="menu-title">{words("compare.captures-about")}</DropdownMenu.Label>
        {comparable.map((other) => (
          <DropdownMenu.Item key={other.id} className="menu-item" onSelect={() => onCompare(other)}>
            {`${titleOf(other, words)} · ${figures.day(other.startedAt)} ${figures.second(other.startedAt)}`}
          </DropdownMenu.Item>
        ))}
      </Menu>
      <Menu
        trigger={
          <Button
            name={words("captures.export-named", { title })}
            icon={<Download />}
            reason={isRecordedElsewhere ? inUse : null}
            isBusy={isWriting}
            title={words("captures.export-about")}
          />
        }
      >
        <ExportForms onChoose={(form) => void captures.export(capture, form)} />
      </Menu>
      <Button
        name={words("captures.delete-named", { title })}
        icon={<Trash2 />}
        autoFocus={isBack}
        reason={inUse ?? (isHere ? words("captures.in-use-here") : null)}
        title={words("captures.delete")}
        onClick={onDelete}
      />
    </span>
  );
}

const isUsedElsewhere = ({ state }: KeptCapture): boolean => state === "running elsewhere" || state === "open elsewhere";

interface DeleteQuestionProps {
  readonly capture: KeptCapture;
  readonly onKeep: () => void;
  readonly onDeleted: () => void;
}

/** Chrome's own `confirm()` never returns in DevTools. */
function DeleteQuestion({ capture, onKeep, onDeleted }: DeleteQuestionProps) {
  const { captures } = useSession();
  const { words } = useSpeaker();

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
      <Button name={words("captures.delete-confirm")} text={words("captures.delete")} look="plain" className="captures-delete" onClick={() => void remove()} />
      <Button name={words("captures.keep")} text={words("captures.keep")} look="plain" autoFocus onClick={onKeep} />
    </span>
  );
}

interface NameBoxProps {
  readonly capture: KeptCapture;
  readonly onDone: (byKey: boolean) => void;
}

function NameBox({ capture, onDone }: NameBoxProps) {
  const { captures } = useSession();
  const { words } = useSpeaker();
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
      aria-label={words("captures.name")}
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
