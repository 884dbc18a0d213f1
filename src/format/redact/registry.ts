import type { SecretKind } from "./secret-kind.ts";
import { card } from "./kinds/card.ts";
import { cookie } from "./kinds/cookie.ts";
import { credentials } from "./kinds/credentials.ts";
import { email } from "./kinds/email.ts";
import { jwt } from "./kinds/jwt.ts";
import { key } from "./kinds/key.ts";
import { password } from "./kinds/password.ts";
import { token } from "./kinds/token.ts";

/**
 * Every kind of secret: one file in `kinds/` and one line here. Of two that a value is, the first counts: a password that
 * is an e-mail address is a password, a token that is a JSON Web Token is that.
 */
const KINDS = [cookie, password, jwt, key, credentials, token, card, email] as const;

export type SecretKindId = (typeof KINDS)[number]["id"];

export const SECRET_KINDS: readonly (SecretKind & { readonly id: SecretKindId })[] = KINDS;
