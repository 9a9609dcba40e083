import { ok } from "../../domain/result";
import { imageFactsOf } from "../../integrations/pdf/image-facts";
import { readPng } from "../../integrations/pdf/read-png";
import { command } from "../../platform/command";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput, staleVersion } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import { sha256Of } from "../quote";
import type { OfferTemplate } from "./offer-template";
import { loadOfferTemplate, saveOfferTemplate } from "./offer-template.store";

/** What is left out stays; null takes away. The logo comes as base64. */
export type OfferTemplateChange = {
  readonly version: number;
  readonly changes: {
    readonly introduction?: string | null | undefined;
    readonly closing?: string | null | undefined;
    readonly logo?: string | null | undefined;
  };
};

const INTRODUCTION_LENGTH = 5_000;
const CLOSING_LENGTH = 100_000;
const LOGO_BYTES = 512 * 1024;
const LOGO_SIDE = 4_000;
const LOGO_MOST = { width: LOGO_SIDE, height: LOGO_SIDE };

export const setOfferTemplate = command({
  name: "setOfferTemplate",
  permission: "administer",
  run: async ({ version, changes }: OfferTemplateChange, { now, note }) => {
    const before = await loadOfferTemplate();
    if (before.version !== version) return staleVersion("offer template", before.version);
    const { logo: encoded, ...texts } = sentFields(changes);
    const logo = encoded === undefined ? before.logo : encoded === null ? null : logoIn(encoded);
    const after: OfferTemplate = { ...before, ...trimmed(texts), logo };
    const problems = new InputProblems();
    checkText(after.introduction, "The introduction", INTRODUCTION_LENGTH, "introduction", problems);
    checkText(after.closing, "The closing text", CLOSING_LENGTH, "closing", problems);
    if (encoded) checkLogo(encoded, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);

    if (!(await saveOfferTemplate(after, version, now))) {
      return staleVersion("offer template", (await loadOfferTemplate()).version);
    }
    const { id } = await loadOrganization();
    note({
      action: "organization.offer_template_set",
      subjectType: "organization",
      subjectId: id,
      before: noted(before),
      after: noted(after),
    });
    return ok({ version: version + 1 });
  },
});

const trimmed = (texts: Readonly<Record<string, string | null | undefined>>) =>
  Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, text?.trim() || null]));

/** The audit trail says which logo it was; the picture itself has no place in it. */
const noted = ({ introduction, closing, logo }: OfferTemplate) => ({
  introduction,
  closing,
  logoSha256: logo && sha256Of(logo),
});

/** Paragraphs: line breaks are theirs to have. */
function checkText(text: string | null, name: string, most: number, field: string, problems: InputProblems): void {
  problems.checkOptionalText(text && text.replaceAll(/[\n\r\t]/g, " "), name, most, field);
}

/** Of a PNG its picture alone: that is what can be drawn. */
function logoIn(encoded: string): Buffer {
  const content = Buffer.from(encoded, "base64");
  return readPng(content, LOGO_MOST)?.bare ?? content;
}

function checkLogo(encoded: string, problems: InputProblems): void {
  const content = Buffer.from(encoded, "base64");
  const facts = imageFactsOf(content);
  const isWhole = facts?.contentType === "image/jpeg" || readPng(content, LOGO_MOST) !== null;
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(encoded)) {
    problems.report("BASE64_MALFORMED", "The logo is sent as base64, without a data: prefix.", "logo");
  } else if (content.length > LOGO_BYTES) {
    const message = `The logo has ${Math.ceil(content.length / 1024)} kB; the limit is ${LOGO_BYTES / 1024} kB.`;
    problems.report("LOGO_TOO_LARGE", message, "logo");
  } else if (facts && Math.max(facts.width, facts.height) > LOGO_SIDE) {
    const message = `The logo is ${facts.width} × ${facts.height} pixels; a side has at most ${LOGO_SIDE}.`;
    problems.report("LOGO_TOO_LARGE", message, "logo");
  } else if (!facts || !isWhole) {
    const message = "The logo cannot be read. Send a JPEG, or a PNG that is not interlaced, with 8 bits a channel.";
    problems.report("LOGO_UNREADABLE", message, "logo");
  }
}
