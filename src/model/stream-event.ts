/** What an event stream says of an event beside its data (HTML §9.2.6). */
export interface StreamEvent {
  /** `message` where the stream names none. */
  readonly name: string;
  /** The last event ID of the stream, which stays until another comes; empty without one. */
  readonly id: string;
}

export const DEFAULT_EVENT: StreamEvent = { name: "message", id: "" };
