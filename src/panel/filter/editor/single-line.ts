import { EditorState, type Extension } from "@codemirror/state";

/** A line break that comes with a paste becomes a space. */
export const singleLine: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const insert = transaction.newDoc.sliceString(0, undefined, " ");
  const { anchor, head } = transaction.newSelection.main;
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert },
    selection: { anchor, head },
    userEvent: "input.paste",
  };
});
