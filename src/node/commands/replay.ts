import { readFileSync, statSync } from "node:fs";
import type { ReplayReport } from "../../model/replay-report.ts";
import { isLoopback, parsePlace } from "../../model/handshake/origin.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { milliseconds, type FrameIndex } from "../../model/units.ts";
import { isIn, replaceText } from "../../replay/replace-text.ts";
import { runTold } from "../../replay/run-told.ts";
import { isTranscript, MOST_FILE_BYTES, readTranscript } from "../../replay/transcript-file.ts";
import { transcriptProblem, type RunOptions } from "../../replay/transcript-run.ts";
import { MOST_MESSAGES, MOST_REPEATS, transcriptMessage, type Transcript, type TranscriptMessage, type Variable } from "../../replay/transcript.ts";
import { STANDARD, type AddCommand, type CommandContext } from "../command.ts";
import { pagesOf, whenDecoded, whenFiltered, whenOpened } from "../looking.ts";
import { openInput, type OpenInput } from "../open-input.ts";
import { addRequestOptions, gather, requestIn, requestOf, type CapturedRequest, type RequestOptions } from "../socket/request-options.ts";
import { OWN_CONNECTION } from "../socket/own-socket.ts";
import { hearOn, runTranscript } from "../socket/run-transcript.ts";
import { rest, withSocket, type SocketSession } from "../socket/socket-session.ts";
import { readVariables } from "../socket/variables.ts";

interface ReplayOptions extends RequestOptions {
  /** Another address. */
  readonly to?: string;
  /** In the filter language; left out: all that was sent. */
  readonly messages?: string;
  readonly speed?: string;
  readonly atOnce?: boolean;
  readonly repeat: string;
  readonly until?: string;
  readonly replace: readonly string[];
  readonly yes?: boolean;
}

/** Answers are waited for so long. */
const ANSWERS_MS = 5000;
/** What is pushed without being asked for comes about with them. */
const QUIET_MS = 500;
const LOOK_MS = 50;

/** `framescope replay`: what a connection sent, sent again over one of one's own. */
export const addReplay: AddCommand = (program, context) => {
  const { words } = context.speaker;
  const command = program
    .command("replay")
    .description(words("node.replay-about"))
    .argument("<file>", words("node.replay-file"))
    .option("--to <url>", words("node.replay-to"))
    .option("--messages <filter>", words("node.code-messages"))
    .option("--speed <n>", words("node.replay-speed"))
    .option("--at-once", words("node.code-at-once"))
    .option("--repeat <n>", words("node.replay-repeat"), "1")
    .option("--until <filter>", words("node.replay-until"))
    .option("--replace <text=value>", words("node.replay-replace"), gather, [])
    .option("--yes", words("node.replay-yes"));
  addRequestOptions(command, context.speaker).action((path: string, options: ReplayOptions) => replay(path, options, context));
};

async function replay(path: string, options: ReplayOptions, context: CommandContext): Promise<void> {
  const { io, speaker } = context;
  const given = readVariables(options.var);
  const run = runOptions(options);
  const { transcript: read, captured } = await takeTranscript(path, options, context);
  const transcript = { messages: replaced(read.messages, options.replace), variables: merged(read.variables, given) };
  const problem = transcriptProblem(transcript);
  if (problem !== null) throw new Refusal(problem);
  const valueless = transcript.variables.find(({ name, value, isSecret }) => isSecret && value === "" && !given.some((one) => one.name === name));
  if (valueless !== undefined) throw new Refusal(say("node.replay-no-value", { name: valueless.name }));
  if (options.to === undefined && captured === undefined) throw new Refusal(say("node.replay-where"));
  const request = requestOf(options.to, options, transcript.variables, captured, context);
  const n = transcript.messages.length * run.repeat;
  const host = parsePlace(request.url)?.host ?? "";
  if (n > 1 && !isLoopback(host) && options.yes !== true) throw new Refusal(say("node.replay-not-local", { n, host }));
  await withSocket(request, transcript.variables, options, context, async (session) => {
    const result = await runTranscript(session, transcript, run, hearOn(session));
    const report = await whenAnswered(session, result.sent);
    io.err(speaker.tellAll(runTold({ ...result, report }, run.stopAt)));
    if (result.end.type === "refused") context.exitWith(REFUSED);
  });
}

const REFUSED = 2;

