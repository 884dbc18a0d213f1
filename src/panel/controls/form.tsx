import type { ComponentProps } from "react";

interface FormProps extends Omit<ComponentProps<"form">, "onSubmit"> {
  /** Enter in a field, or the button that sends it, which has to stand in it: with two fields and none, Enter does nothing. */
  readonly onSubmit: () => void;
}

/** Fields, and what they are for. It goes to no server. */
export function Form({ onSubmit, ...rest }: FormProps) {
  return (
    <form
      {...rest}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    />
  );
}
