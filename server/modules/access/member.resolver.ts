import { Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../platform/request-context";
import { MemberType } from "./member.types";
import { readMembers } from "./read-access";

@Resolver(() => MemberType)
export class MemberResolver {
  @Query(() => [MemberType], { description: "Who may sign in, by name." })
  members(@Ctx() context: RequestContext) {
    return readMembers(context);
  }
}
