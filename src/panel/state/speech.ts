import { createStore, type StoreApi } from "zustand/vanilla";
import type { PanelSession } from "./panel-session.ts";

/** How often something is spoken, at most. */
export const SPOKEN_EVERY_MS = 3_000;

/**
 * What who hears the panel is told of all that changes by itself: counts, shares of work that is under way, what came of it.
 * One region speaks for all of them, at most every few seconds, and each says then what it says last. Owns a timer.
 */
export class Speech {
  /** What the region holds. */
  readonly store: StoreApi<{ readonly text: string }> = createStore(() => ({ text: "" }));
  /** By who says it: what is spoken next, and what was spoken last. */
  readonly #next = new Map<string, string>();
  readonly #last = new Map<string, string>();
  #spokenAt = -Infinity;
  #tag: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `source`: who says so; an empty text: nothing any more. */
  say(source: string, text: string): void {
    if ((this.#next.get(source) ?? this.#last.get(source) ?? "") === text) return;
    this.#next.set(source, text);
    this.#timer ??= setTimeout(() => this.#speak(), Math.max(0, this.#spokenAt + SPOKEN_EVERY_MS - performance.now()));
  }

  /** The language of what is said from here on: what was said last, in another, is not to be come upon any more. */
  speakIn(tag: string): void {
    if (this.#tag !== undefined && tag !== this.#tag) this.store.setState({ text: "" });
    this.#tag = tag;
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #speak(): void {
    this.#timer = undefined;
    const told: string[] = [];
    for (const [source, text] of this.#next) {
      if (text === "") this.#last.delete(source);
      else if (text !== this.#last.get(source)) told.push(text);
      if (text !== "") this.#last.set(source, text);
    }
    this.#next.clear();
    // What is over is not told, and nobody is to come upon it later.
    if (told.length === 0) return void (this.#last.size === 0 && this.store.setState({ text: "" }));
    this.#spokenAt = performance.now();
    const text = told.join(" ");
    // A region that does not change is not read out, though it is said anew.
    this.store.setState({ text: text === this.store.getState().text ? `${text}\u00A0` : text });
  }
}

const SPEECHES = new WeakMap<PanelSession, Speech>();

/** The session's: made when something is first to be spoken, since the first paint says nothing. */
export function speechOf(session: PanelSession): Speech {
  const known = SPEECHES.get(session);
  if (known !== undefined) return known;
  const speech = new Speech();
  SPEECHES.set(session, speech);
  session.ended.addEventListener("abort", () => speech.end());
  return speech;
}
