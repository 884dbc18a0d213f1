import type { CaptureFiles } from "./capture-disk.ts";
import type { Timers } from "./timers.ts";

/** A capture that waits to be recorded in the place of the one that is. */
export interface NextCapture {
  readonly id: string;
  readonly files: CaptureFiles;
  /** It is recorded from now on: the one before is in use no more. */
  readonly begin: () => void;
  /** It is not needed: nothing of it stays. */
  readonly drop: () => void;
}

/** How long a clear waits for the disk, at most: one that comes right behind another. */
const LONGEST_WAIT_MS = 1000;

/** What a capture goes on in after a clear, so that what was cleared stays on the disk as a capture of its own. */
export class NextCaptures {
  readonly #make: (() => Promise<NextCapture>) | undefined;
  readonly #timers: Timers;
  #made: NextCapture | undefined;
  #making: Promise<void> | undefined;
  #isEnded = false;
  #id: string;

  /** `make` undefined: nothing that is cleared is kept. It may reject: then likewise. */
  constructor(id: string, make: (() => Promise<NextCapture>) | undefined, timers: Timers) {
    this.#id = id;
    this.#make = make;
    this.#timers = timers;
  }

  /** The capture that is recorded now. */
  get id(): string {
    return this.#id;
  }

  /** What is cleared now would stay. */
  get isReady(): boolean {
    return this.#made !== undefined;
  }

  /** Resolves once there is one, or with the disk's refusal or its silence: never rejects. */
  prepare(): Promise<void> {
    if (this.#made !== undefined || this.#make === undefined) return Promise.resolve();
    this.#making ??= this.#make()
      .then(
        (made) => {
          if (this.#isEnded) made.drop();
          else this.#made = made;
        },
        () => {},
      )
      .finally(() => (this.#making = undefined));
    const { later } = this.#timers;
    return Promise.race([this.#making, new Promise<void>((resolve) => later(resolve, LONGEST_WAIT_MS))]);
  }

  /** What the capture goes on in from now on; undefined where there is none. */
  take(): CaptureFiles | undefined {
    const made = this.#made;
    if (made === undefined) return undefined;
    this.#made = undefined;
    this.#id = made.id;
    made.begin();
    return made.files;
  }

  end(): void {
    this.#isEnded = true;
    this.#made?.drop();
    this.#made = undefined;
  }
}