function runOptions({ speed, atOnce = false, repeat, until = "" }: ReplayOptions): RunOptions {
  const pace = speed === undefined ? 1 : Number(speed);
  if (!(pace >= 0.001 && pace <= 1000)) throw new Refusal(say("node.replay-no-speed", { speed: speed ?? "" }));
  const times = Number(repeat);
  if (!(Number.isInteger(times) && times >= 1 && times <= MOST_REPEATS)) throw new Refusal(say("node.replay-no-repeat", { repeat, most: MOST_REPEATS }));
  return { pace: atOnce ? null : pace, repeat: times, stopAt: until };
}

interface Taken {
  readonly transcript: Transcript;
  /** Undefined for a transcript's own file, which tells of no connection. */
  readonly captured: CapturedRequest | undefined;
}

async function takeTranscript(path: string, options: ReplayOptions, context: CommandContext): Promise<Taken> {
  const text = transcriptText(path);
  if (text !== undefined) return { transcript: readTranscript(text), captured: undefined };
  const input = await openInput(path, context);
  try {
    await whenOpened(input.engine, context);
    const captured = await requestIn(input.engine, options.connection);
    return { transcript: { messages: await sentIn(input, captured, options.messages, context), variables: [] }, captured };
  } finally {
    await input.end();
  }
}

/** Undefined for a file of any other kind. */
function transcriptText(path: string): string | undefined {
  if (path === STANDARD) return undefined;
  try {
    const about = statSync(path);
    if (!about.isFile() || about.size > MOST_FILE_BYTES) return undefined;
    const text = readFileSync(path, "utf8");
    return isTranscript(text) ? text : undefined;
  } catch {
    // What is wrong with the file is told where it is opened.
    return undefined;
  }
}

async function sentIn({ engine }: OpenInput, { connection }: CapturedRequest, filter: string | undefined, context: CommandContext): Promise<readonly TranscriptMessage[]> {
  let of: Parameters<typeof engine.call<"sentBefore">>[1]["of"] = connection;
  if (filter !== undefined) {
    await whenDecoded(engine, context);
    const { rows } = await whenFiltered(engine, `conn:${connection} is:sent${filter.trim() === "" ? "" : ` (${filter})`}`);
    const frames: { frame: FrameIndex }[] = [];
    for await (const page of pagesOf(engine, rows)) for (const { index } of page) frames.push({ frame: index });
    of = frames;
  }
  const { messages, left } = await engine.call("sentBefore", { of });
  const [first] = messages;
  if (first === undefined) throw new Refusal(say("node.replay-nothing"));
  if (left > 0) context.io.err(context.speaker.words("replay.left", { n: left, most: MOST_MESSAGES }));
  return messages.map(({ message, at }) => transcriptMessage(message, milliseconds((at - first.at) * 1000)));
}

/** What is given takes the place of what the file has of that name. */
function merged(variables: readonly Variable[], given: readonly Variable[]): readonly Variable[] {
  return [...variables.filter(({ name }) => !given.some((one) => one.name === name)), ...given];
}

/** Each text that was captured becomes what the user gives instead: words, or a value that is filled in. */
function replaced(messages: readonly TranscriptMessage[], given: readonly string[]): readonly TranscriptMessage[] {
  const replacements = given.map((text) => {
    const at = text.indexOf("=");
    if (at < 1) throw new Refusal(say("node.replay-no-replace", { text }));
    return { before: text.slice(0, at), after: text.slice(at + 1) };
  });
  const missing = replacements.find(({ before }) => !messages.some((message) => isIn(message, before)));
  if (missing !== undefined) throw new Refusal(say("node.replay-not-found", { text: missing.before }));
  return messages.map((message) => replaceText(message, replacements));
}

/** Resolves once all that ask for an answer have one and nothing more comes, after a while in any case. */
async function whenAnswered(session: SocketSession, sent: number): Promise<ReplayReport> {
  const { engine, over } = session;
  const until = performance.now() + ANSWERS_MS;
  let [rows, cameAt] = [-1, performance.now()];
  for (;;) {
    const report = await engine.call("replayReport", { connection: OWN_CONNECTION, from: 0 });
    const { length } = engine.capture.log;
    if (length !== rows) [rows, cameAt] = [length, performance.now()];
    const isAnswered = report.sent >= sent && report.unanswered === 0 && performance.now() - cameAt >= QUIET_MS;
    if (isAnswered || over.aborted || performance.now() >= until) return report;
    await rest(LOOK_MS, session);
  }
}
