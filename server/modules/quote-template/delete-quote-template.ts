import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { lockToChange } from "./lock-to-change";
import { saveQuoteTemplate } from "./quote-template.store";

/** It is archived: quotes that were made from it stay, and its name is free again. */
export const deleteQuoteTemplate = command({
  name: "deleteQuoteTemplate",
  permission: "change_quotes",
  run: async ({ id, version }: { readonly id: string; readonly version: number }, { now, note }) => {
    const locked = await lockToChange(id, version);
    if (!locked.ok) return locked;
    await saveQuoteTemplate({ ...locked.value, archivedAt: now }, now);
    const { name, description, terms } = locked.value;
    const before = { name, description, terms };
    note({ action: "quote_template.deleted", subjectType: "quote_template", subjectId: id, before, after: null });
    return ok({ templateId: id });
  },
});
