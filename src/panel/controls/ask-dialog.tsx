import { Dialog } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import type { Told } from "../../model/said.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { Button } from "./button.tsx";
import { Form } from "./form.tsx";
import { Modal } from "./modal.tsx";
import "./ask-dialog.css";

interface AskDialogProps {
  readonly title: string;
  /** What is asked for, and what comes of it. */
  readonly about: string;
  /** What its place and size are called in the style sheet, where it needs another than a few fields do. */
  readonly className?: string;
  /** Why what was given is not taken. */
  readonly problem?: Told | null;
  /** Takes back what was given before; with a reason where nothing was. */
  readonly remove?: Pick<ComponentProps<typeof Button>, "name" | "reason" | "isBusy" | "onClick">;
  readonly save: Pick<ComponentProps<typeof Button>, "name" | "text" | "title" | "reason" | "isBusy">;
  /** Enter was pressed in a field, or `save`. */
  readonly onSave: () => void;
  readonly onClose: () => void;
  /** Takes the focus once it is closed. */
  readonly from: HTMLElement | null;
  readonly children: ReactNode;
}

/** Asks for something about what was pointed at: some fields, and what to do with them. */
export function AskDialog({ title, about, className = "", problem = null, remove, save, onSave, onClose, from, children }: AskDialogProps) {
  const { words, tell } = useSpeaker();
  return (
    <Modal className={`ask ${className}`} onClose={onClose} isDescribed from={from}>
      <Form className="ask-form" onSubmit={onSave}>
        <Dialog.Title>{title}</Dialog.Title>
        <Dialog.Description className="ask-about">{about}</Dialog.Description>
        {children}
        {problem !== null && (
          <p role="alert" className="ask-problem">
            {tell(problem)}
          </p>
        )}
        <div className="ask-buttons">
          {remove !== undefined && <Button {...remove} text={words("menu.remove")} look="plain" className="ask-remove" />}
          <Button name={words("menu.cancel")} text={words("menu.cancel")} look="plain" onClick={onClose} />
          <Button text={save.name} {...save} look="plain" isSubmit />
        </div>
      </Form>
    </Modal>
  );
}

/** One of its fields, with its name before it. */
export function AskField({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <label className="ask-field">
      {name}
      {children}
    </label>
  );
}
