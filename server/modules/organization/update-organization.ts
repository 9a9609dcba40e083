import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { conflict, invalidInput, staleVersion } from "../../platform/refusal";
import { checkOrganization } from "./check-organization";
import type { Organization, OrganizationTerms } from "./organization";
import { hasUsage, isPrefixTaken, loadOrganization, updateOrganizationRow } from "./organization.store";

/** null arrives where GraphQL cannot tell "take it away" from "leave it". */
export type OrganizationChange = {
  readonly version: number;
  readonly changes: { readonly [Field in keyof OrganizationTerms]?: OrganizationTerms[Field] | null | undefined };
};

const NEVER_NULL = [
  "legalName",
  "addressLines",
  "country",
  "bankDetails",
  "timeZone",
  "taxRounding",
  "paymentTerms",
  "brandColor",
  "mailFrom",
  "varianceThresholds",
  "invoicePrefix",
  "creditNotePrefix",
  "allowsAmendedCopies",
  "negativeDrafts",
  "paymentsMaster",
  "smallDifference",
];

export const updateOrganization = command({
  name: "updateOrganization",
  permission: "administer",
  run: async ({ version, changes }: OrganizationChange, { now, note }) => {
    const sent = sentFields(changes);
    const problems = new InputProblems();
    problems.checkNotNull(sent, NEVER_NULL);
    if (!problems.isEmpty) return invalidInput(problems.found);

    const organization = await loadOrganization();
    if (organization.version !== version) return staleVersion("organization", organization.version);
    const before = termsOf(organization);
    const after: OrganizationTerms = { ...before, ...(sent as Partial<OrganizationTerms>) };
    const found = checkOrganization(after);
    if (found.length > 0) return invalidInput(found);
    if (after.timeZone !== before.timeZone && (await hasUsage())) {
      return conflict(
        "TIME_ZONE_IN_USE",
        `Usage was recorded in days of ${before.timeZone}; the time zone cannot change any more.`,
        ["timeZone"],
      );
    }

    for (const [field, other] of [
      ["invoicePrefix", "credit_note"],
      ["creditNotePrefix", "invoice"],
    ] as const) {
      if (after[field] !== before[field] && (await isPrefixTaken(after[field], other))) {
        const message = `Documents of the other kind were numbered with ${after[field]}. Choose another prefix.`;
        return conflict("PREFIX_TAKEN", message, [field]);
      }
    }

    if (!(await updateOrganizationRow(after, version, now))) {
      return staleVersion("organization", (await loadOrganization()).version);
    }
    if (after.taxRounding !== before.taxRounding) {
      await markDraftsStale({ customerIds: "all", from: null, before: null, reason: "tax", now });
    }
    note({ action: "organization.updated", subjectType: "organization", subjectId: organization.id, before, after });
    return ok({ organizationId: organization.id });
  },
});

function termsOf(organization: Organization): OrganizationTerms {
  const {
    id: _,
    baseCurrency: _b,
    mode: _m,
    testClockAt: _t,
    lockedThrough: _l,
    version: _v,
    createdAt: _c,
    updatedAt: _u,
    ...terms
  } = organization;
  return terms;
}
