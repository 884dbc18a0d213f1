import type { SpeakerNote } from "./speaker-notes.ts";

/** A frame as Chrome tells it, in a note's words. */
export interface HeardMessage {
  readonly requestId: string;
  readonly message: string;
}

/** By realm and direction (`0 sent`): how many frames had been heard when it began to note those; its notes are of later ones. */
export type NotedFrom = ReadonlyMap<string, number>;

/**
 * Which of a page's sockets some requestIds are. Both lists are of one time and in their order, but not everything that
 * is heard is read by the page. What is certain: where a message is heard of one requestId alone, who read or sent one
 * like it is that socket. And where as many were noted as were heard, in one realm and in the order in which they came,
 * they are the same ones in that order.
 */
export function matchSpeakers(
  heard: readonly HeardMessage[],
  notes: readonly SpeakerNote[],
  wanted: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  from: NotedFrom = new Map(),
): ReadonlyMap<string, SpeakerNote> {
  const heardOf = group(heard.map((one, place) => ({ ...one, place })), ({ message }) => message);
  const found = new Map<string, SpeakerNote>();
  const refuted = new Set<string>();
  for (const [words, noted] of group(notes, ({ message }) => message)) {
    const realms = new Set(noted.map(({ socket }) => realmOf(socket)));
    const [realm = ""] = realms;
    if (realms.size > 1) continue;
    const frames = (heardOf.get(words) ?? []).filter(({ place }) => place >= (from.get(`${realm} ${words.split(" ")[0]}`) ?? 0));
    const isOne = new Set(frames.map(({ requestId }) => requestId)).size === 1 && new Set(noted.map(({ socket }) => socket)).size === 1;
    if (!isOne && (frames.length !== noted.length || !areInOrder(noted))) continue;
    frames.forEach(({ requestId }, i) => {
      const note = noted[Math.min(i, noted.length - 1)];
      if (note === undefined || !wanted.has(requestId)) return;
      const before = found.get(requestId);
      if (before === undefined) found.set(requestId, note);
      else if (before.socket !== note.socket) refuted.add(requestId);
    });
  }
  const claims = group([...found.values()], ({ socket }) => socket);
  return new Map([...found].filter(([requestId, { socket }]) => !refuted.has(requestId) && !taken.has(socket) && claims.get(socket)?.length === 1));
}

const realmOf = (socket: string): string => socket.split(" ")[0] ?? "";

/** A page that stood still lets each socket have all that waited for it, one socket after the other. */
const areInOrder = (notes: readonly SpeakerNote[]): boolean => notes.every(({ at }, i) => at >= 0 && at >= (notes[i - 1]?.at ?? 0));

function group<One>(all: readonly One[], keyOf: (one: One) => string): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const members = groups.get(keyOf(one));
    if (members === undefined) groups.set(keyOf(one), [one]);
    else members.push(one);
  }
  return groups;
}
