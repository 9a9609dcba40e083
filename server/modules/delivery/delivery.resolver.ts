import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { type Invoice, InvoiceType } from "../invoice";
import {
  addMailFile,
  changeDeliverySettings,
  createBounceAddress,
  removeMailFileForGood,
  resetTemplate,
  saveTemplate,
} from "./change-delivery";
import { createInvoiceLink, revokeInvoiceLink } from "./change-invoice-link";
import type { Delivery } from "./delivery";
import {
  AddMailFileInput,
  ChangeDeliverySettingsInput,
  ClearBouncedAddressInput,
  CreateBounceAddressInput,
  CreateInvoiceLinkInput,
  PreviewMailInput,
  RecordMailBounceInput,
  RemoveMailFileInput,
  ResendInvoiceInput,
  ResetMailTemplateInput,
  ResolveDeliveryInput,
  RevokeInvoiceLinkInput,
  SaveMailTemplateInput,
  SendTestInvoiceMailInput,
} from "./delivery.inputs";
import {
  AddMailFileResult,
  BouncedAddressType,
  ChangeDeliverySettingsResult,
  ChangeDeliverySettingsSuccess,
  ClearBouncedAddressResult,
  CreateBounceAddressResult,
  CreateInvoiceLinkResult,
  DeliveryAttemptType,
  DeliveryRecipientType,
  DeliverySettingsType,
  DeliveryType,
  InvoiceLinkType,
  InvoiceViewType,
  MailFileType,
  MailTemplateType,
  PreviewMailResult,
  RecordMailBounceResult,
  RemoveMailFileResult,
  ResendInvoiceResult,
  ResendInvoiceSuccess,
  ResetMailTemplateResult,
  ResetMailTemplateSuccess,
  ResolveDeliveryResult,
  ResolveDeliverySuccess,
  RevokeInvoiceLinkResult,
  SaveMailTemplateResult,
  SaveMailTemplateSuccess,
  SendTestInvoiceMailResult,
  SendTestInvoiceMailSuccess,
} from "./delivery.types";
import {
  attemptsOf,
  deliveriesOf,
  linksOf,
  loadDelivery,
  previewMail,
  readBouncedAddresses,
  readDeliverySettings,
  readMailFiles,
  readMailTemplates,
  readUnsettledDeliveries,
  recipientsOf,
  viewsOf,
} from "./read-deliveries";
import { clearBouncedAddress, recordMailBounce } from "./record-bounce";
import { resendInvoice, sendTestInvoiceMail } from "./resend-invoice";
import { resolveDelivery } from "./resolve-delivery";

@Resolver(() => InvoiceType)
export class DeliveriesOfInvoiceResolver {
  @FieldResolver(() => [DeliveryType], {
    description: "The mails with which it was sent, tests included and reminders aside; the first first.",
  })
  deliveries(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return deliveriesOf(context, id);
  }

  @FieldResolver(() => [InvoiceLinkType], { description: "Links to its page, the first first." })
  links(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return linksOf(context, id);
  }

  @FieldResolver(() => [InvoiceViewType], { description: "The last hundred looks at its page, the latest first." })
  views(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return viewsOf(context, id);
  }
}

@Resolver(() => DeliveryType)
export class DeliveryResolver {
  @FieldResolver(() => [DeliveryRecipientType], { description: "Whom it addresses first." })
  recipients(@Root() { id }: Delivery, @Ctx() context: RequestContext) {
    return recipientsOf(context, id);
  }

  @FieldResolver(() => [DeliveryAttemptType], { description: "The first first." })
  attempts(@Root() { id }: Delivery, @Ctx() context: RequestContext) {
    return attemptsOf(context, id);
  }

  @Query(() => [DeliveryType], {
    description:
      "Mails of which it is not settled what becomes of them: uncertain, deferred, queued or being sent. The oldest first, up to 1,000.",
  })
  unsettledDeliveries(@Ctx() context: RequestContext) {
    return readUnsettledDeliveries(context);
  }

