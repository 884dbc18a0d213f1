import { epochMilliseconds } from "../../model/units.ts";
import { hearAnswers } from "../../replay/hear-answers.ts";
import type { RunResult } from "../../replay/run-told.ts";
import { TranscriptRun, type RunEdges, type RunOptions } from "../../replay/transcript-run.ts";
import type { Transcript } from "../../replay/transcript.ts";
import { OWN_CONNECTION } from "./own-socket.ts";
import { whenOver, type SocketSession } from "./socket-session.ts";

/** How a run over a connection hears of answers: of all that this connection received. */
export function hearOn({ engine }: Pick<SocketSession, "engine">): ReturnType<typeof hearAnswers> {
  return hearAnswers(
    {
      rowCount: () => engine.call("rowCount", null),
      receivedValue: (query) => engine.call("receivedValue", { connection: OWN_CONNECTION, ...query }),
      receivedMatch: (query) => engine.call("receivedMatch", { connection: OWN_CONNECTION, ...query }),
    },
    0,
  );
}

/** Runs a transcript without a problem; it is stopped where the session is over. */
export async function runTranscript(session: SocketSession, transcript: Transcript, options: RunOptions, heard: Pick<RunEdges, "begin" | "answer" | "isStopped">): Promise<RunResult> {
  let sent = 0;
  const run = new TranscriptRun(transcript, options, {
    now: () => epochMilliseconds(performance.timeOrigin + performance.now()),
    later: (callback, milliseconds) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    uuid: () => crypto.randomUUID(),
    send: async (messages) => {
      for (const { message } of messages) await session.socket.send(message);
    },
    ...heard,
    changed: (progress) => (sent = progress.sent),
  });
  void whenOver(session).then(() => run.stop());
  const end = await run.run();
  return { end, sent, report: null };
}
