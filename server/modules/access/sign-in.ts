import { fail, ok, type Result } from "../../domain/result";
import { insertAuditEvents } from "../../platform/audit.store";
import type { Clock } from "../../platform/clock";
import { inTransaction, runAs } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { Caller } from "../../platform/request-context";
import { findSessionOwner, insertSession } from "./access.store";
import { beginSignIn, completeSignIn, type Membership, memberships } from "./account.store";
import { toCaller } from "./authenticate";
import { isPassword } from "./password";
import { newToken } from "./token";

export const SESSION_HOURS = 12;

export type Credentials = { readonly email: string; readonly password: string; readonly organizationId: string | null };
export type SignedIn = { readonly token: string; readonly expiresAt: Date; readonly caller: Caller };
export type SignInRefusal = {
  readonly code: "BAD_CREDENTIALS" | "TOO_MANY_ATTEMPTS" | "CHOOSE_ORGANIZATION";
  readonly message: string;
  readonly path: readonly string[];
  readonly organizations: readonly Membership[];
};

/**
 * Opens a session of twelve hours by the world's clock. An unknown email and a wrong password are told apart neither by
 * the answer nor by the time it takes; after five failures within 15 minutes an email has to wait.
 */
export async function signIn(
  credentials: Credentials,
  clock: Clock,
  requestId: string,
): Promise<Result<SignedIn, SignInRefusal>> {
  const email = credentials.email.trim().toLowerCase();
  // No account has them, and PostgreSQL could not even look for some of them.
  if (email.length > 254 || credentials.password.length > 1_000 || /\p{Cc}/u.test(email)) return BAD_CREDENTIALS;

  const attempt = await beginSignIn(email, clock.now());
  if (attempt.isThrottled) return TOO_MANY_ATTEMPTS;
  if (!(await isPassword(credentials.password, attempt.passwordHash)) || !attempt.accountId) return BAD_CREDENTIALS;
  await completeSignIn(email);

  const all = await memberships(attempt.accountId);
  const wanted = credentials.organizationId;
  const chosen =
    all.length === 1 && wanted === null ? all[0] : all.find(({ organizationId }) => organizationId === wanted);
  if (chosen) return ok(await runAs(chosen.organizationId, async () => await openSession(chosen, clock, requestId)));
  return all.length === 0 ? BAD_CREDENTIALS : chooseOrganization(all);
}

async function openSession(
  { organizationId, memberId }: Membership,
  clock: Clock,
  requestId: string,
): Promise<SignedIn> {
  const { token, hash } = newToken("session", organizationId);
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + SESSION_HOURS * 3_600_000);
  const caller = await inTransaction(async () => {
    await insertSession({ id: newId(), memberId, tokenHash: hash, createdAt, expiresAt });
    const owner = await findSessionOwner(hash, createdAt);
    if (!owner) throw new Error("a new session is not found");
    const signedIn = toCaller(organizationId, owner, clock);
    await insertAuditEvents(signedIn.actor, requestId, [
      { action: "member.signed_in", subjectType: "member", subjectId: memberId },
    ]);
    return signedIn;
  });
  return { token, expiresAt, caller };
}

const refuse = (
  code: SignInRefusal["code"],
  message: string,
  path: readonly string[] = [],
  organizations: readonly Membership[] = [],
) => fail<SignInRefusal>({ code, message, path, organizations });

const BAD_CREDENTIALS = refuse("BAD_CREDENTIALS", "The email or the password is wrong.");
const TOO_MANY_ATTEMPTS = refuse(
  "TOO_MANY_ATTEMPTS",
  "There were five failed attempts. Wait 15 minutes, then try again.",
  ["email"],
);
const chooseOrganization = (organizations: readonly Membership[]) =>
  refuse(
    "CHOOSE_ORGANIZATION",
    "Say which of your organizations you want: send organizationId.",
    ["organizationId"],
    organizations,
  );
