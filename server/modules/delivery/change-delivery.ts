import { ok, type Result } from "../../domain/result";
import { faultsOfTemplate, type MailPurpose } from "../../integrations/email/mail-template";
import { command } from "../../platform/command";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { newLinkToken } from "../../platform/link-token";
import { conflict, invalidInput, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import type { DeliverySettings } from "./delivery";
import {
  insertMailFile,
  listMailFiles,
  lockDeliverySettings,
  removeMailFile,
  saveBounceSecret,
  saveDeliverySettings,
} from "./delivery-settings.store";
import { deleteMailTemplate, lockMailTemplate, saveMailTemplate } from "./mail-template.store";

// ── Settings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type DeliverySettingsChange = {
  readonly version: number;
  readonly changes: {
    readonly attachesUsage?: boolean | undefined;
    readonly mailsZeroTotals?: boolean | undefined;
    readonly mailsPerMinute?: number | null | undefined;
  };
};

export const changeDeliverySettings = command({
  name: "changeDeliverySettings",
  permission: "administer",
  run: async ({ version, changes }: DeliverySettingsChange, { caller, now, note }) => {
    const before = await lockDeliverySettings();
    if (before.version !== version) return staleVersion("delivery settings", before.version);
    const after = { ...before, ...sentFields(changes) } as DeliverySettings;
    const pace = after.mailsPerMinute;
    const problems = new InputProblems();
    problems.checkNotNull(changes, ["attachesUsage", "mailsZeroTotals"]);
    if (pace !== null && !(Number.isInteger(pace) && pace >= 1 && pace <= 10_000)) {
      problems.report("PACE_OUT_OF_RANGE", "Send 1 to 10,000 mails a minute, or null for no limit.", "mailsPerMinute");
    }
    if (!problems.isEmpty) return invalidInput(problems.found);
    await saveDeliverySettings(after, now);
    const subject = { subjectType: "organization", subjectId: caller.organizationId };
    note({ action: "delivery_settings.changed", ...subject, before, after });
    return ok({ version: version + 1 });
  },
});

/**
 * Makes the address to which mail servers post what came back, in the place of an earlier one. The secret in it is shown
 * once and stored nowhere, so a repetition of the command answers null.
 */
export async function createBounceAddress(
  context: RequestContext,
  input: { readonly idempotencyKey: string },
): Promise<Result<{ readonly url: string | null }, Refusal>> {
  let shown: string | null = null;
  const create = command({
    name: "createBounceAddress",
    permission: "administer",
    run: async (_: object, { caller, now, note }) => {
      const { token, hash } = newLinkToken(caller.organizationId);
      await saveBounceSecret(hash, now);
      const subject = { subjectType: "organization", subjectId: caller.organizationId };
      note({ action: "bounce_address.created", ...subject });
      shown = `${context.services.publicUrl}/webhooks/mail-bounces/${token}`;
      return ok({ isCreated: true });
    },
  });
  const result = await create(context, input);
  return result.ok ? ok({ url: shown }) : result;
}

// ── Files that go with every invoice ─────────────────────────────────────────────────────────────────────────────────

const FILES_MOST = 5;
const FILE_BYTES_MOST = 1_000_000;
const FILE_TYPES: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  csv: "text/csv",
  txt: "text/plain",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

