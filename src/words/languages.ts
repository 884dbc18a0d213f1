import { createSpeaker, type Speaker } from "./speaker.ts";
import type { Catalogue, FirstWords } from "./translated.ts";

interface Language {
  /** Its own name for itself. */
  readonly name: string;
  /** BCP 47: how it is written. */
  readonly tag: string;
  /** Whose way to write dates it takes. */
  readonly dates: string;
  readonly load: () => Promise<{ readonly catalogue: Catalogue }>;
  /** The part of it that the first paint needs. */
  readonly first: () => Promise<{ readonly first: FirstWords }>;
}

/** Every language, the first for whoever speaks none of them; each is loaded when it is spoken. */
export const LANGUAGES = {
  // Day before month, as DevTools writes neither: 20 Nov 2026 is read alike everywhere.
  en: { name: "English", tag: "en", dates: "en-GB", load: () => import("./en/catalogue.ts"), first: () => import("./en/first.ts") },
  zh_CN: { name: "简体中文", tag: "zh-CN", dates: "zh-CN", load: () => import("./zh_CN/catalogue.ts"), first: () => import("./zh_CN/first.ts") },
} as const satisfies Readonly<Record<string, Language>>;

export type LanguageId = keyof typeof LANGUAGES;

const IDS = Object.keys(LANGUAGES) as LanguageId[];

/**
 * The language to speak: the one that was set, else the first of `wanted` (BCP 47, as the browser tells them) that is
 * spoken in the same script. Traditional characters are no simplified ones.
 */
export function chooseLanguage(set: string, wanted: readonly string[]): LanguageId {
  if (isLanguage(set)) return set;
  for (const tag of wanted) {
    const found = IDS.find((id) => isAlike(LANGUAGES[id].tag, tag));
    if (found !== undefined) return found;
  }
  return "en";
}

/** BCP 47. */
export const tagOf = (id: LanguageId): string => LANGUAGES[id].tag;

export async function loadSpeaker(id: LanguageId): Promise<Speaker> {
  const { tag, dates, load } = LANGUAGES[id];
  return createSpeaker({ tag, dates, ...(await load()) });
}

/**
 * One that can say what the first paint needs, and the rest once `whole` resolves. `lacks` is told, once, where more than
 * that was to be said before: who draws does so again by a speaker that can say all.
 */
export async function loadEarlySpeaker(id: LanguageId, lacks: () => void): Promise<Speaker> {
  const { tag, dates, load, first } = LANGUAGES[id];
  const { first: catalogue } = await first();
  return createSpeaker({ tag, dates, catalogue, more: async () => (await load()).catalogue, lacks });
}

/** Loads what the first paint needs, as far as Chrome keeps it for all pages of an extension. The texts may hold placeholders. */
export async function loadFirstWords(id: LanguageId): Promise<{ readonly tag: string; readonly texts: readonly string[] }> {
  const { tag, first } = LANGUAGES[id];
  const { first: catalogue } = await first();
  // Whichever is the first takes 10 ms: Chrome then reads what languages there are.
  Intl.NumberFormat(tag);
  return { tag, texts: Object.values(catalogue) };
}

const isLanguage = (id: string): id is LanguageId => Object.hasOwn(LANGUAGES, id);

function isAlike(spoken: string, wanted: string): boolean {
  try {
    const a = new Intl.Locale(spoken).maximize();
    const b = new Intl.Locale(wanted).maximize();
    return a.language === b.language && a.script === b.script;
  } catch {
    return false;
  }
}
