import { useState, type ComponentProps, type KeyboardEvent, type ReactNode, type SyntheticEvent } from "react";
import "./controls.css";

interface ButtonProps extends Omit<ComponentProps<"button">, "name" | "type"> {
  /** The accessible name, at every width. */
  readonly name: string;
  readonly icon?: ReactNode;
  /** Shown where there is room; without it the button is its icon alone. */
  readonly text?: string;
  readonly isPressed?: boolean;
  /** `bar`: without a border, for bars. `plain`: with one, among text. */
  readonly look?: "bar" | "plain";
  /** Sends the form that it stands in, as Enter does in its fields. */
  readonly isSubmit?: boolean;
  /** What it began goes on: it takes no press, but the focus stays on it, which one that is disabled loses. */
  readonly isBusy?: boolean;
}

const hold = (event: SyntheticEvent): void => event.stopPropagation();
/** Of one that sends its form, a click does so by itself. */
const holdClick = (event: SyntheticEvent): void => {
  event.preventDefault();
  hold(event);
};
/** Those that press a button or open its menu. */
const holdKey = (event: KeyboardEvent): void => void (["Enter", " ", "ArrowDown"].includes(event.key) && hold(event));
const BUSY = { "aria-disabled": true, onClickCapture: holdClick, onPointerDownCapture: hold, onKeyDownCapture: holdKey };

export function Button({ name, icon, text, isPressed, look = "bar", isSubmit = false, isBusy = false, disabled = false, className, title, onFocus, onBlur, ...rest }: ButtonProps) {
  const [hasFocus, setHasFocus] = useState(false);
  return (
    <button
      {...rest}
      // One that its own press turns off (the last step, a message on its way) is so once the focus goes on.
      disabled={disabled && !hasFocus}
      {...((isBusy || (disabled && hasFocus)) && BUSY)}
      onFocus={(event) => {
        setHasFocus(true);
        onFocus?.(event);
      }}
      onBlur={(event) => {
        // Where the window loses it, it comes back to the button.
        if (document.activeElement !== event.currentTarget) setHasFocus(false);
        onBlur?.(event);
      }}
      type={isSubmit ? "submit" : "button"}
      className={`button button-${look} ${className ?? ""}`}
      aria-label={name}
      aria-pressed={isPressed}
      title={title ?? (text === undefined ? name : undefined)}
    >
      {icon}
      {text !== undefined && <span className="button-text">{text}</span>}
    </button>
  );
}