export const addMailFile = command({
  name: "addMailFile",
  permission: "administer",
  run: async (file: { readonly fileName: string; readonly contentBase64: string }, { caller, now, note }) => {
    const { fileName } = file;
    const problems = new InputProblems();
    problems.checkText(fileName, "The file name", 120, "fileName");
    const contentType = FILE_TYPES[/\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ""];
    if (!contentType || /[/\\]/.test(fileName)) {
      const text = `"${fileName.slice(0, 120)}" is not a file name that ends in .${Object.keys(FILE_TYPES).join(", .")}.`;
      problems.report("FILE_TYPE_UNKNOWN", text, "fileName");
    }
    const content = Buffer.from(file.contentBase64, "base64");
    if (content.length === 0 || content.toString("base64").length !== file.contentBase64.replace(/\s/g, "").length) {
      problems.report("CONTENT_MALFORMED", "The content is empty, or not base64.", "contentBase64");
    } else if (content.length > FILE_BYTES_MOST) {
      const text = `The file has ${content.length} bytes; the limit is ${FILE_BYTES_MOST}.`;
      problems.report("FILE_TOO_LARGE", text, "contentBase64");
    }
    if (!problems.isEmpty || !contentType) return invalidInput(problems.found);
    if ((await listMailFiles()).length >= FILES_MOST) {
      return conflict("TOO_MANY_FILES", `${FILES_MOST} files go with every invoice already. Remove one first.`);
    }
    const fileId = await insertMailFile({ fileName, contentType, content, addedBy: caller.actor.name }, now);
    const after = { fileName, byteCount: content.length };
    note({ action: "mail_file.added", subjectType: "mail_file", subjectId: fileId, after });
    return ok({ fileId });
  },
});

export const removeMailFileForGood = command({
  name: "removeMailFile",
  permission: "administer",
  run: async ({ fileId }: { readonly fileId: string }, { now, note }) => {
    if (!(await removeMailFile(fileId, now))) return notFound("mail file", fileId, ["fileId"]);
    note({ action: "mail_file.removed", subjectType: "mail_file", subjectId: fileId });
    return ok({ fileId });
  },
});

// ── What mails say ───────────────────────────────────────────────────────────────────────────────────────────────────

export type TemplatePlace = { readonly purpose: MailPurpose; readonly level: number; readonly language: string };
export type TemplateToSave = TemplatePlace & {
  /** of the text that was looked at; 0: there was none */
  readonly version: number;
  readonly subject: string;
  readonly text: string;
};

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export const saveTemplate = command({
  name: "saveMailTemplate",
  permission: "administer",
  run: async (template: TemplateToSave, { caller, now, note }) => {
    const problems = problemsOfTemplate(template);
    if (problems.length > 0) return invalidInput(problems);
    const before = await lockMailTemplate(template);
    if ((before?.version ?? 0) !== template.version) return staleVersion("mail template", before?.version ?? 0);
    const { purpose, level, language, subject, text } = template;
    await saveMailTemplate({ purpose, level, language, subject, text, updatedBy: caller.actor.name }, now);
    note({
      action: "mail_template.saved",
      subjectType: "organization",
      subjectId: caller.organizationId,
      before: before && { purpose, level, language, subject: before.subject, text: before.text },
      after: { purpose, level, language, subject, text },
    });
    return ok({ purpose, level, language });
  },
});

export const resetTemplate = command({
  name: "resetMailTemplate",
  permission: "administer",
  run: async (place: TemplatePlace, { caller, note }) => {
    const before = await lockMailTemplate(place);
    if (!before) {
      return conflict("TEMPLATE_NOT_SAVED", "The built-in text holds already; there is none of your own here.");
    }
    await deleteMailTemplate(place);
    const subject = { subjectType: "organization", subjectId: caller.organizationId };
    note({
      action: "mail_template.reset",
      ...subject,
      before: { ...place, subject: before.subject, text: before.text },
    });
    return ok({ ...place });
  },
});

/** All that is wrong with a template, and with what it is said to be for. */
export function problemsOfTemplate(template: Omit<TemplateToSave, "version">) {
  const problems = new InputProblems();
  const { purpose, level, language } = template;
  if (!LANGUAGE.test(language) || language.length > 35) {
    problems.report(
      "LANGUAGE_MALFORMED",
      `"${language.slice(0, 35)}" is not a language tag such as en-GB.`,
      "language",
    );
  }
  if (purpose === "reminder" ? !(level >= 1 && level <= 9) : level !== 0) {
    const text = "A reminder has a level from 1 to 9; the other mails have none, which is 0.";
    problems.report("LEVEL_OUT_OF_RANGE", text, "level");
  }
  for (const { field, code, message } of faultsOfTemplate(purpose, template)) problems.report(code, message, field);
  return problems.found;
}
