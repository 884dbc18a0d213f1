/**
 * What a call that takes long is given beside its argument. A call that has it as its second parameter tells how far it
 * is (`Progress`), or gives its answer in pieces (`Piece`); a view hears both with `EngineClient.run`, and can cancel it.
 */
export interface LongCall<Progress = never, Piece = never> {
  /** How far it is. Told now and then, the newest: what was told before means nothing any more. */
  progress(progress: Progress): void;
  /** Gives a piece; each arrives, in order. Resolves once the view has taken it, so one at a time is under way. Throws as `goOn`. */
  give(piece: Piece): Promise<void>;
  /** Throws once nobody waits for the answer. Called between turns, it ends the work within one. */
  goOn(): void;
  /** `act` is called when nobody waits any more: what sleeps is to wake. */
  whenCancelled(act: () => void): void;
}
