/** A shared worker that runs, of which it is not known whether the captured tab uses it. */
export interface UncertainWorker {
  readonly targetId: string;
  /** Of its script. */
  readonly url: string;
  /** As the pages that use it call it; often empty. */
  readonly name: string;
}
