import { say } from "../../../model/said.ts";
import { isUserInfoEnd } from "../bytes.ts";
import type { SecretKind } from "../secret-kind.ts";

/** Passwords by the name of their field, and user names with passwords in URLs (RFC 3986 §3.2.1). */
export const password = {
  id: "password",
  said: say("redact.password"),
  names: ["*password", "*passwd", "*passphrase", "*passcode", "pwd", "userpwd", "passwort", "cvv", "cvv2", "cvc", "cvc2", "otp", "otpcode", "totp", "mfacode", "pincode"],
  textNames: ["pass", "userpass", "dbpass", "loginpass", "oldpass", "newpass"],
  atSign: (bytes, at) => isUserInfoEnd(bytes, at),
} as const satisfies SecretKind;
