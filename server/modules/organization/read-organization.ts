import { localDayOf } from "../../domain/calendar/local-day";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { RequestContext } from "../../platform/request-context";
import type { Organization } from "./organization";
import { organizationsById } from "./organization.store";

/** The caller's own organization. */
export function readOrganization(context: RequestContext): Promise<Organization> {
  return context.mustLoad(organizationsById, context.require("read").organizationId);
}

/** By the organization's own clock as it stands after this request's changes. */
export function organizationNow(context: RequestContext, organization: Organization): Date {
  return organization.testClockAt ?? (context.isSignedIn ? context.caller.now : context.services.clock.now());
}

export function organizationToday(context: RequestContext, organization: Organization): PlainDate {
  return localDayOf(organizationNow(context, organization), organization.timeZone);
}
