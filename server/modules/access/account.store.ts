import { query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";

/** Accounts belong to no organization; the database shows them through the functions of access_api alone. */

export type SignInAttempt = {
  readonly isThrottled: boolean;
  readonly accountId: string | null;
  readonly passwordHash: string | null;
};

/** Counts as a failure until completeSignIn. */
export async function beginSignIn(email: string, now: Date): Promise<SignInAttempt> {
  const { rows } = await query<SignInAttempt>({
    name: "begin-sign-in",
    text: `SELECT is_throttled AS "isThrottled", account_id AS "accountId", password_hash AS "passwordHash"
           FROM access_api.begin_sign_in($1, $2, $3)`,
    values: [email, newId(), now],
  });
  return rows[0] as SignInAttempt;
}

/** Forgets the attempts of this email. */
export async function completeSignIn(email: string): Promise<void> {
  await query("SELECT access_api.complete_sign_in($1)", [email]);
}

export type Membership = {
  readonly organizationId: string;
  readonly memberId: string;
  readonly legalName: string;
  readonly mode: "live" | "sandbox";
};

/** The organizations in which the account is an active member. */
export async function memberships(accountId: string): Promise<Membership[]> {
  const { rows } = await query<Membership>(
    `SELECT organization_id AS "organizationId", member_id AS "memberId", legal_name AS "legalName", mode
     FROM access_api.memberships($1) ORDER BY legal_name, organization_id`,
    [accountId],
  );
  return rows;
}

/** The account of an email; one that exists keeps its password. */
export async function createAccount(
  email: string,
  passwordHash: string,
  now: Date,
): Promise<{ readonly accountId: string; readonly isNew: boolean }> {
  const { rows } = await query<{ accountId: string; isNew: boolean }>(
    `SELECT account_id AS "accountId", is_new AS "isNew" FROM access_api.create_account($1, $2, $3, $4)`,
    [newId(), email, passwordHash, now],
  );
  return rows[0] as { accountId: string; isNew: boolean };
}

/** So that the sign-in of the account finds this organization. */
export async function joinOrganization(accountId: string, organizationId: string): Promise<void> {
  await query("SELECT access_api.join_organization($1, $2)", [accountId, organizationId]);
}

/** False where no account has this email. */
export async function setPassword(email: string, passwordHash: string): Promise<boolean> {
  const { rows } = await query<{ isKnown: boolean }>(`SELECT access_api.set_password($1, $2) AS "isKnown"`, [
    email,
    passwordHash,
  ]);
  return rows[0]?.isKnown ?? false;
}
