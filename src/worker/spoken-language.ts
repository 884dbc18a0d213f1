import type { Faults } from "../model/faults.ts";
import type { Tell } from "../model/said.ts";
import type { Speaker } from "../words/speaker.ts";

/** The language that the engine tells in: of those that could be loaded, the one that was asked for last. */
export class SpokenLanguage {
  readonly #load: (language: string) => Promise<Speaker>;
  readonly #faults: Faults;
  #speaker: Speaker | undefined;
  #asked = 0;
  /** Which asking `#speaker` answers. */
  #spoken = 0;
  #speaking: Promise<void> | undefined;

  /** `load`: of a language as settings name it; of "" the browser's. */
  constructor(load: (language: string) => Promise<Speaker>, faults: Faults) {
    this.#load = load;
    this.#faults = faults;
  }

  /** Empty before any language is spoken. */
  readonly tell: Tell = (told) => this.#speaker?.tell(told) ?? "";

  /** Resolves once it is spoken, or is not to be: one that does not load is counted, and what was spoken before stays. */
  speak(language: string): Promise<void> {
    this.#speaking = this.#take(language, ++this.#asked);
    return this.#speaking;
  }

  /** Resolves once no language is waited for; until one was asked for, that is the browser's. */
  async settled(): Promise<void> {
    let waited: Promise<void> | undefined;
    for (let next = this.#speaking ?? this.speak(""); next !== waited; next = this.#speaking ?? next) {
      waited = next;
      await waited;
    }
  }

  async #take(language: string, asked: number): Promise<void> {
    try {
      const speaker = await this.#load(language);
      // A catalogue may load later than one that was asked for after it.
      if (asked < this.#spoken) return;
      this.#speaker = speaker;
      this.#spoken = asked;
    } catch (error) {
      this.#faults.add(error);
    }
  }
}