  @Mutation(() => ResendInvoiceResult, { description: "Sends once more what was sent, to whom it goes now." })
  async resendInvoice(
    @Arg("input", () => ResendInvoiceInput) input: ResendInvoiceInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ResendInvoiceSuccess", await resendInvoice(context.services.publicUrl)(context, { ...input }));
  }

  @Mutation(() => SendTestInvoiceMailResult, {
    description:
      "Sends what the customer would get to your own address. It says that it is a test, and does not count as sent.",
  })
  async sendTestInvoiceMail(
    @Arg("input", () => SendTestInvoiceMailInput) input: SendTestInvoiceMailInput,
    @Ctx() context: RequestContext,
  ) {
    const send = sendTestInvoiceMail(context.services.publicUrl);
    return toUnion("SendTestInvoiceMailSuccess", await send(context, { ...input }));
  }

  @Mutation(() => ResolveDeliveryResult, {
    description: "Says what became of a mail that is UNCERTAIN: it counts as sent, or may be sent again.",
  })
  async resolveDelivery(
    @Arg("input", () => ResolveDeliveryInput) input: ResolveDeliveryInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ResolveDeliverySuccess", await resolveDelivery(context, { ...input }));
  }
}

@Resolver()
export class MailBounceResolver {
  @Query(() => [BouncedAddressType], {
    description: "Addresses that mails come back from, the latest first, up to 1,000.",
  })
  bouncedAddresses(@Ctx() context: RequestContext) {
    return readBouncedAddresses(context);
  }

  @Mutation(() => RecordMailBounceResult, {
    description: "Records a mail that came back, for integrations with mail services.",
  })
  async recordMailBounce(
    @Arg("input", () => RecordMailBounceInput) input: RecordMailBounceInput,
    @Ctx() context: RequestContext,
  ) {
    const { statusCode = null, deliveryId = null } = input;
    return toUnion("RecordMailBounceSuccess", await recordMailBounce(context, { ...input, statusCode, deliveryId }));
  }

  @Mutation(() => ClearBouncedAddressResult, { description: "Lets mails go to an address again." })
  async clearBouncedAddress(
    @Arg("input", () => ClearBouncedAddressInput) input: ClearBouncedAddressInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ClearBouncedAddressSuccess", await clearBouncedAddress(context, { ...input }));
  }
}

@Resolver()
export class DeliverySettingsResolver {
  @Query(() => DeliverySettingsType, { description: "How mails to customers leave." })
  deliverySettings(@Ctx() context: RequestContext) {
    return readDeliverySettings(context);
  }

  @Query(() => [MailFileType], { description: "What goes with every invoice." })
  mailFiles(@Ctx() context: RequestContext) {
    return readMailFiles(context);
  }

  @Query(() => [MailTemplateType], {
    description: "Texts of your own, and the built-in ones in English and German where you have none.",
  })
  mailTemplates(@Ctx() context: RequestContext) {
    return readMailTemplates(context);
  }

  @Query(() => PreviewMailResult, { description: "The mail that a text makes; nothing is saved or sent." })
  async previewMail(@Arg("input", () => PreviewMailInput) input: PreviewMailInput, @Ctx() context: RequestContext) {
    const { invoiceId = null } = input;
    return toUnion("PreviewMailSuccess", await previewMail(context, { ...input, invoiceId }));
  }

  @Mutation(() => ChangeDeliverySettingsResult, { description: "Changes how mails leave." })
  async changeDeliverySettings(
    @Arg("input", () => ChangeDeliverySettingsInput) input: ChangeDeliverySettingsInput,
    @Ctx() context: RequestContext,
  ) {
    const { version, idempotencyKey, ...changes } = input;
    const result = await changeDeliverySettings(context, { version, idempotencyKey, changes });
    return toUnion("ChangeDeliverySettingsSuccess", result);
  }

  @Mutation(() => CreateBounceAddressResult, {
    description: "Makes the address to which mail servers post what came back.",
  })
  async createBounceAddress(
    @Arg("input", () => CreateBounceAddressInput) input: CreateBounceAddressInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("CreateBounceAddressSuccess", await createBounceAddress(context, { ...input }));
  }

