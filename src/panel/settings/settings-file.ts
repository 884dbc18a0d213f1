import { MOST_HIGHLIGHTS } from "../../contract/rows.ts";
import { readJson } from "../../decode/json/read-json.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { readSettings, type Settings } from "../../model/settings.ts";
import { readColumnLayout, type ColumnLayout } from "../state/column-layout.ts";
import { readKeptFilters, type KeptFilters } from "../state/kept-filters.ts";
import { readKeptViews, type KeptViews } from "../state/kept-views.ts";

/** Characters of a value that a refusal shows. */
const MOST_SHOWN = 60;

/** How the file of all settings is called. */
export const SETTINGS_FILE = "framescope-settings.json";

/** All that the user set, as it goes into a file. */
interface SettingsParts {
  readonly settings: Settings;
  readonly filters: KeptFilters;
  readonly columns: ColumnLayout;
  readonly views: KeptViews;
}

const READERS: { readonly [Part in keyof SettingsParts]: (stored: unknown) => SettingsParts[Part] } = {
  settings: readSettings,
  filters: (stored) => readKeptFilters(stored, MOST_HIGHLIGHTS),
  columns: readColumnLayout,
  views: readKeptViews,
};

/** Filters that were only typed are nobody else's. */
export function writeSettingsFile(parts: SettingsParts): string {
  return `${JSON.stringify({ framescope: "settings", ...parts, filters: { ...parts.filters, used: [] } }, undefined, 2)}\n`;
}

/** The parts that are in a file. Throws a `Refusal` that names what is not as it can be: nothing is taken of such a file. */
export function readSettingsFile(text: string): Partial<SettingsParts> {
  const file = parse(text);
  if (!isObject(file) || file["framescope"] !== "settings") throw new Refusal(say("settings.file-other"));
  const { framescope: _, ...parts } = file;
  const read: Record<string, unknown> = {};
  for (const [part, value] of Object.entries(parts)) {
    if (!Object.hasOwn(READERS, part)) throw new Refusal(say("settings.file-unknown", { name: part }));
    read[part] = check(part, value, READERS[part as keyof SettingsParts](value));
  }
  return read;
}

/** `valid`: what is made of `value`. All that the file has is to be in it. */
function check(path: string, value: unknown, valid: unknown): unknown {
  if (!isObject(value)) {
    if (JSON.stringify(value) !== JSON.stringify(valid)) refuse(path, value, valid);
    return valid;
  }
  if (!isObject(valid)) return refuse(path, value, valid);
  for (const [name, part] of Object.entries(value)) {
    if (!Object.hasOwn(valid, name)) throw new Refusal(say("settings.file-unknown", { name: `${path}.${name}` }));
    check(`${path}.${name}`, part, valid[name]);
  }
  return valid;
}

/** Of a list, what of it was not taken: it is missing, and what comes behind stands in its place. */
function refuse(path: string, value: unknown, valid: unknown): never {
  const at = Array.isArray(value) && Array.isArray(valid) ? value.findIndex((one, i) => JSON.stringify(one) !== JSON.stringify(valid[i])) : -1;
  const shown = JSON.stringify(at < 0 ? value : (value as readonly unknown[])[at]);
  throw new Refusal(say("settings.file-value", { name: at < 0 ? path : `${path}[${at}]`, value: shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // What `JSON.parse` says of a short text names no place.
    const bytes = new TextEncoder().encode(text);
    const before = new TextDecoder().decode(bytes.subarray(0, readJson(bytes).problem?.offset)).split("\n");
    throw new Refusal(say("settings.file-no-json", { line: before.length, character: (before.at(-1)?.length ?? 0) + 1 }), { cause });
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
