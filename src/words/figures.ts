import type { EpochMilliseconds } from "../model/units.ts";

/** How a language writes figures. */
export interface FigureStyle {
  /** For numbers, and for dates: BCP 47. */
  readonly numbers: string;
  readonly dates: string;
  /** A figure with its unit. */
  readonly unit: (name: Unit, figure: string) => string;
}

export type Unit = "bytes" | "kilobytes" | "megabytes" | "gigabytes" | "terabytes" | "milliseconds" | "seconds" | "minutes" | "hours" | "each-second";

/** No figure holds it. */
const PLACE = "\0";

const padded = (value: number, count: number): string => String(value).padStart(count, "0");

/** What takes a millisecond or two to make, made when it is first asked for. */
const once = <Made>(make: () => Made): (() => Made) => {
  let made: Made | undefined;
  return () => (made ??= make());
};

/**
 * Figures as they are shown: SI units, and never a width that depends on the moment. Every formatter and unit is made
 * once: the table asks for some hundred figures a paint.
 */
export class Figures {
  readonly #wholeByLanguage: () => Intl.NumberFormat;
  readonly #tenth: () => Intl.NumberFormat;
  readonly #hundredth: () => Intl.NumberFormat;
  readonly #thousandth: () => Intl.NumberFormat;
  /** With the decimals that it has. */
  readonly #round: () => Intl.NumberFormat;
  /** Not so far below zero that a tenth shows is zero, without a minus. */
  readonly #signedTenth: () => Intl.NumberFormat;
  readonly #percent: () => Intl.NumberFormat;
  readonly #day: () => Intl.DateTimeFormat;
  readonly #units = new Map<Unit, readonly [before: string, after: string]>();
  readonly #unit: FigureStyle["unit"];

  constructor({ numbers, dates, unit }: FigureStyle) {
    this.#unit = unit;
    const decimals = (digits: number, more?: Intl.NumberFormatOptions) =>
      once(() => new Intl.NumberFormat(numbers, { minimumFractionDigits: digits, maximumFractionDigits: digits, ...more }));
    this.#wholeByLanguage = decimals(0);
    this.#tenth = decimals(1);
    this.#hundredth = decimals(2);
    this.#thousandth = decimals(3);
    this.#round = once(() => new Intl.NumberFormat(numbers, { maximumFractionDigits: 3 }));
    this.#signedTenth = decimals(1, { signDisplay: "negative" });
    this.#percent = decimals(0, { style: "percent" });
    this.#day = once(() => new Intl.DateTimeFormat(dates, { dateStyle: "medium" }));
  }

  /** `1,048,203` */
  count(value: number): string {
    return this.#whole(value);
  }

  /** `1,204`, `18.2k`, `1.02M`: at most five characters. */
  compact(value: number): string {
    if (value < 9_999.5) return this.#whole(value);
    if (value < 999_500) return `${this.#three(value / 1e3)}k`;
    if (value < 999_500_000) return `${this.#three(value / 1e6)}M`;
    return `${this.#three(value / 1e9)}G`;
  }

  /** `118 B`, `2.1 kB`, `61 MB` */
  bytes(bytes: number): string {
    if (bytes < 1_000) return this.#with("bytes", this.#whole(bytes));
    for (const unit of ["kilobytes", "megabytes", "gigabytes"] as const) {
      bytes /= 1_000;
      if (bytes < 9.95) return this.#with(unit, this.#tenth().format(bytes));
      if (bytes < 999.5) return this.#with(unit, this.#whole(bytes));
    }
    return this.#with("terabytes", this.#tenth().format(bytes / 1_000));
  }

  /** `312/s`, `5.1k/s`; `0.4/s` where less than one came in a second. */
  rate(perSecond: number): string {
    return this.#with("each-second", this.#rateFigure(perSecond));
  }

  /** `2.1 kB/s` */
  bytesPerSecond(bytes: number): string {
    return this.#with("each-second", this.bytes(bytes));
  }

  /** Milliseconds since the row before: `0.8`, `10.2`, `1,204`, `12.3 s`, `12 min`. */
  delta(milliseconds: number): string {
    const size = Math.abs(milliseconds);
    if (size < 999.95) return this.#signedTenth().format(milliseconds);
    return size < 9_999.5 ? this.#whole(milliseconds) : this.#long(milliseconds);
  }

