import { insertAuditEvents } from "../../platform/audit.store";
import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { requestOperation } from "../operation";
import { loadOrganization } from "../organization";
import { planReminders } from "./plan-reminders";
import { loadReminderSettings, remindNextMorning } from "./reminder.store";

/** Asks for reminders of all that is due for one, where they are scheduled, and looks again the next morning. */
export async function remindCustomers(clock: Clock): Promise<void> {
  const { isScheduled, localHour } = await loadReminderSettings();
  if (!isScheduled) return;
  const organization = await loadOrganization();
  const { now, today } = organizationTime(clock, organization);
  const { customers } = await planReminders({ now, today });
  const ids = customers.flatMap(({ invoices }) => invoices.map(({ invoice }) => invoice.id));
  await inTransaction(async () => {
    await remindNextMorning(localHour);
    if (ids.length === 0) return;
    const actor = { kind: "system", id: null, name: "Billgrid", email: null, role: "admin" } as const;
    const caller = { organizationId: organization.id, actor, sessionId: null, expiresAt: null, now, today };
    const note = (change: Parameters<typeof insertAuditEvents>[2][number]) => void changes.push(change);
    const changes: Parameters<typeof insertAuditEvents>[2][number][] = [];
    await requestOperation("remind", ids, { caller, now, today, note });
    await insertAuditEvents(actor, newId(), changes);
  });
}