  @Mutation(() => AddMailFileResult, { description: "Adds a file that goes with every invoice." })
  async addMailFile(@Arg("input", () => AddMailFileInput) input: AddMailFileInput, @Ctx() context: RequestContext) {
    return toUnion("AddMailFileSuccess", await addMailFile(context, { ...input }));
  }

  @Mutation(() => RemoveMailFileResult, { description: "Takes such a file back." })
  async removeMailFile(
    @Arg("input", () => RemoveMailFileInput) input: RemoveMailFileInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("RemoveMailFileSuccess", await removeMailFileForGood(context, { ...input }));
  }

  @Mutation(() => SaveMailTemplateResult, { description: "Saves a text of your own, checked." })
  async saveMailTemplate(
    @Arg("input", () => SaveMailTemplateInput) input: SaveMailTemplateInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("SaveMailTemplateSuccess", await saveTemplate(context, { ...input }));
  }

  @Mutation(() => ResetMailTemplateResult, { description: "Lets the built-in text hold again." })
  async resetMailTemplate(
    @Arg("input", () => ResetMailTemplateInput) input: ResetMailTemplateInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ResetMailTemplateSuccess", await resetTemplate(context, { ...input }));
  }
}

@Resolver()
export class InvoiceLinkResolver {
  @Mutation(() => CreateInvoiceLinkResult, { description: "Makes a link to the page of an issued invoice." })
  async createInvoiceLink(
    @Arg("input", () => CreateInvoiceLinkInput) input: CreateInvoiceLinkInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("CreateInvoiceLinkSuccess", await createInvoiceLink(context, { ...input }));
  }

  @Mutation(() => RevokeInvoiceLinkResult, { description: "Takes a link back at once." })
  async revokeInvoiceLink(
    @Arg("input", () => RevokeInvoiceLinkInput) input: RevokeInvoiceLinkInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("RevokeInvoiceLinkSuccess", await revokeInvoiceLink(context, { ...input }));
  }
}

// ── What commands answer ─────────────────────────────────────────────────────────────────────────────────────────────

type OfDelivery = { readonly deliveryId: string };

@Resolver(() => ResendInvoiceSuccess)
export class ResendInvoiceSuccessResolver {
  @FieldResolver(() => DeliveryType)
  delivery(@Root() { deliveryId }: OfDelivery, @Ctx() context: RequestContext) {
    return loadDelivery(context, deliveryId);
  }
}

@Resolver(() => SendTestInvoiceMailSuccess)
export class SendTestInvoiceMailSuccessResolver {
  @FieldResolver(() => DeliveryType)
  delivery(@Root() { deliveryId }: OfDelivery, @Ctx() context: RequestContext) {
    return loadDelivery(context, deliveryId);
  }
}

@Resolver(() => ResolveDeliverySuccess)
export class ResolveDeliverySuccessResolver {
  @FieldResolver(() => DeliveryType)
  delivery(@Root() { deliveryId }: OfDelivery, @Ctx() context: RequestContext) {
    return loadDelivery(context, deliveryId);
  }
}

@Resolver(() => ChangeDeliverySettingsSuccess)
export class ChangeDeliverySettingsSuccessResolver {
  @FieldResolver(() => DeliverySettingsType)
  settings(@Ctx() context: RequestContext) {
    return readDeliverySettings(context);
  }
}

@Resolver(() => SaveMailTemplateSuccess)
export class SaveMailTemplateSuccessResolver {
  @FieldResolver(() => [MailTemplateType], { description: "All of them." })
  mailTemplates(@Ctx() context: RequestContext) {
    return readMailTemplates(context);
  }
}

@Resolver(() => ResetMailTemplateSuccess)
export class ResetMailTemplateSuccessResolver {
  @FieldResolver(() => [MailTemplateType], { description: "All of them." })
  mailTemplates(@Ctx() context: RequestContext) {
    return readMailTemplates(context);
  }
}
