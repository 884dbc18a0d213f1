import type { HandshakeCheck } from "./check.ts";
import { accept } from "./checks/accept.ts";
import { credentials } from "./checks/credentials.ts";
import { encryption } from "./checks/encryption.ts";
import { extensions } from "./checks/extensions.ts";
import { key } from "./checks/key.ts";
import { origin } from "./checks/origin.ts";
import { status } from "./checks/status.ts";
import { subprotocol } from "./checks/subprotocol.ts";
import { upgrade } from "./checks/upgrade.ts";
import { version } from "./checks/version.ts";

/** Every check, in the order of the view: what an audit looks for stands before the form of the protocol. */
export const HANDSHAKE_CHECKS: readonly HandshakeCheck[] = [status, encryption, origin, credentials, subprotocol, extensions, upgrade, key, accept, version];
