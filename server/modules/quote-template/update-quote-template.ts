import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { checkTemplate, nameTaken } from "./check-template";
import { lockToChange } from "./lock-to-change";
import { saveQuoteTemplate } from "./quote-template.store";

/** What is left out stays. */
export type QuoteTemplateChange = {
  readonly id: string;
  readonly version: number;
  readonly changes: { readonly name?: string | null | undefined; readonly description?: string | null | undefined };
};

export const updateQuoteTemplate = command({
  name: "updateQuoteTemplate",
  permission: "change_quotes",
  run: async ({ id, version, changes }: QuoteTemplateChange, { now, note }) => {
    const sent = sentFields(changes);
    const nulls = new InputProblems();
    nulls.checkNotNull(sent, ["name"]);
    if (!nulls.isEmpty) return invalidInput(nulls.found);
    const locked = await lockToChange(id, version);
    if (!locked.ok) return locked;
    const { name, description } = locked.value;
    const before = { name, description };
    const after = { ...before, ...(sent as Partial<typeof before>) };
    const problems = checkTemplate(after);
    if (problems.length > 0) return invalidInput(problems);
    if (!(await saveQuoteTemplate({ ...locked.value, ...after }, now))) return nameTaken(after.name);
    note({ action: "quote_template.updated", subjectType: "quote_template", subjectId: id, before, after });
    return ok({ templateId: id });
  },
});
