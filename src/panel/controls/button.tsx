import { useId, type ComponentProps, type KeyboardEvent, type ReactNode, type SyntheticEvent } from "react";
import { Reason } from "./reason.tsx";
import "./controls.css";

interface ButtonProps extends Omit<ComponentProps<"button">, "name" | "type" | "disabled"> {
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
  /** What it began goes on: it takes no press. */
  readonly isBusy?: boolean;
  /** Why it takes no press now, or what to do first; null where it does. Told on hover and to whom the keyboard brings there. */
  readonly reason?: string | null | undefined;
}

const hold = (event: SyntheticEvent): void => event.stopPropagation();
/** Of one that sends its form, a click does so by itself. */
const holdClick = (event: SyntheticEvent): void => {
  event.preventDefault();
  hold(event);
};
/** Those that press a button or open its menu. */
const holdKey = (event: KeyboardEvent): void => void (["Enter", " ", "ArrowDown"].includes(event.key) && hold(event));
/** Never `disabled`, which the keyboard cannot come to, and which loses the focus that its own press left on it. */
const OFF = { "aria-disabled": true, onClickCapture: holdClick, onPointerDownCapture: hold, onKeyDownCapture: holdKey };

export function Button({ name, icon, text, isPressed, look = "bar", isSubmit = false, isBusy = false, reason = null, className, title, ...rest }: ButtonProps) {
  const id = useId();
  const tip = text === undefined ? name : undefined;
  return (
    <button
      {...rest}
      {...((isBusy || reason !== null) && OFF)}
      {...(reason !== null && { "aria-describedby": id })}
      type={isSubmit ? "submit" : "button"}
      className={`button button-${look} ${className ?? ""}`}
      aria-label={name}
      aria-pressed={isPressed}
      title={reason === null ? (title ?? tip) : tip === undefined ? reason : `${tip}\n${reason}`}
    >
      {icon}
      {text !== undefined && <span className="button-text">{text}</span>}
      {reason !== null && <Reason id={id} text={reason} />}
    </button>
  );
}
