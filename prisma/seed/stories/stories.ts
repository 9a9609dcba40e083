import { accountUnmapped } from "./account-unmapped";
import { aliasAfterDrafts } from "./alias-after-drafts";
import { aliasUnmapped } from "./alias-unmapped";
import { annualInAdvance } from "./annual-in-advance";
import { bouncedMail } from "./bounced-mail";
import { churned } from "./churned";
import { creditedInPart } from "./credited-in-part";
import { creditsRunningOut } from "./credits-running-out";
import { discountExpired } from "./discount-expired";
import { disputed } from "./disputed";
import { endedButUsed } from "./ended-but-used";
import { lateUsage, lateUsageUnderMinimum } from "./late-usage";
import { longOverdue } from "./long-overdue";
import { midMonthFirstBill } from "./mid-month-first-bill";
import { overrideBaseMoved } from "./override-base-moved";
import { parentWithChildren } from "./parent-with-children";
import { partPaid } from "./part-paid";
import { plannedRampStep } from "./planned-ramp-step";
import { poMissing } from "./po-missing";
import { quarterlyInArrears } from "./quarterly-in-arrears";
import { seatsAdded, seatsReturned } from "./seats-changed";
import type { Story } from "./story";
import { taxAfterDrafts, taxAfterDraftsToo } from "./tax-after-drafts";
import { taxIdMissing } from "./tax-id-missing";
import { usageAfterDrafts } from "./usage-after-drafts";
import { usageStopped } from "./usage-stopped";
import { usageTripled } from "./usage-tripled";
import { zeroBillInTrial } from "./zero-bill-in-trial";

/** Everything that is planted. A demo of fewer customers tells the first ones. */
export const STORIES: readonly Story[] = [
  usageTripled,
  aliasUnmapped,
  usageAfterDrafts,
  aliasAfterDrafts,
  plannedRampStep,
  midMonthFirstBill,
  endedButUsed,
  taxIdMissing,
  usageStopped,
  seatsAdded,
  discountExpired,
  churned,
  zeroBillInTrial,
  poMissing,
  taxAfterDrafts,
  taxAfterDraftsToo,
  lateUsage,
  lateUsageUnderMinimum,
  annualInAdvance,
  quarterlyInArrears,
  seatsReturned,
  overrideBaseMoved,
  creditsRunningOut,
  bouncedMail,
  disputed,
  partPaid,
  longOverdue,
  creditedInPart,
  accountUnmapped,
  parentWithChildren,
];
