import type { ComponentProps, ReactNode } from "react";
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
}

export function Button({ name, icon, text, isPressed, look = "bar", className, title, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type="button"
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
