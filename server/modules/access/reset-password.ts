import { setPassword } from "./account.store";
import { hashPassword, newPassword } from "./password";

/** Gives an account a new password, for who runs the server; answers it, kept nowhere else. Null: there is no such account. */
export async function resetPassword(email: string): Promise<string | null> {
  const password = newPassword();
  return (await setPassword(email.trim().toLowerCase(), await hashPassword(password))) ? password : null;
}
