import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useRef, type ReactNode, type Ref } from "react";
import { Button } from "./button.tsx";
import "./modal.css";

interface ModalProps {
  /** What its place and size are called in the style sheet. */
  readonly className: string;
  readonly isOpen?: boolean;
  readonly onClose: () => void;
  /** A `Dialog.Description` stands in it. */
  readonly isDescribed?: boolean;
  /** Takes the focus once it is closed; where it is not said, what had it before. */
  readonly from?: HTMLElement | null;
  /** It is closed, and what takes the focus has it. */
  readonly onClosed?: () => void;
  /** Whether Escape, pressed there, is for what stands there, and does not close it. */
  readonly takesEscape?: (place: Element) => boolean;
  /** Its keys are for it alone, and none for the screen below it. */
  readonly keepsKeys?: boolean;
  readonly contentRef?: Ref<HTMLDivElement>;
  readonly children: ReactNode;
}

/** A dialog over the screen, which takes nothing while it is there. Escape closes it, and is not for DevTools: see `takeKey`. */
export function Modal({ className, isOpen = true, onClose, isDescribed = false, from, onClosed, takesEscape, keepsKeys = false, contentRef, children }: ModalProps) {
  // Radix gives the focus back to its own trigger, which none of these has.
  const before = useRef(document.activeElement);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="modal-back" />
        <Dialog.Content
          ref={contentRef}
          className={`modal ${className} popup`}
          {...(!isDescribed && { "aria-describedby": undefined })}
          onEscapeKeyDown={(event) => {
            if (event.target instanceof Element && takesEscape?.(event.target) === true) event.preventDefault();
            else event.stopPropagation();
          }}
          onKeyDown={(event) => keepsKeys && event.stopPropagation()}
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const back = from === undefined ? before.current : from;
            if (back instanceof HTMLElement) back.focus();
            onClosed?.();
          }}
        >
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Its name, and what closes it. */
export function ModalHead({ title, close }: { readonly title: string; readonly close: string }) {
  return (
    <div className="modal-head">
      <Dialog.Title>{title}</Dialog.Title>
      <Dialog.Close asChild>
        <Button name={close} icon={<X />} />
      </Dialog.Close>
    </div>
  );
}
