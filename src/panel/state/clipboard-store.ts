import { createStore, type StoreApi } from "zustand/vanilla";
import { toldBy } from "../told-by.ts";
import { say, type Said } from "../../model/said.ts";

/** What became of the last copy; null once it was long enough on view. */
export interface ClipboardState {
  readonly said: { readonly said: Said; readonly isProblem: boolean } | null;
}

const SHOWN_FOR = 4_000;

/** Copies, and says so. */
export class ClipboardStore {
  readonly store: StoreApi<ClipboardState> = createStore<ClipboardState>(() => ({ said: null }));
  readonly #write: (text: string) => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(write: (text: string) => Promise<void>) {
    this.#write = write;
  }

  /** `done`: what is told once it is copied. */
  copy(done: Said, text: string | Promise<string>): Promise<void> {
    return this.copyNamed(Promise.resolve(text).then((copied) => ({ done, text: copied })));
  }

  /** The same, where what it is becomes known with its text. */
  async copyNamed(copied: Promise<{ readonly done: Said; readonly text: string }>): Promise<void> {
    try {
      const { done, text } = await copied;
      await this.#write(text);
      this.#say(done, false);
    } catch (problem) {
      this.#say(say("copy.failed", { why: toldBy(problem) }), true);
    }
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #say(said: Said, isProblem: boolean): void {
    clearTimeout(this.#timer);
    this.store.setState({ said: { said, isProblem } });
    this.#timer = setTimeout(() => this.store.setState({ said: null }), SHOWN_FOR);
  }
}
