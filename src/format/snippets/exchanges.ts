import { paced, type Data, type PacedStep, type Script, type Step } from "./script.ts";

/** What a server sends once a message has come: until the next one came. */
export interface Exchange {
  readonly on: Data;
  readonly replies: readonly PacedStep[];
}

/** A capture as a server tells it: what it says first, then what it answers. */
export interface ServerSide {
  readonly greeting: readonly PacedStep[];
  readonly exchanges: readonly Exchange[];
}

export function serverSide({ steps }: Script): ServerSide {
  const greeting: Step[] = [];
  const exchanges: { readonly on: Step; readonly replies: Step[] }[] = [];
  for (const step of steps) {
    if (step.direction === "sent") exchanges.push({ on: step, replies: [] });
    else (exchanges.at(-1)?.replies ?? greeting).push(step);
  }
  return { greeting: paced(greeting), exchanges: exchanges.map(({ on, replies }) => ({ on: on.data, replies: paced(replies, on.at) })) };
}
