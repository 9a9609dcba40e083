import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import type { Organization } from "./organization";
import { SetTestClockInput, UpdateOrganizationInput } from "./organization.inputs";
import {
  OrganizationType,
  SetTestClockResult,
  SetTestClockSuccess,
  UpdateOrganizationResult,
  UpdateOrganizationSuccess,
} from "./organization.types";
import { organizationNow, organizationToday, readOrganization } from "./read-organization";
import { setTestClock } from "./set-test-clock";
import { updateOrganization } from "./update-organization";

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @Query(() => OrganizationType, { description: "The organization of the caller." })
  organization(@Ctx() context: RequestContext) {
    return readOrganization(context);
  }

  @FieldResolver(() => PlainDateScalar, {
    description:
      "The local day in the organization's time zone; of the test clock in a sandbox. Never use your own clock.",
  })
  today(@Root() organization: Organization, @Ctx() context: RequestContext) {
    return organizationToday(context, organization);
  }

  @FieldResolver(() => DateTimeScalar, { description: "The instant of the organization's clock." })
  now(@Root() organization: Organization, @Ctx() context: RequestContext) {
    return organizationNow(context, organization);
  }

  @Mutation(() => UpdateOrganizationResult, { description: "Changes the organization. For administrators." })
  async updateOrganization(
    @Arg("input", () => UpdateOrganizationInput) input: UpdateOrganizationInput,
    @Ctx() context: RequestContext,
  ) {
    const { version, idempotencyKey, ...changes } = input;
    return toUnion(
      "UpdateOrganizationSuccess",
      await updateOrganization(context, { version, changes, idempotencyKey }),
    );
  }

  @Mutation(() => SetTestClockResult, { description: "Sets the clock of a sandbox. For administrators." })
  async setTestClock(@Arg("input", () => SetTestClockInput) input: SetTestClockInput, @Ctx() context: RequestContext) {
    return toUnion("SetTestClockSuccess", await setTestClock(context, input));
  }
}

@Resolver(() => UpdateOrganizationSuccess)
export class UpdateOrganizationSuccessResolver {
  @FieldResolver(() => OrganizationType, { description: "As it is now." })
  organization(@Ctx() context: RequestContext) {
    return readOrganization(context);
  }
}

@Resolver(() => SetTestClockSuccess)
export class SetTestClockSuccessResolver {
  @FieldResolver(() => OrganizationType, { description: "As it is now." })
  organization(@Ctx() context: RequestContext) {
    return readOrganization(context);
  }
}
