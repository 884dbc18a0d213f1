import { Refusal } from "../model/refusal.ts";
import { say, type Said } from "../model/said.ts";
import { milliseconds } from "../model/units.ts";
import { isVariableName, MOST_LENGTH, MOST_MESSAGES, MOST_VARIABLES, type Transcript, type TranscriptMessage, type Variable } from "./transcript.ts";

const FORMAT = "framescope-transcript";
const VERSION = 1;
const FORMS = ["text", "template", "base64"] as const;
/** The longest pause between two messages is a day of this many milliseconds. */
const LATEST_MS = 365 * 86_400_000;
/** Of a file that is worth reading: texts may have each of their characters escaped. */
export const MOST_FILE_BYTES = 4 * MOST_LENGTH;

/** A transcript as a file: JSON. Values of secret variables are not in it. */
export function writeTranscript({ messages, variables }: Transcript): string {
  const lines = messages.map(({ form, text, at }) => `    ${JSON.stringify({ at: Math.round(at * 1000) / 1000, [form]: text })}`);
  const named = variables.map(({ name, value, isSecret }) => `    ${JSON.stringify(isSecret ? { name, secret: true } : { name, value })}`);
  return `{\n  "format": "${FORMAT}",\n  "version": ${VERSION},\n  "variables": ${listOf(named)},\n  "messages": ${listOf(lines)}\n}\n`;
}

const listOf = (lines: readonly string[]): string => (lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`);

/** Whether a file says that it is one, right at its beginning. */
export const isTranscript = (text: string): boolean => /^\uFEFF?\s*\{\s*"format"\s*:\s*"framescope-transcript"/.test(text.slice(0, 200));

/** Reads a file whole or refuses it, with the place of what is wrong. */
export function readTranscript(text: string): Transcript {
  if (text.length > MOST_FILE_BYTES) throw new Refusal(say("replay.file-too-long", { most: MOST_FILE_BYTES }));
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Refusal(say("replay.file-no-json"));
  }
  const { format, version, variables = [], messages } = partsOf(file, "file");
  if (format !== FORMAT) throw new Refusal(say("replay.file-other"));
  if (version !== VERSION) throw new Refusal(say("replay.file-version", { version: String(version) }));
  if (!Array.isArray(messages)) throw wrong("messages", say("replay.file-list"));
  if (!Array.isArray(variables)) throw wrong("variables", say("replay.file-list"));
  if (messages.length === 0 || messages.length > MOST_MESSAGES) throw wrong("messages", say("replay.file-messages", { most: MOST_MESSAGES }));
  if (variables.length > MOST_VARIABLES) throw wrong("variables", say("replay.file-variables", { most: MOST_VARIABLES }));
  let latest = 0;
  const read = messages.map((value, place) => {
    const message = readMessage(value, `messages[${place}]`, latest);
    latest = message.at;
    return message;
  });
  if (read.reduce((sum, one) => sum + one.text.length, 0) > MOST_LENGTH) throw wrong("messages", say("replay.too-much", { most: MOST_LENGTH }));
  return { messages: read, variables: variables.map((value, place) => readVariable(value, `variables[${place}]`)) };
}

function readMessage(value: unknown, place: string, after: number): TranscriptMessage {
  const parts = partsOf(value, place);
  const forms = FORMS.filter((one) => one in parts);
  const [form] = forms;
  const text = form === undefined ? undefined : parts[form];
  if (form === undefined || forms.length > 1 || typeof text !== "string") throw wrong(place, say("replay.file-form"));
  if (form === "base64" && !/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text)) throw wrong(`${place}.base64`, say("live.bad-base64"));
  const { at = after } = parts;
  if (typeof at !== "number" || !Number.isFinite(at) || at < after || at > LATEST_MS) throw wrong(`${place}.at`, say("replay.file-at"));
  return { form, text, at: milliseconds(at) };
}

function readVariable(value: unknown, place: string): Variable {
  const { name, value: text = "", secret = false } = partsOf(value, place);
  if (typeof name !== "string" || !isVariableName(name)) throw wrong(`${place}.name`, say("replay.variable-name"));
  if (typeof text !== "string" || typeof secret !== "boolean") throw wrong(place, say("replay.file-variable"));
  return { name, value: text, isSecret: secret };
}

function partsOf(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(place, say("replay.file-object"));
  return value as Record<string, unknown>;
}

const wrong = (place: string, why: Said): Refusal => new Refusal(say("replay.file-at-place", { place, why }));
