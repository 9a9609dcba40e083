import { inTransaction, runAs } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { insertMember } from "./access.store";
import { createAccount, joinOrganization } from "./account.store";
import { hashPassword, newPassword } from "./password";

/**
 * Gives an organization its first administrator, at first start or when the demo is planted. Answers the password, which
 * is kept nowhere else; null if the email has an account already, which keeps its own.
 */
export async function createFirstAdmin(
  admin: { readonly organizationId: string; readonly email: string; readonly name: string; readonly password?: string },
  now: Date,
): Promise<{ readonly memberId: string; readonly email: string; readonly password: string | null }> {
  const { organizationId, name } = admin;
  const email = admin.email.trim().toLowerCase();
  const password = admin.password ?? newPassword();
  const passwordHash = await hashPassword(password);
  return runAs(organizationId, () =>
    inTransaction(async () => {
      const { accountId, isNew } = await createAccount(email, passwordHash, now);
      const memberId = newId();
      await insertMember({ id: memberId, accountId, name, email, role: "admin", createdAt: now });
      await joinOrganization(accountId, organizationId);
      return { memberId, email, password: isNew ? password : null };
    }),
  );
}
