import { createStore, type StoreApi } from "zustand/vanilla";

/** What became of the last copy; null once it was long enough on view. */
export interface ClipboardState {
  readonly said: { readonly text: string; readonly isProblem: boolean } | null;
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

  /** `what`: what is copied, as the end of a sentence. */
  copy(what: string, text: string | Promise<string>): Promise<void> {
    return this.copyNamed(Promise.resolve(text).then((copied) => ({ what, text: copied })));
  }

  /** The same, where what it is becomes known with its text. */
  async copyNamed(copied: Promise<{ readonly what: string; readonly text: string }>): Promise<void> {
    try {
      const { what, text } = await copied;
      await this.#write(text);
      this.#say(`Copied ${what}`, false);
    } catch (problem) {
      this.#say(`Not copied: ${(problem as Error).message}`, true);
    }
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #say(text: string, isProblem: boolean): void {
    clearTimeout(this.#timer);
    this.store.setState({ said: { text, isProblem } });
    this.#timer = setTimeout(() => this.store.setState({ said: null }), SHOWN_FOR);
  }
}
