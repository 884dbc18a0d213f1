import type { ComponentProps } from "react";

interface FilterButtonProps extends Omit<ComponentProps<"button">, "name" | "type" | "className" | "aria-label"> {
  /** The accessible name, and the tip where no other `title` is. */
  readonly name: string;
}

/** A button in the box: its icon alone. */
export const FilterButton = ({ name, title = name, ...rest }: FilterButtonProps) => <button {...rest} type="button" className="filter-button" aria-label={name} title={title} />;
