/** Messages that the user keeps to send again. Pure. */

export const KEPT_FORMS = ["text", "hex", "base64"] as const;
export type KeptForm = (typeof KEPT_FORMS)[number];

export interface KeptMessage {
  readonly form: KeptForm;
  readonly text: string;
}

export interface Template extends KeptMessage {
  readonly name: string;
}

export interface KeptMessages {
  /** The latest first. */
  readonly history: readonly KeptMessage[];
  readonly templates: readonly Template[];
}

export const MESSAGES_KEY = "messages";
const MOST_HISTORY = 30;
const MOST_TEMPLATES = 100;
const LONGEST_NAME = 60;
/** Longer ones are sent, but not kept. */
export const LONGEST_KEPT = 50_000;

/** What is in storage, as far as it is valid. */
export function readKeptMessages(stored: unknown): KeptMessages {
  const from = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<Record<keyof KeptMessages, unknown>>;
  return {
    history: listOf(from.history).flatMap(readMessage).slice(0, MOST_HISTORY),
    templates: listOf(from.templates)
      .flatMap((value) => readMessage(value).flatMap((message) => nameOf(value).map((name) => ({ ...message, name }))))
      .slice(0, MOST_TEMPLATES),
  };
}

/** The message goes to the front; one that is too long is not kept. */
export function rememberMessage(history: readonly KeptMessage[], { form, text }: KeptMessage): readonly KeptMessage[] {
  if (text.length === 0 || text.length > LONGEST_KEPT) return history;
  return [{ form, text }, ...history.filter((other) => other.form !== form || other.text !== text)].slice(0, MOST_HISTORY);
}

/** A template of this name takes the place of an older one. */
export function saveTemplate(templates: readonly Template[], name: string, { form, text }: KeptMessage): readonly Template[] {
  const title = name.trim().slice(0, LONGEST_NAME) || text.trim().slice(0, LONGEST_NAME);
  if (title === "" || text.length > LONGEST_KEPT) return templates;
  return [...templates.filter((other) => other.name !== title), { form, text, name: title }].slice(-MOST_TEMPLATES);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function readMessage(value: unknown): readonly KeptMessage[] {
  if (typeof value !== "object" || value === null) return [];
  const { form, text } = value as Partial<Record<keyof KeptMessage, unknown>>;
  const known = KEPT_FORMS.find((one) => one === form);
  return known !== undefined && typeof text === "string" && text.length <= LONGEST_KEPT ? [{ form: known, text }] : [];
}

function nameOf(value: unknown): readonly string[] {
  const { name } = value as { readonly name?: unknown };
  return typeof name === "string" && name.trim() !== "" ? [name.slice(0, LONGEST_NAME)] : [];
}
