import { ok, type Result } from "../../domain/result";
import type { Role } from "../../platform/access";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput, type Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { insertApiKey } from "./access.store";
import { hintOf, newToken } from "./token";

export type NewApiKey = { readonly name: string; readonly role: Role; readonly expiresAt: Date | null };

/**
 * Makes an API key and shows it. The answer that is kept for a repetition of the command does not have it: a secret is
 * stored nowhere, so a repetition answers null.
 */
export async function createApiKey(
  context: RequestContext,
  input: NewApiKey & { readonly idempotencyKey: string },
): Promise<Result<{ readonly apiKeyId: string; readonly token: string | null }, Refusal>> {
  let shown: string | null = null;
  const create = command({
    name: "createApiKey",
    permission: "administer",
    run: async ({ name, role, expiresAt }: NewApiKey, { caller, note }) => {
      // Keys live by the world's clock, also in a sandbox whose own clock stands.
      const createdAt = context.services.clock.now();
      const problems = new InputProblems();
      problems.checkText(name, "The name", 100, "name");
      if (expiresAt !== null && expiresAt <= createdAt) {
        problems.report("EXPIRY_IN_THE_PAST", `${expiresAt.toISOString()} is not in the future.`, "expiresAt");
      }
      if (!problems.isEmpty) return invalidInput(problems.found);

      const id = newId();
      const { token, hash } = newToken("key", caller.organizationId);
      const hint = hintOf(token);
      await insertApiKey({ id, name, role, expiresAt, tokenHash: hash, hint, createdBy: caller.actor.id, createdAt });
      note({
        action: "api_key.created",
        subjectType: "api_key",
        subjectId: id,
        after: { name, role, expiresAt, hint },
      });
      shown = token;
      return ok({ apiKeyId: id });
    },
  });
  const result = await create(context, input);
  return result.ok ? ok({ ...result.value, token: shown }) : result;
}
