/** A number that carries what it counts, so that a frame's place cannot be passed where a connection's is asked. */
type Brand<Name extends string> = number & { readonly __unit: Name };

/** A row's place in the log, from 0. */
export type FrameIndex = Brand<"FrameIndex">;
/** A connection's number, given by the capture in the order of appearance, from 1; never used again in one capture. */
export type ConnectionId = Brand<"ConnectionId">;
/** CDP's MonotonicTime: seconds since an arbitrary point, the same point for every target of one browser. */
export type MonotonicSeconds = Brand<"MonotonicSeconds">;
/** Milliseconds since 1970-01-01T00:00:00Z, with a fraction. */
export type EpochMilliseconds = Brand<"EpochMilliseconds">;
export type Milliseconds = Brand<"Milliseconds">;
export type ByteLength = Brand<"ByteLength">;

export const frameIndex = (value: number): FrameIndex => value as FrameIndex;
export const connectionId = (value: number): ConnectionId => value as ConnectionId;
export const monotonicSeconds = (value: number): MonotonicSeconds => value as MonotonicSeconds;
/** The last time, in milliseconds since 1970, that is written with four digits of year; no date that is shown or exported is past it. */
export const LAST_DATE = Date.UTC(9999, 11, 31);
/** Whether seconds, of either clock, can be those of a date. */
export const isMoment = (seconds: number): boolean => Math.abs(seconds) <= LAST_DATE / 1000;

export const epochMilliseconds = (value: number): EpochMilliseconds => value as EpochMilliseconds;
export const milliseconds = (value: number): Milliseconds => value as Milliseconds;
export const byteLength = (value: number): ByteLength => value as ByteLength;
