import { ownDecoderName, type OwnDecoder } from "../../model/own-decoder.ts";

/** The user's own decoders, as views tell them. */
export class OwnDecoders {
  #byName: ReadonlyMap<string, OwnDecoder> = new Map();

  get list(): readonly OwnDecoder[] {
    return [...this.#byName.values()];
  }

  /** The one that a choice names; undefined where it is none of the user's own, or not known here. */
  chosenBy(choice: string | null): OwnDecoder | undefined {
    const name = choice === null ? undefined : ownDecoderName(choice);
    return name === undefined ? undefined : this.#byName.get(name);
  }

  /** Takes all of them there are; answers whether a choice is of another decoder than before. */
  set(decoders: readonly OwnDecoder[]): (choice: string | null) => boolean {
    const before = new OwnDecoders();
    before.#byName = this.#byName;
    this.#byName = new Map(decoders.map((decoder) => [decoder.name, decoder]));
    return (choice) => before.chosenBy(choice)?.source !== this.chosenBy(choice)?.source;
  }
}
