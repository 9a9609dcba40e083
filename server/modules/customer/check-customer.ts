import { parseCurrency } from "../../domain/money/currency";
import { InputProblems, isStorableJson } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import type { Contact, CustomerTerms } from "./customer";

const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/;
const CUSTOM_FIELDS_MAXIMUM = 10_000;

/** What is wrong with a customer's terms and contacts, all at once. */
export function checkCustomer(terms: CustomerTerms, contacts: readonly Contact[]): Problem[] {
  const problems = new InputProblems();
  problems.checkText(terms.legalName, "The legal name", 200, "legalName");
  problems.checkLines(terms.addressLines, "the address", "addressLines");
  problems.checkOptionalText(terms.taxId, "The tax id", 50, "taxId");
  problems.checkOptionalText(terms.externalId, "The external id", 200, "externalId");
  if (!parseCurrency(terms.currency).ok) {
    problems.report(
      "CURRENCY_UNKNOWN",
      `"${terms.currency}" is not an ISO 4217 currency code. Send one such as "EUR".`,
      "currency",
    );
  }
  if (terms.country !== null && !/^[A-Z]{2}$/.test(terms.country)) {
    problems.report(
      "COUNTRY_MALFORMED",
      `"${terms.country}" is not an ISO 3166 country code of two capital letters.`,
      "country",
    );
  }
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(terms.language)) {
    problems.report("LANGUAGE_MALFORMED", `"${terms.language}" is not a language tag such as en-GB.`, "language");
  }
  if (terms.paymentTerms !== null && (terms.paymentTerms.days < 0 || terms.paymentTerms.days > 365)) {
    problems.report("PAYMENT_DAYS_OUT_OF_RANGE", "Payment terms are 0 to 365 days.", "paymentTerms", "days");
  }
  checkCustomFields(terms.customFields, problems);
  checkContacts(contacts, problems);
  return problems.found;
}

function checkCustomFields(fields: unknown, problems: InputProblems): void {
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    problems.report("CUSTOM_FIELDS_MALFORMED", "customFields must be an object of names and values.", "customFields");
    return;
  }
  const text = JSON.stringify(fields);
  if (text.length > CUSTOM_FIELDS_MAXIMUM) {
    problems.report(
      "CUSTOM_FIELDS_TOO_LARGE",
      `customFields has ${text.length} characters; the limit is ${CUSTOM_FIELDS_MAXIMUM}.`,
      "customFields",
    );
  } else if (!isStorableJson(text)) {
    problems.report(
      "TEXT_UNPRINTABLE",
      "customFields contains a NUL character or half of a surrogate pair.",
      "customFields",
    );
  }
}

function checkContacts(contacts: readonly Contact[], problems: InputProblems): void {
  contacts.forEach(({ name, email }, index) => {
    problems.checkText(name, "The contact's name", 200, "contacts", String(index), "name");
    if (!EMAIL.test(email) || email.length > 254) {
      problems.report("EMAIL_MALFORMED", `"${email}" is not an email address.`, "contacts", String(index), "email");
    }
  });
  if (contacts.filter(({ isPrimary }) => isPrimary).length > 1) {
    problems.report("SEVERAL_PRIMARY_CONTACTS", "Only one contact can be primary.", "contacts");
  }
}

/** The first contact is primary where none is marked. */
export function withPrimary(contacts: readonly Contact[]): Contact[] {
  const isMarked = contacts.some(({ isPrimary }) => isPrimary);
  return contacts.map(({ role, ...contact }, index) => ({
    ...contact,
    ...(role && { role }),
    isPrimary: isMarked ? contact.isPrimary : index === 0,
  }));
}
