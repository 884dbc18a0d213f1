import { loadDecoders } from "../decode/decoder-loads.ts";
import { warmUpJson } from "../decode/json/warm-up.ts";
import { decoderById } from "../decode/registry.ts";
import type { Told } from "../model/said.ts";
import { decodeOnceMore, type Again } from "./again.ts";
import { Look, type LookCalls, type LookedFrame } from "./look.ts";
import { inTurn, type ThreadServer } from "./thread.ts";

/** What the frame that is laid open is asked. */
export type LookQuestion = { readonly [Name in keyof LookCalls]: { readonly name: Name; readonly asked: Parameters<LookCalls[Name]> } }[keyof LookCalls];

/** A view asks it to draw what it looks at; else somebody wants something of that, as that something is found in it. */
export const isDrawn = ({ name }: LookQuestion): boolean => DRAWN.has(name);
const DRAWN: ReadonlySet<keyof LookCalls> = new Set(["facts", "treeLines", "layText", "textLines"]);

export type LookRequest =
  /** `open`: the frame to lay open first, in the place of the one before. */
  | { readonly id: number; readonly type: "look"; readonly open: LookedFrame | undefined; readonly question: LookQuestion }
  /** `isCareful`: each message is told of before it is decoded, so that the one is known at which the thread breaks. */
  | { readonly id: number; readonly type: "sum up"; readonly messages: readonly (Again | undefined)[]; readonly isCareful: boolean };

export type LookAnswer =
  | { readonly id: number; readonly type: "look"; readonly answer: ReturnType<LookCalls[keyof LookCalls]> }
  | { readonly id: number; readonly type: "sum up"; readonly summaries: readonly Told[] };

/** The message that comes now, by its place in the request; of a frame that is laid open to be asked something, 0: that comes now. */
export interface LookStep {
  readonly reached: number;
}

/** Lays frames open, and sums messages up; `reached` is told of messages where the request asks for it, and of frames. */
export function createLookResponder(reached: (step: LookStep) => void = () => {}): (request: LookRequest, answer: (answer: LookAnswer) => void) => void {
  let look: Look | undefined;
  const respond = (request: LookRequest): LookAnswer => {
    if (request.type === "sum up") {
      const summaries = request.messages.map((message, place) => {
        if (request.isCareful) reached({ reached: place });
        return (message && decodeOnceMore(message))?.summary ?? "";
      });
      return { id: request.id, type: "sum up", summaries };
    }
    if (request.open !== undefined) look = new Look(request.open, decodeOnceMore, look);
    if (look === undefined) throw new Error("nothing is laid open");
    const { name, asked } = request.question;
    if (request.open !== undefined && !isDrawn(request.question)) reached({ reached: 0 });
    const ask = look[name].bind(look) as (...values: typeof asked) => ReturnType<LookCalls[typeof name]>;
    return { id: request.id, type: "look", answer: ask(...asked) };
  };
  const take = inTurn(({ request, answer }: { readonly request: LookRequest; readonly answer: (answer: LookAnswer) => void }) => {
    const load = loadDecoders(decodersOf(request).flatMap((id) => decoderById(id) ?? []));
    if (load !== undefined) return load.then(() => answer(respond(request)));
    answer(respond(request));
    return undefined;
  });
  return (request, answer) => take({ request, answer });
}

function decodersOf(request: LookRequest): readonly string[] {
  const messages = request.type === "sum up" ? request.messages : [request.open?.own, request.open?.whole];
  return [...new Set(messages.flatMap((message) => message?.decoder ?? []))];
}

/** What the thread does that looks at messages, in any housing. */
export const serveLooks: ThreadServer = (post) => {
  const respond = createLookResponder((step) => post(step, []));
  let isWarm = false;
  return (request: LookRequest) =>
    respond(request, (answer) => {
      post(answer, []);
      // Behind the first answer: a long message may be looked at next.
      if (!isWarm) warmUpJson();
      isWarm = true;
    });
};
