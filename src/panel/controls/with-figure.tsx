/** A sentence with its first figure set off: where it stands is the language's choice. */
export function WithFigure({ text }: { readonly text: string }) {
  const [figure] = /\d(?:[\d.,\u00a0\u202f]*\d)?(?: ?[kMGT]?B\b)?/.exec(text) ?? [""];
  if (figure === "") return text;
  const at = text.indexOf(figure);
  return (
    <>
      {text.slice(0, at)}
      <b>{figure}</b>
      {text.slice(at + figure.length)}
    </>
  );
}
