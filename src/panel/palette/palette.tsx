import { Command } from "cmdk";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { askSnippets, snippetChoices } from "../context-menu/snippet-entries.ts";
import { Modal } from "../controls/modal.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { Action } from "./action.ts";
import { ACTION_GROUPS } from "./actions.ts";
import { scoreOf } from "./score-of.ts";
import { Shortcuts } from "./shortcuts.tsx";
import "./palette.css";

interface PaletteProps {
  readonly focusFilter: () => void;
}

/** All that one can do, or all keys, over the screen. */
export function Palette({ focusFilter }: PaletteProps) {
  const { palette } = useSession();
  const { words } = useSpeaker();
  const { open, from } = useSelected(palette, (state) => state);
  /** Runs once the dialog is closed, so that it may take the focus. */
  const [chosen, setChosen] = useState<Action | null>(null);
  return (
    <Modal
      className="palette"
      isOpen={open !== null}
      onClose={() => palette.close()}
      from={from}
      keepsKeys
      onClosed={() => {
        setChosen(null);
        chosen?.run();
      }}
    >
      <Dialog.Title className="spoken">{words(open === "shortcuts" ? "palette.shortcuts" : "palette.name")}</Dialog.Title>
      {open === "shortcuts" ? (
        <Shortcuts />
      ) : (
        <Actions
          focusFilter={focusFilter}
          onChosen={(action) => {
            setChosen(action);
            palette.close();
          }}
        />
      )}
    </Modal>
  );
}

interface ActionsProps extends PaletteProps {
  readonly onChosen: (action: Action) => void;
}

function Actions({ focusFilter, onChosen }: ActionsProps) {
  const session = useSession();
  const speaker = useSpeaker();
  const { words } = speaker;
  useSelected(snippetChoices, (state) => state);
  useEffect(() => askSnippets(session), [session]);
  return (
    <Command label={words("palette.name")} loop filter={scoreOf}>
      <Command.Input className="palette-input" placeholder={words("palette.hint")} aria-label={words("palette.name")} />
      <Command.List className="palette-list" label={words("palette.actions")}>
        <Command.Empty className="palette-empty">{words("palette.none")}</Command.Empty>
        {ACTION_GROUPS.map(({ name, actions }) => {
          const list = actions({ session, speaker, focusFilter });
          if (list.length === 0) return null;
          return (
            <Command.Group key={name} heading={words(name)} className="palette-group">
              {list.map((action) => (
                <Command.Item key={action.id} value={`${action.name} ${action.hint ?? ""} ${action.id}`} keywords={[words(name)]} className="palette-item" onSelect={() => onChosen(action)}>
                  <span>{action.name}</span>
                  {action.hint !== undefined && <kbd>{action.hint}</kbd>}
                </Command.Item>
              ))}
            </Command.Group>
          );
        })}
      </Command.List>
    </Command>
  );
}
