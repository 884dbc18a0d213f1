import { escapeTemplate } from "./template.ts";
import type { TranscriptMessage } from "./transcript.ts";

/** A text of messages, and what the user puts in its place: a template. Neither `before` is empty nor a part of another. */
export interface Replacement {
  readonly before: string;
  readonly after: string;
}

/** A text message with all that is to be replaced in it; itself where nothing is. What is put in is not looked through again. */
export function replaceText(message: TranscriptMessage, replacements: readonly Replacement[]): TranscriptMessage {
  const met = replacements.filter(({ before }) => isIn(message, before));
  return met.length === 0 ? message : { ...message, form: "template", text: fitIn(message.text, message.form === "template", met) };
}

export const isIn = ({ form, text }: TranscriptMessage, before: string): boolean => form !== "base64" && text.includes(before);

function fitIn(text: string, isTemplate: boolean, replacements: readonly Replacement[]): string {
  const [first, ...others] = replacements;
  if (first === undefined) return isTemplate ? text : escapeTemplate(text);
  const pieces = text.split(first.before).map((piece) => fitIn(piece, isTemplate, others));
  // A backslash right before braces is written twice.
  const isFill = first.after.startsWith("{{");
  return pieces.map((piece, i) => (isFill && i < pieces.length - 1 ? piece.replace(/\\+$/, "$&$&") : piece)).join(first.after);
}
