import type { PlainDate } from "../../domain/calendar/plain-date";
import { checkLink, type LinkRefusal, type OfferStanding, standingOf } from "../../domain/quote/signing";
import { type Clock, organizationTime } from "../../platform/clock";
import { runAs } from "../../platform/database/transaction";
import { parseLinkToken } from "../../platform/link-token";
import { loadOrganization, type Organization } from "../organization";
import { loadSigning, type Signing, stateOf } from "./lock-signing";
import { findLink } from "./quote-link.store";
import type { QuoteLink } from "./signing";

/** A link that leads somewhere, with what it leads to, as it stands now. */
export type OpenedLink = {
  readonly link: QuoteLink;
  readonly organization: Organization;
  readonly now: Date;
  readonly today: PlainDate;
  readonly signing: Signing;
  readonly standing: OfferStanding;
};

export type Opened =
  | { readonly kind: "open"; readonly opened: OpenedLink }
  | { readonly kind: "refused"; readonly refusal: LinkRefusal | { readonly code: "LINK_UNKNOWN" } };

/** Does the work of a request with this token inside the organization that the token names. */
export async function openLink<T>(token: string, clock: Clock, work: (opened: Opened) => Promise<T>): Promise<T> {
  const parsed = parseLinkToken(token);
  const unknown: Opened = { kind: "refused", refusal: { code: "LINK_UNKNOWN" } };
  if (!parsed) return work(unknown);
  return runAs(parsed.organizationId, async () => {
    const link = await findLink(parsed.hash);
    if (!link) return work(unknown);
    const organization = await loadOrganization();
    const { now, today } = organizationTime(clock, organization);
    const valid = checkLink(link, now);
    if (!valid.ok) return work({ kind: "refused", refusal: valid.error });
    const signing = await loadSigning(link.versionId);
    const standing = standingOf(stateOf(signing), link.signerId, today);
    return work({ kind: "open", opened: { link, organization, now, today, signing, standing } });
  });
}
