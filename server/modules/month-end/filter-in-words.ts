import type { InvoiceStatus } from "../invoice";
import type { ViewFilter } from "./saved-view";

const STATUS_WORDS: { readonly [S in InvoiceStatus]: string } = {
  in_progress: "invoices in progress",
  draft: "drafts",
  finalized: "finalized invoices",
  sent: "sent invoices",
  voided: "voided invoices",
};

const NAMED_AT_MOST = 3;

/** The filter as a person would say it: "Drafts in GBP", "Flagged invoices of Acme Ltd", "All invoices". */
export function filterInWords(
  filter: ViewFilter,
  names: { readonly customers: readonly string[]; readonly contracts: readonly string[] },
): string {
  const { statuses, currencies, isStale, flagged, search } = filter;
  const states = [
    flagged === null ? "" : flagged ? "flagged" : "unflagged",
    isStale === null ? "" : isStale ? "stale" : "up-to-date",
  ].filter((word) => word !== "");
  const subjects = statuses === null ? "invoices" : inARow(statuses.map((status) => STATUS_WORDS[status]));
  const places = [
    currencies && `in ${inARow(currencies)}`,
    filter.customerIds && `of ${named(names.customers, "customers")}`,
    filter.contractIds && `under ${named(names.contracts, "contracts")}`,
    search && `matching “${search}”`,
  ].filter((words) => words !== null && words !== "");
  const said = [...states, subjects, ...places].join(" ");
  return said === "invoices" ? "All invoices" : said.charAt(0).toUpperCase() + said.slice(1);
}

const inARow = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

const named = (names: readonly string[], plural: string): string =>
  names.length > NAMED_AT_MOST ? `${names.length} ${plural}` : inARow(names);
