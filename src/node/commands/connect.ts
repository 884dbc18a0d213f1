import { say } from "../../model/said.ts";
import { Refusal } from "../../model/refusal.ts";
import { milliseconds } from "../../model/units.ts";
import { transcriptProblem } from "../../replay/transcript-run.ts";
import type { Transcript, TranscriptMessage, Variable } from "../../replay/transcript.ts";
import type { AddCommand, CommandContext } from "../command.ts";
import { whenOpened } from "../looking.ts";
import { openInput } from "../open-input.ts";
import { addRequestOptions, gather, requestIn, requestOf, type CapturedRequest, type RequestOptions } from "../socket/request-options.ts";
import { hearOn, runTranscript } from "../socket/run-transcript.ts";
import { whenOver, whenQuiet, withSocket, type SocketSession } from "../socket/socket-session.ts";
import { linesOf } from "../socket/input-lines.ts";
import { readVariables } from "../socket/variables.ts";

interface ConnectOptions extends RequestOptions {
  readonly send: readonly string[];
  /** A capture with the connection that is opened again. */
  readonly from?: string;
  readonly hex?: boolean;
  readonly asIs?: boolean;
}

/** Once the input has ended it goes on until nothing has come for so long. */
const QUIET_MS = 1000;

/** `framescope connect`: a connection of one's own, lines of the input sent over it. */
export const addConnect: AddCommand = (program, context) => {
  const { words } = context.speaker;
  const command = program
    .command("connect")
    .description(words("node.connect-about"))
    .argument("[url]", words("node.connect-url"))
    .option("--from <file>", words("node.connect-from"))
    .option("-s, --send <text>", words("node.connect-send"), gather, [])
    .option("--hex", words("node.connect-hex"))
    .option("--as-is", words("node.connect-as-is"));
  addRequestOptions(command, context.speaker).action((url: string | undefined, options: ConnectOptions) => connect(url, options, context));
};

async function connect(url: string | undefined, options: ConnectOptions, context: CommandContext): Promise<void> {
  if (url === undefined && options.from === undefined) throw new Refusal(say("node.connect-where"));
  const variables = readVariables(options.var);
  const captured = options.from === undefined ? undefined : await requestFrom(options.from, options.connection, context);
  const request = requestOf(url, options, variables, captured, context);
  const first = options.send.map((text) => messageOf(text, options));
  expectSendable({ messages: first, variables });
  await withSocket(request, variables, options, context, async (session) => {
    if (first.length > 0) await send(session, first, variables);
    await sendLines(session, options, variables, context);
    if (options.seconds === undefined) await whenQuiet(session, QUIET_MS);
    else await whenOver(session);
  });
}

async function requestFrom(path: string, connection: string | undefined, context: CommandContext): Promise<CapturedRequest> {
  const input = await openInput(path, context, { decoding: "on request" });
  try {
    await whenOpened(input.engine, context);
    return await requestIn(input.engine, connection);
  } finally {
    await input.end();
  }
}

function expectSendable(transcript: Transcript): void {
  const problem = transcriptProblem(transcript);
  if (problem !== null) throw new Refusal(problem);
}

/** Rejects with a `Refusal` where one of them cannot be sent. */
async function send(session: SocketSession, messages: readonly TranscriptMessage[], variables: readonly Variable[]): Promise<void> {
  const transcript = { messages, variables };
  expectSendable(transcript);
  // Any answer of this connection counts, also one from before.
  const heard = { ...hearOn(session), begin: () => Promise.resolve() };
  const { end } = await runTranscript(session, transcript, { pace: null, repeat: 1, stopAt: "" }, heard);
  if (end.type === "refused" && !session.over.aborted) throw new Refusal(end.why);
}

/** Each line of the input is a message, until it ends or the session is over. */
async function sendLines(session: SocketSession, options: ConnectOptions, variables: readonly Variable[], { io, speaker }: CommandContext): Promise<void> {
  for await (const line of linesOf(io.input, whenOver(session))) {
    try {
      if (line !== "") await send(session, [messageOf(line, options)], variables);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      io.err(speaker.tell(error.told));
    }
  }
}

/** Throws a `Refusal` where it is to be bytes and is none. */
function messageOf(text: string, { hex = false, asIs = false }: ConnectOptions): TranscriptMessage {
  const at = milliseconds(0);
  if (!hex) return { form: asIs ? "text" : "template", text, at };
  const digits = text.replaceAll(/\s/g, "");
  if (!/^(?:[\da-f]{2})*$/i.test(digits)) throw new Refusal(say("live.bad-hex"));
  return { form: "base64", text: Buffer.from(digits, "hex").toString("base64"), at };
}
