import { OPCODE_BINARY } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { jupyterParts } from "../jupyter/message-parts.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../jupyter/jupyter-binary-session.ts"));

/**
 * Jupyter's kernels (jupyter-client.readthedocs.io, "Messaging in Jupyter", version 5) as JupyterLab asks for them
 * (`v1.kernel.websocket.jupyter.org`): the parts of a message behind their offsets.
 *
 * Versions: 5, framed as `v1.kernel.websocket.jupyter.org`.
 *
 * Sure from the subprotocol; else from offsets that lead to a channel's name. Names, pairs and topics are those of its JSON; the
 * value is the message as that has it, its buffers as bytes.
 */
export const jupyterBinary = {
  id: "jupyter-binary",
  name: "Jupyter (binary)",
  claims: "connection",
  suits: ({ subprotocol }) => subprotocol === "v1.kernel.websocket.jupyter.org",
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && jupyterParts(bytes) !== undefined,
  load: session.load,
  open: (context): DecodeSession => session.get().openJupyterBinary(context),
} as const satisfies Decoder;
