import { useState, type KeyboardEvent } from "react";
import { MOST_NOTE } from "../../contract/rows.ts";
import type { FrameIndex } from "../../model/units.ts";
import { AskDialog } from "../controls/ask-dialog.tsx";
import { commandKey } from "../controls/command-key.ts";
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
    <AskDialog
      title={words("menu.note-on", { n: frame + 1 })}
      about={words("menu.note-keys", { key: commandKey("Enter") })}
      remove={{ name: words("menu.note-remove"), reason: before === "" ? words("menu.note-none") : null, onClick: () => save("") }}
      save={{ name: words("menu.note-save"), text: words("menu.save"), title: commandKey("Enter") }}
      onSave={() => save(text)}
      onClose={() => session.menu.closeAsked()}
      from={from}
    >
      <textarea className="field" aria-label={words("menu.note")} value={text} maxLength={MOST_NOTE} onChange={({ target }) => setText(target.value)} onKeyDown={pressed} />
    </AskDialog>
  );
}
