import type { XeroEvent } from "../../integrations/xero/read-webhook";
import type { Clock } from "../../platform/clock";
import { inTransaction, runAs } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { enqueueLedger, insertXeroEvent, organizationOfTenant } from "./xero-connection.store";

/**
 * Keeps news of Xero, and leaves it to a worker to look: what an event says may be old by now. What is about books that
 * nobody here has, or was told before, is dropped.
 */
export async function receiveXeroEvents(clock: Clock, events: readonly XeroEvent[]): Promise<void> {
  const tenants = new Set(events.map(({ tenantId }) => tenantId));
  for (const tenantId of tenants) {
    const organizationId = await organizationOfTenant(tenantId);
    if (organizationId === null) continue;
    await runAs(organizationId, () =>
      inTransaction(async () => {
        let isNew = false;
        for (const event of events.filter((each) => each.tenantId === tenantId)) {
          isNew = (await insertXeroEvent({ ...event, id: newId() }, clock.now())) || isNew;
        }
        if (isNew) await enqueueLedger("pull_ledger");
      }),
    );
  }
}
