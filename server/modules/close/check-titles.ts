import type { CheckKind } from "../../domain/close/checklist";

/** What each check is called, in sentences and in lists. */
export const CHECK_TITLES: { readonly [K in CheckKind]: string } = {
  stale_drafts: "Stale drafts",
  drafts_not_issued: "Drafts not finalized",
  overrides_unconfirmed: "Overrides not confirmed",
  variances_unsigned: "Variances not signed off",
  usage_unattributed: "Usage of nobody",
  sends_failed: "Mails that failed",
  syncs_failed: "Documents that accounting has not",
  numbers_missing: "Missing numbers",
  second_person_pending: "Waiting for a second person",
};
