import { isSameLanguage } from "../../integrations/email/mail-language";
import type { MailPurpose, MailTemplate } from "../../integrations/email/mail-template";
import { listMailTemplates, type StoredMailTemplate } from "./mail-template.store";

/**
 * The organization's own text for a customer: in the customer's language as it is written there, else in another variant of
 * it. null: the built-in text holds, because there is none in this language.
 */
export function chooseTemplate<T extends Pick<StoredMailTemplate, "purpose" | "level" | "language">>(
  templates: readonly T[],
  wanted: { readonly purpose: MailPurpose; readonly level: number; readonly language: string },
): T | null {
  const suited = templates.filter(({ purpose, level }) => purpose === wanted.purpose && level === wanted.level);
  return (
    suited.find(({ language }) => language.toLowerCase() === wanted.language.toLowerCase()) ??
    suited.find(({ language }) => isSameLanguage(language, wanted.language)) ??
    null
  );
}

/** What an organization has to say to a customer; null: nothing of its own. */
export async function templateFor(purpose: MailPurpose, level: number, language: string): Promise<MailTemplate | null> {
  return chooseTemplate(await listMailTemplates(), { purpose, level, language });
}
