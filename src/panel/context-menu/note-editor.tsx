import { Dialog } from "radix-ui";
import { useState, type KeyboardEvent } from "react";
import { MOST_NOTE } from "../../contract/rows.ts";
import type { FrameIndex } from "../../model/units.ts";
import { Button } from "../controls/button.tsx";
import { commandKey } from "../controls/command-key.ts";
import { Modal } from "../controls/modal.tsx";
import { takeKey } from "../controls/take-key.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

interface NoteEditorProps {
  readonly frame: FrameIndex;
  readonly text: string;
  readonly from: HTMLElement | null;
}

/** Writes what the user thinks of a frame. */
export function NoteEditor({ frame, text: before, from }: NoteEditorProps) {
  const session = useSession();
  const { words } = useSpeaker();
  const [text, setText] = useState(before);

  function save(value: string): void {
    void session.note(frame, value);
    session.menu.closeAsked();
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    takeKey(event);
    save(text);
  }

  return (
    <Modal className="note note-place" onClose={() => session.menu.closeAsked()} from={from}>
      <Dialog.Title>{words("menu.note-on", { n: frame + 1 })}</Dialog.Title>
      <textarea
        className="field"
        aria-label={words("menu.note")}
        value={text}
        maxLength={MOST_NOTE}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={pressed}
      />
      <p className="note-key">{words("menu.note-keys", { key: commandKey("Enter") })}</p>
      <div className="note-buttons">
        <Button name={words("menu.note-remove")} text={words("menu.remove")} look="plain" disabled={before === ""} onClick={() => save("")} />
        <Button name={words("menu.cancel")} text={words("menu.cancel")} look="plain" onClick={() => session.menu.closeAsked()} />
        <Button name={words("menu.note-save")} text={words("menu.save")} look="plain" title={commandKey("Enter")} onClick={() => save(text)} />
      </div>
    </Modal>
  );
}