  /** How long something took: `0.8 ms`, `38.2 ms`, `1,204 ms`, `12.3 s`, `12 min`. */
  duration(milliseconds: number): string {
    return Math.abs(milliseconds) < 9_999.5 ? this.#with("milliseconds", this.delta(milliseconds)) : this.#long(milliseconds);
  }

  /** The end of a stretch of time, a round figure: `0.15 ms`, `30 ms`, `1.5 s`, `600 s`. */
  edge(milliseconds: number): string {
    return milliseconds < 1_000 ? this.#with("milliseconds", this.#round().format(milliseconds)) : this.#with("seconds", this.#round().format(milliseconds / 1_000));
  }

  /** Seconds since a moment: `4.218`, `1,204.002`. */
  since(milliseconds: number): string {
    return this.#thousandth().format(milliseconds / 1_000);
  }

  /** How long ago: `0.2 s`, `14 s`, `3 min`. */
  ago(milliseconds: number): string {
    const seconds = Math.max(0, milliseconds) / 1_000;
    if (seconds < 9.95) return this.#with("seconds", this.#tenth().format(seconds));
    if (seconds < 99.5) return this.#with("seconds", this.#whole(seconds));
    if (seconds < 5_970) return this.#with("minutes", this.#whole(seconds / 60));
    return this.#with("hours", this.#whole(seconds / 3_600));
  }

  /** `37%`; 100 only when all is done. */
  share(share: number): string {
    return this.#percent().format(Math.min(99, Math.floor(share * 100)) / 100);
  }

  /** The time of day, in the user's zone: `12:31:04.218`. Languages that are spoken here write it alike. */
  time(time: number): string {
    return `${this.second(time)}.${padded(new Date(time).getMilliseconds(), 3)}`;
  }

  /** `12:31:04.259 117`: the time of day with its microseconds. */
  preciseTime(time: EpochMilliseconds): string {
    const microseconds = Math.min(999, Math.round((time - Math.floor(time)) * 1_000));
    return `${this.time(time)} ${padded(microseconds, 3)}`;
  }

  /** `20 Nov 2026 12:31:04.259` */
  dateTime(time: number): string {
    return `${this.day(time)} ${this.time(time)}`;
  }

  /** `20 Nov 2026` */
  day(time: number): string {
    return this.#day().format(time);
  }

  /** `14:02` */
  minute(time: number): string {
    const date = new Date(time);
    return `${padded(date.getHours(), 2)}:${padded(date.getMinutes(), 2)}`;
  }

  /** `14:02:09` */
  second(time: number): string {
    return `${this.minute(time)}:${padded(new Date(time).getSeconds(), 2)}`;
  }

  /** Grouped as in every language that is spoken here: `Intl` takes ten milliseconds to begin, which a short command has not. */
  #whole(value: number): string {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) return this.#wholeByLanguage().format(value);
    return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ",");
  }

  #long(milliseconds: number): string {
    const size = Math.abs(milliseconds);
    if (size < 99_950) return this.#with("seconds", this.#tenth().format(milliseconds / 1_000));
    if (size < 599_500) return this.#with("seconds", this.#whole(milliseconds / 1_000));
    if (size < 5_970_000) return this.#with("minutes", this.#whole(milliseconds / 60_000));
    return this.#with("hours", this.#whole(milliseconds / 3_600_000));
  }

  #rateFigure(perSecond: number): string {
    if (perSecond > 0 && perSecond < 0.95) return this.#tenth().format(Math.max(0.1, perSecond));
    if (perSecond < 999.5) return this.#whole(perSecond);
    return perSecond < 999_500 ? `${this.#tenth().format(perSecond / 1e3)}k` : `${this.#tenth().format(perSecond / 1e6)}M`;
  }

  /** Three figures: `1.02`, `18.2`, `182`. */
  #three(value: number): string {
    if (value < 9.995) return this.#hundredth().format(value);
    return value < 99.95 ? this.#tenth().format(value) : this.#whole(value);
  }

  #with(unit: Unit, figure: string): string {
    let around = this.#units.get(unit);
    if (around === undefined) {
      const [before = "", after = ""] = this.#unit(unit, PLACE).split(PLACE);
      around = [before, after];
      this.#units.set(unit, around);
    }
    return around[0] + figure + around[1];
  }
}
