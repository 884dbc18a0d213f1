import type { Rate } from "../contract/changed.ts";

/** Counts frames and bytes by whole seconds of the engine's clock; a rate is that of the last whole second. */
export class RateMeter {
  #second = 0;
  #frames = 0;
  #bytes = 0;
  #lastFrames = 0;
  #lastBytes = 0;

  /** `now` in milliseconds. */
  add(now: number, frames: number, bytes: number): void {
    this.#turn(now);
    this.#frames += frames;
    this.#bytes += bytes;
  }

  rate(now: number): Rate {
    this.#turn(now);
    return { frames: this.#lastFrames, bytes: this.#lastBytes };
  }

  /** Nothing came in this second, nor in the last. */
  isStill(now: number): boolean {
    this.#turn(now);
    return this.#frames === 0 && this.#lastFrames === 0;
  }

  #turn(now: number): void {
    const second = Math.floor(now / 1000);
    if (second === this.#second) return;
    const isNext = second === this.#second + 1;
    this.#lastFrames = isNext ? this.#frames : 0;
    this.#lastBytes = isNext ? this.#bytes : 0;
    this.#frames = 0;
    this.#bytes = 0;
    this.#second = second;
  }
}
