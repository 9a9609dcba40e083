import { isTimeZone } from "../../domain/calendar/local-day";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import { parseMailSender } from "./mail-sender";
import type { OrganizationTerms } from "./organization";

/** What is wrong with an organization's terms, all at once. */
export function checkOrganization(terms: OrganizationTerms): Problem[] {
  const problems = new InputProblems();
  const { paymentTerms, varianceThresholds } = terms;

  problems.checkText(terms.legalName, "The legal name", 200, "legalName");
  problems.checkLines(terms.addressLines, "the address", "addressLines");
  problems.checkLines(terms.bankDetails, "the bank details", "bankDetails");
  problems.checkOptionalText(terms.taxNumber, "The tax number", 50, "taxNumber");
  if (!/^[A-Z]{2}$/.test(terms.country)) {
    problems.report(
      "COUNTRY_MALFORMED",
      `"${terms.country}" is not an ISO 3166 country code of two capital letters.`,
      "country",
    );
  }
  if (!isTimeZone(terms.timeZone)) {
    problems.report(
      "TIME_ZONE_UNKNOWN",
      `"${terms.timeZone}" is not an IANA time zone such as Europe/London.`,
      "timeZone",
    );
  }
  if (paymentTerms.days < 0 || paymentTerms.days > 365) {
    problems.report("PAYMENT_DAYS_OUT_OF_RANGE", "Payment terms are 0 to 365 days.", "paymentTerms", "days");
  }
  if (!/^#[0-9a-fA-F]{6}$/.test(terms.brandColor)) {
    problems.report("COLOR_MALFORMED", `"${terms.brandColor}" is not a colour such as #1f5f4a.`, "brandColor");
  }
  if (!parseMailSender(terms.mailFrom)) {
    problems.report(
      "EMAIL_MALFORMED",
      `"${terms.mailFrom}" is not a sender such as "Billing <billing@example.com>".`,
      "mailFrom",
    );
  }
  for (const field of ["invoicePrefix", "creditNotePrefix"] as const) {
    if (!/^[A-Za-z0-9][A-Za-z0-9/._-]{0,11}$/.test(terms[field])) {
      const message = `"${terms[field]}" cannot begin a number: up to 12 letters, digits and / . _ -, such as INV-.`;
      problems.report("PREFIX_MALFORMED", message, field);
    }
  }
  if (terms.invoicePrefix === terms.creditNotePrefix) {
    problems.report("PREFIX_TAKEN", "Invoices and credit notes need prefixes of their own.", "creditNotePrefix");
  }
  for (const field of ["amount", "percent"] as const) {
    const value = varianceThresholds[field];
    if (value.isNegative() || value.gte(100_000)) {
      problems.report("THRESHOLD_OUT_OF_RANGE", "A threshold is from 0 to below 100,000.", "varianceThresholds", field);
    }
  }
  if (terms.smallDifference.isNegative() || terms.smallDifference.gte(100_000)) {
    const message = "A small difference is from 0 to below 100,000.";
    problems.report("SMALL_DIFFERENCE_OUT_OF_RANGE", message, "smallDifference");
  }
  return problems.found;
}
