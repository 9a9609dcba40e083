import { ok } from "../../domain/result";
import { systemClock } from "../../platform/clock";
import { command } from "../../platform/command";
import { conflict, notFound } from "../../platform/refusal";
import { apiKeysById, markKeyRevoked } from "./access.store";

export const revokeApiKey = command({
  name: "revokeApiKey",
  permission: "administer",
  run: async ({ id }: { readonly id: string }, { note }) => {
    const key = (await apiKeysById([id])).get(id);
    if (!key) return notFound("API key", id);
    if (!(await markKeyRevoked(id, systemClock.now()))) {
      return conflict("API_KEY_REVOKED", `The API key "${key.name}" was revoked before.`, ["id"]);
    }
    note({
      action: "api_key.revoked",
      subjectType: "api_key",
      subjectId: id,
      before: { name: key.name, role: key.role, hint: key.hint },
    });
    return ok({ apiKeyId: id });
  },
});
