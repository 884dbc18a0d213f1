import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button.tsx";
import { Form } from "./form.tsx";

interface FieldFormProps extends Pick<ComponentProps<"input">, "maxLength" | "placeholder" | "spellCheck" | "aria-invalid"> {
  /** The field's accessible name; it stands in it, too, where no other `placeholder` does. */
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly take: Pick<ComponentProps<typeof Button>, "name" | "icon" | "title" | "reason">;
  readonly onTake: () => void;
  /** Below both. */
  readonly children?: ReactNode;
}

/** A field, and the button that takes what stands in it; Enter does too, where the button can be pressed. */
export function FieldForm({ name, onChange, take, onTake, children, ...field }: FieldFormProps) {
  return (
    <Form className="field-form" onSubmit={onTake}>
      <input className="field" type="text" aria-label={name} placeholder={name} {...field} onChange={({ target }) => onChange(target.value)} />
      <Button {...take} text={take.name} look="plain" isSubmit />
      {children}
    </Form>
  );
}
