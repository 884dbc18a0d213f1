import type { SpeakerNote } from "./speaker-notes.ts";

/** A frame as Chrome tells it, in a note's words. */
export interface HeardMessage {
  readonly requestId: string;
  readonly message: string;
}

/**
 * Which of a page's sockets some requestIds are. Both lists are of one time and in their order, but not everything that
 * is heard is read by the page. What is certain: where a message is heard of one requestId alone, who read or sent one
 * like it is that socket. And where as many were noted as were heard, in one realm, they are the same ones in that order.
 */
export function matchSpeakers(
  heard: readonly HeardMessage[],
  notes: readonly SpeakerNote[],
  wanted: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): ReadonlyMap<string, SpeakerNote> {
  const heardOf = group(heard, ({ message }) => message);
  const found = new Map<string, SpeakerNote>();
  const refuted = new Set<string>();
  for (const [words, noted] of group(notes, ({ message }) => message)) {
    const frames = heardOf.get(words) ?? [];
    const isOne = new Set(frames.map(({ requestId }) => requestId)).size === 1 && new Set(noted.map(({ socket }) => socket)).size === 1;
    if (!isOne && frames.length !== noted.length) continue;
    const realms = new Set(noted.map(({ socket }) => socket.split(" ")[0]));
    if (!isOne && realms.size > 1) continue;
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

function group<One>(all: readonly One[], keyOf: (one: One) => string): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const members = groups.get(keyOf(one));
    if (members === undefined) groups.set(keyOf(one), [one]);
    else members.push(one);
  }
  return groups;
}
