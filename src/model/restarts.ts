/** How often a capture's engine was replaced, and what that cost. */
export interface Restarts {
  readonly times: number;
  readonly lost: number;
}
