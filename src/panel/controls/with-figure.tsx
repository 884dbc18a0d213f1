import { Fragment } from "react";

/**
 * A sentence with its first figure set off: where it stands is the language's choice. One of another shape is put there
 * anew: what follows a figure that grew has not moved.
 */
export function WithFigure({ text }: { readonly text: string }) {
  const [figure] = /\d(?:[\d.,\u00a0\u202f]*\d)?(?: ?[kMGT]?B\b)?/.exec(text) ?? [""];
  if (figure === "") return text;
  const at = text.indexOf(figure);
  return (
    <Fragment key={shapeOf(text)}>
      {text.slice(0, at)}
      <b>{figure}</b>
      {text.slice(at + figure.length)}
    </Fragment>
  );
}

/** A text of one shape takes as much room whatever its figures are. */
export const shapeOf = (text: string): string => text.replace(/\d/g, "0");
