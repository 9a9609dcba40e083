import type { RequestContext } from "../../platform/request-context";
import { type CustomerToRemind, planReminders, type ReminderPlan } from "./plan-reminders";
import type { ReminderItem, ReminderSettings, ReminderStop } from "./reminder";
import {
  loadReminderSettings,
  remindersByInvoice,
  stopsByCustomer,
  stopsById,
  stopsByInvoice,
  stopsInForce,
} from "./reminder.store";

export async function readReminderSettings(context: RequestContext): Promise<ReminderSettings> {
  context.require("read");
  return loadReminderSettings();
}

export async function readReminderStops(context: RequestContext): Promise<readonly ReminderStop[]> {
  context.require("read");
  return stopsInForce();
}

export const loadStop = (context: RequestContext, id: string): Promise<ReminderStop> => context.mustLoad(stopsById, id);

export const stopOfCustomer = (context: RequestContext, id: string): Promise<ReminderStop | null> =>
  context.load(stopsByCustomer, id);

export const stopOfInvoice = (context: RequestContext, id: string): Promise<ReminderStop | null> =>
  context.load(stopsByInvoice, id);

export async function remindersOf(context: RequestContext, invoiceId: string): Promise<readonly ReminderItem[]> {
  return (await context.load(remindersByInvoice, invoiceId)) ?? [];
}

export type ReminderPreview = {
  readonly reminders: readonly CustomerToRemind[];
  readonly notReminded: ReminderPlan["excluded"];
};

/** Who would be reminded today of what, and who not and why. */
export async function previewReminders(
  context: RequestContext,
  customerIds: readonly string[] | null,
): Promise<ReminderPreview> {
  const { now, today } = context.require("read");
  const { customers, excluded } = await planReminders({ now, today }, { customerIds });
  return { reminders: customers, notReminded: excluded };
}
