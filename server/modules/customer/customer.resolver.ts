import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { MemberType, membersById } from "../access";
import { createCustomer } from "./create-customer";
import type { Customer, CustomerTerms } from "./customer";
import {
  CreateCustomerInput,
  EndCustomerAliasInput,
  MapCustomerAliasInput,
  UpdateCustomerInput,
  UpsertCustomerInput,
} from "./customer.inputs";
import {
  CreateCustomerResult,
  CreateCustomerSuccess,
  CustomerAliasType,
  CustomerConnection,
  CustomerContactType,
  CustomerType,
  EndCustomerAliasResult,
  EndCustomerAliasSuccess,
  MapCustomerAliasResult,
  MapCustomerAliasSuccess,
  UpdateCustomerResult,
  UpdateCustomerSuccess,
  UpsertCustomerResult,
  UpsertCustomerSuccess,
} from "./customer.types";
import { endCustomerAlias } from "./end-customer-alias";
import { mapCustomerAlias } from "./map-customer-alias";
import { type GivenTerms, newCustomerTerms } from "./new-customer-terms";
import { aliasesOf, contactsOf, customerOf, findCustomer, readCustomers } from "./read-customers";
import { updateCustomer } from "./update-customer";
import { upsertCustomer } from "./upsert-customer";

@Resolver(() => CustomerType)
export class CustomerResolver {
  @Query(() => CustomerType, { nullable: true, description: "null: there is none in this organization." })
  customer(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findCustomer(context, id);
  }

  @Query(() => CustomerConnection, { description: "Customers by legal name." })
  customers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg("search", () => String, {
      nullable: true,
      description: "Anywhere in the legal name or the external id, in any case.",
    })
    search: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return readCustomers(context, page, search ?? null);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: "The group that the customer belongs to." })
  parent(@Root() { parentCustomerId }: Customer, @Ctx() context: RequestContext) {
    return parentCustomerId && customerOf(context, { customerId: parentCustomerId });
  }

  @FieldResolver(() => MemberType, { nullable: true, description: "Who looks after it." })
  owner(@Root() { ownerId }: Customer, @Ctx() context: RequestContext) {
    return ownerId === null ? null : context.mustLoad(membersById, ownerId);
  }

  @FieldResolver(() => [CustomerContactType], { description: "Who receives invoices; the primary contact first." })
  contacts(@Root() customer: Customer, @Ctx() context: RequestContext) {
    return contactsOf(context, customer);
  }

  @FieldResolver(() => [CustomerAliasType], { description: "In alphabetical order." })
  aliases(@Root() customer: Customer, @Ctx() context: RequestContext) {
    return aliasesOf(context, customer);
  }

  @Mutation(() => CreateCustomerResult, { description: "Adds a customer." })
  async createCustomer(
    @Arg("input", () => CreateCustomerInput) input: CreateCustomerInput,
    @Ctx() context: RequestContext,
  ) {
    const { idempotencyKey, contacts, ...terms } = input;
    const customer = { terms: newCustomerTerms(terms as GivenTerms), contacts: contacts ?? [] };
    return toUnion("CreateCustomerSuccess", await createCustomer(context, { ...customer, idempotencyKey }));
  }

  @Mutation(() => UpdateCustomerResult, { description: "Changes a customer." })
  async updateCustomer(
    @Arg("input", () => UpdateCustomerInput) input: UpdateCustomerInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey, contacts, ...changes } = input;
    const change = { id, version, contacts, changes: changes as Partial<CustomerTerms> };
    return toUnion("UpdateCustomerSuccess", await updateCustomer(context, { ...change, idempotencyKey }));
  }

  @Mutation(() => UpsertCustomerResult, {
    description:
      "Brings the customer of an external id to what is sent, or makes it. Sending the same again changes nothing, not even its version; sending it twice at once makes one customer.",
  })
  async upsertCustomer(
    @Arg("input", () => UpsertCustomerInput) input: UpsertCustomerInput,
    @Ctx() context: RequestContext,
  ) {
    const { externalId, idempotencyKey, contacts, ...changes } = input;
    const upsert = { externalId, contacts, changes: changes as Partial<CustomerTerms>, idempotencyKey };
    return toUnion("UpsertCustomerSuccess", await upsertCustomer(context, upsert));
  }

  @Mutation(() => MapCustomerAliasResult, {
    description:
      "Gives an alias to a customer, with the usage recorded under it. An alias that belongs to another customer in those days is refused.",
  })
  async mapCustomerAlias(
    @Arg("input", () => MapCustomerAliasInput) input: MapCustomerAliasInput,
    @Ctx() context: RequestContext,
  ) {
    const mapping = { ...input, startsOn: input.startsOn ?? null, endsBefore: input.endsBefore ?? null };
    return toUnion("MapCustomerAliasSuccess", await mapCustomerAlias(context, mapping));
  }

  @Mutation(() => EndCustomerAliasResult, {
    description: "Frees an alias from a day on, such as before it is mapped to another customer.",
  })
  async endCustomerAlias(
    @Arg("input", () => EndCustomerAliasInput) input: EndCustomerAliasInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion(
      "EndCustomerAliasSuccess",
      await endCustomerAlias(context, { ...input, endsBefore: input.endsBefore ?? null }),
    );
  }
}

@Resolver(() => CreateCustomerSuccess)
export class CreateCustomerSuccessResolver {
  @FieldResolver(() => CustomerType, { description: "As it was added." })
  customer(@Root() success: CreateCustomerSuccess, @Ctx() context: RequestContext) {
    return customerOf(context, success);
  }
}

@Resolver(() => UpdateCustomerSuccess)
export class UpdateCustomerSuccessResolver {
  @FieldResolver(() => CustomerType, { description: "As it is now." })
  customer(@Root() success: UpdateCustomerSuccess, @Ctx() context: RequestContext) {
    return customerOf(context, success);
  }
}

@Resolver(() => UpsertCustomerSuccess)
export class UpsertCustomerSuccessResolver {
  @FieldResolver(() => CustomerType, { description: "As it is now." })
  customer(@Root() success: UpsertCustomerSuccess, @Ctx() context: RequestContext) {
    return customerOf(context, success);
  }
}

@Resolver(() => MapCustomerAliasSuccess)
export class MapCustomerAliasSuccessResolver {
  @FieldResolver(() => CustomerType, { description: "With the alias." })
  customer(@Root() success: MapCustomerAliasSuccess, @Ctx() context: RequestContext) {
    return customerOf(context, success);
  }
}

@Resolver(() => EndCustomerAliasSuccess)
export class EndCustomerAliasSuccessResolver {
  @FieldResolver(() => CustomerType, { description: "With what is left of the alias." })
  customer(@Root() success: EndCustomerAliasSuccess, @Ctx() context: RequestContext) {
    return customerOf(context, success);
  }
}
