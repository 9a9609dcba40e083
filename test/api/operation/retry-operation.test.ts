import { afterAll, beforeAll, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { allInvoices, makeCompany, OPERATION, operate } from "../../testkit/company";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** Issued invoices; the first of the customers has nobody to whom they could be mailed. */
async function issued() {
  const org = await api.organization();
  const { finance, customers } = await makeCompany(org, { customers: 2 });
  await operate(api, finance, "draftInvoices", {});
  const ids = (await allInvoices(finance)).map(({ id }) => id);
  await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds: ids } });
  const contacts = async (list: object[]) => {
    const { customer } = await finance.data("query ($id: ID!) { customer(id: $id) { version } }", { id: customers[0] });
    await finance.done("updateCustomer", "customer { id }", {
      id: customers[0],
      version: customer.version,
      contacts: list,
    });
  };
  await contacts([]);
  return { org, finance, ids, contacts, selection: { invoiceIds: ids } };
}

const mend = [{ name: "Accounts", email: "accounts@example.com", isPrimary: true }];

it("tries again what failed, and nothing else", async () => {
  const { finance, selection, contacts } = await issued();
  const first = await operate(api, finance, "sendInvoices", { selection });
  expect(first).toMatchObject({ total: 4, succeeded: 2, failed: 2 });
  await contacts(mend);

  const again = await operate(api, finance, "retryOperation", { operationId: first.id });
  expect(again).toMatchObject({ kind: "SEND", status: "COMPLETED", total: 2, succeeded: 2, failed: 0 });
  const failedBefore = first.items.nodes.filter(({ status }: Answer) => status === "FAILED");
  expect(again.items.nodes.map(({ subjectId }: Answer) => subjectId)).toEqual(
    failedBefore.map(({ subjectId }: Answer) => subjectId),
  );
  const links = "query ($id: ID!) { operation(id: $id) { retries { id } retriedBy { id } } }";
  expect((await finance.data(links, { id: first.id })).operation).toEqual({
    retries: null,
    retriedBy: { id: again.id },
  });
  expect((await finance.data(links, { id: again.id })).operation).toEqual({
    retries: { id: first.id },
    retriedBy: null,
  });
});

it("is refused while the operation runs, where nothing failed, and where it was retried already", async () => {
  const { finance, selection } = await issued();
  const retry = (operationId: string) => finance.command("retryOperation", "operation { id }", { operationId });
  const { operation } = await finance.done("sendInvoices", "operation { id }", { selection });
  expect(await retry(operation.id)).toMatchObject({ __typename: "Conflict", code: "OPERATION_RUNNING" });
  await api.work();
  const again = await operate(api, finance, "retryOperation", { operationId: operation.id });
  expect(again).toMatchObject({ total: 2, failed: 2 });
  expect(await retry(operation.id)).toMatchObject({ __typename: "Conflict", code: "OPERATION_RETRIED" });

  const { id } = await operate(api, finance, "finalizeInvoices", { selection });
  expect(await retry(id)).toMatchObject({ __typename: "Conflict", code: "NOTHING_TO_RETRY" });
  expect(await retry("no-id")).toMatchObject({ __typename: "NotFound", path: ["operationId"] });
});

it("of two that ask at once one retries", async () => {
  const { finance, selection } = await issued();
  const { id } = await operate(api, finance, "sendInvoices", { selection });
  const answers = await Promise.all(
    [1, 2, 3].map(() => finance.command("retryOperation", "operation { id }", { operationId: id })),
  );
  expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["Conflict", "Conflict", "RetryOperationSuccess"]);
});

it("goes on with what was left when an operation was cancelled", async () => {
  const { finance, ids, selection } = await issued();
  const { operation } = await finance.done("sendInvoices", "operation { id }", { selection });
  await finance.done("cancelOperation", "operation { id }", { operationId: operation.id });
  await api.work();
  const again = await operate(api, finance, "retryOperation", { operationId: operation.id });
  expect(again).toMatchObject({ total: ids.length, succeeded: 2, failed: 2 });
});

it("is finance's, and in no other organization", async () => {
  const { org, finance, selection } = await issued();
  const { id } = await operate(api, finance, "sendInvoices", { selection });
  const analyst = await org.as("analyst");
  const { errors } = await analyst.ask(
    `mutation { retryOperation(input: { operationId: "${id}", idempotencyKey: "again" }) { __typename } }`,
  );
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  const { admin } = await api.organization();
  expect(await admin.command("retryOperation", "operation { id }", { operationId: id })).toMatchObject({
    __typename: "NotFound",
  });
  expect((await finance.data(OPERATION, { id })).operation.failed).toBe(2);
});
