import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "../controls/button.tsx";
import { Form } from "../controls/form.tsx";
import { Modal, ModalHead } from "../controls/modal.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./secrets-dialog.css";

interface ExportDialogProps {
  /** The id of the format. */
  readonly format: string;
  readonly about: string;
  /** What stands beside the buttons. */
  readonly foot: ReactNode;
  /** Why no file can be written yet. */
  readonly reason?: string | null;
  /** Answers the question. */
  readonly onGoOn: () => void;
  readonly children: ReactNode;
}

/** A question before a file is written. Enter goes on, Escape leaves it. */
export function ExportDialog({ format, about, foot, reason = null, onGoOn, children }: ExportDialogProps) {
  const { exports } = useSession();
  const { words } = useSpeaker();
  const name = useSelected(exports.forms, (forms) => forms.find((form) => form.format === format)?.name ?? format);

  return (
    <Modal className="secrets" onClose={() => exports.answer(null)} isDescribed>
      <Form onSubmit={onGoOn}>
        <ModalHead title={words("menu.export-title", { format: name })} close={words("menu.cancel")} />
        <Dialog.Description className="modal-about">{about}</Dialog.Description>
        {children}
        <div className="secrets-foot">
          {foot}
          <Button name={words("menu.cancel")} text={words("menu.cancel")} look="plain" onClick={() => exports.answer(null)} />
          <Button name={words("bar.export")} text={words("bar.export")} look="plain" isSubmit className="secrets-write" autoFocus reason={reason} />
        </div>
      </Form>
    </Modal>
  );
}

/** The set with one taken out that was in it, else with it. */
export function toggled(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}
