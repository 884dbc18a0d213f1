/** Characters at the end that stay. */
const END = 9;

/** A text that is cut in its middle where it has no room: its end tells siblings apart. The parent lays out in a row. */
export function MiddleCut({ text }: { readonly text: string }) {
  if (text.length <= 2 * END) return <span>{text}</span>;
  return (
    <>
      <span>{text.slice(0, -END)}</span>
      <span className="middle-cut-end">{text.slice(-END)}</span>
    </>
  );
}
