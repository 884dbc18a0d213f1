import { FluentBundle, FluentNumber, FluentResource, FluentType, type FluentValue } from "@fluent/bundle";
import { say, type Code, type Said, type Told, type ValuesArgument } from "../model/said.ts";
import { Figures } from "./figures.ts";
import type { Catalogue, FirstWords } from "./translated.ts";
import type { Tell } from "../model/said.ts";

/** One language, ready to speak. */
export interface Speaker {
  /** BCP 47, for `lang`. */
  readonly tag: string;
  /** A sentence of the catalogue. */
  readonly words: <Sentence extends Code>(code: Sentence, ...values: ValuesArgument<Sentence>) => string;
  /** What was said elsewhere, as text. Never throws: what it has no words for it names by its code. */
  readonly tell: Tell;
  /** Several sentences, one behind the other. */
  readonly tellAll: (told: readonly Told[]) => string;
  readonly figures: Figures;
  /**
   * Asked for by what says more than the first paint does: resolves once all can be said. Where it failed, each later
   * asking tries again and is still told of the failure, until all has come: who draws would else wait without end.
   */
  readonly whole: () => Promise<void>;
}

interface SpeakerParts {
  readonly tag: string;
  /** Whose way to write dates it takes, where that is another's than `tag`'s. */
  readonly dates: string;
  readonly catalogue: Catalogue | FirstWords;
  /** All of it, where `catalogue` is a part. */
  readonly more?: () => Promise<Catalogue>;
  /** Told once, where something was to be said that is not in that part: nothing was said in its place. */
  readonly lacks?: () => void;
}

type Pattern = NonNullable<FluentResource["body"][number]["value"]>;

/** A sentence in a sentence, in a sentence …: more is no sentence, but what a broken file holds. */
const DEEPEST = 8;

/** Patterns are parsed when they are first said, so that a language costs nothing at the start. */
export function createSpeaker({ tag, dates, catalogue, more, lacks }: SpeakerParts): Speaker {
  let known: Readonly<Record<string, string>> = catalogue;
  let whole: Promise<void> | undefined;
  let isLoading = false;
  let isWhole = more === undefined;
  let lacked = false;
  const patterns = new Map<string, Pattern | null>();
  // Marks for mixed directions would be copied and exported with the text; no language here needs them.
  const bundle = new FluentBundle(tag, { useIsolating: false, functions: functionsOf(() => figures) });
  let list: Intl.ListFormat | undefined;

  function patternOf(code: string): Pattern | null {
    let pattern = patterns.get(code);
    if (pattern === undefined) {
      const text = Object.hasOwn(known, code) ? known[code] : undefined;
      // It may be among those that come later.
      if (text === undefined) return null;
      pattern = new FluentResource(`said = ${text}`).body[0]?.value ?? null;
      patterns.set(code, pattern);
    }
    return pattern;
  }

  function tell({ code, values }: Said, depth = 0): string {
    const pattern = patternOf(code);
    if (pattern === null) return isWhole ? unknownSentence(code) : notYet();
    if (typeof pattern === "string") return pattern;
    const plain: Record<string, FluentValue> = {};
    for (const name in values) plain[name] = plainly(values[name], depth);
    return bundle.formatPattern(pattern, plain, []);
  }

  function notYet(): string {
    if (!lacked) {
      lacked = true;
      lacks?.();
    }
    return "";
  }

  function plainly(value: unknown, depth: number): FluentValue {
    // A code, a port, an offset: digits alone. What is a count goes through `NUMBER`.
    if (typeof value === "number") return new FluentNumber(value, { useGrouping: false, maximumFractionDigits: 20 });
    if (typeof value !== "object" || value === null) return String(value);
    if (depth >= DEEPEST) return "…";
    if (Array.isArray(value)) return (list ??= new Intl.ListFormat(tag, { type: "conjunction" })).format(value.map((part) => textOf(part, depth + 1)));
    return tell(value as Said, depth + 1);
  }

  async function loadAll(): Promise<void> {
    isLoading = true;
    try {
      known = (await more?.()) ?? known;
      isWhole = true;
    } finally {
      isLoading = false;
    }
  }

  function askWhole(): Promise<void> {
    if (!isWhole && !isLoading) {
      const asked = loadAll();
      whole ??= asked;
      asked.then(() => (whole = asked), () => undefined);
    }
    return (whole ??= Promise.resolve());
  }

  const textOf = (part: unknown, depth: number): string => (typeof part === "object" && part !== null ? tell(part as Said, depth) : String(part));

  const words: Speaker["words"] = (code, ...values) => tell(say(code, ...values));
  const figures = new Figures({ numbers: tag, dates, unit: (name, n) => words(`units.${name}`, { n }) });
  return {
    tag,
    words,
    tell: (told) => textOf(told, 0),
    tellAll: (told) => told.map((one) => textOf(one, 0)).reduce((first, next) => (first === "" ? next : words("join.sentences", { first, next })), ""),
    figures,
    whole: askWhole,
  };
}

/** A newer version's, or of a broken file, where a code may be anything. */
const unknownSentence = (code: unknown): string => String(code);

/** What a pattern may call; each takes a number. */
function functionsOf(figures: () => Figures) {
  const reading =
    (read: (figures: Figures, value: number) => string) =>
    ([value]: readonly (FluentValue | string)[]): FluentValue | string =>
      // Text in a figure's place, out of a broken file, is shown as it is.
      value instanceof FluentNumber ? read(figures(), value.valueOf()) : value instanceof FluentType || typeof value === "string" ? value : "";
  return {
    NUMBER: reading((own, value) => own.count(value)),
    BYTES: reading((own, value) => own.bytes(value)),
    DURATION: reading((own, value) => own.duration(value)),
    EDGE: reading((own, value) => own.edge(value)),
    AGO: reading((own, value) => own.ago(value)),
    RATE: reading((own, value) => own.rate(value)),
    SHARE: reading((own, value) => own.share(value)),
    TIME: reading((own, value) => own.time(value)),
    MINUTE: reading((own, value) => own.minute(value)),
    DAY: reading((own, value) => own.day(value)),
  };
}
