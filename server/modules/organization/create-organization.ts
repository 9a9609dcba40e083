import { runAs } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { checkOrganization } from "./check-organization";
import {
  DOCUMENT_RULES,
  type DocumentRules,
  type Organization,
  type OrganizationTerms,
  PAYMENT_RULES,
  type PaymentRules,
} from "./organization";
import { insertOrganization } from "./organization.store";

/** A new tenant; made by who runs the server, never through the API. Answers its id. Throws where the terms are wrong. */
export async function createOrganization(
  given: Omit<OrganizationTerms, keyof DocumentRules | keyof PaymentRules> &
    Partial<DocumentRules & PaymentRules> &
    Pick<Organization, "baseCurrency" | "mode" | "testClockAt"> & { readonly id?: string },
  now: Date,
): Promise<string> {
  const organization = { ...DOCUMENT_RULES, ...PAYMENT_RULES, ...given };
  const [problem] = checkOrganization(organization);
  if (problem) throw new Error(`${problem.path.join(".")}: ${problem.message}`);
  const id = organization.id ?? newId();
  await runAs(id, async () => await insertOrganization({ ...organization, id }, now));
  return id;
}
