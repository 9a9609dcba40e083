import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testkit/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const waiting = async (task: string) => {
  const { rows } = await database.owner.query<{ payload: unknown }>(
    `SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = $1 ORDER BY j.id`,
    [task],
  );
  return rows.map((row) => row.payload);
};

test("a job that is put in the application's transaction comes and goes with it", async () => {
  const enqueue = () => database.pool.query("SELECT jobs_api.enqueue('send', $1)", [JSON.stringify({ invoice: 1 })]);

  const failing = database.pool.inTransaction(async () => {
    await enqueue();
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await waiting("send")).toEqual([]);

  await database.pool.inTransaction(enqueue);
  expect(await waiting("send")).toEqual([{ invoice: 1 }]);
});

test("many jobs take one statement", async () => {
  const payloads = Array.from({ length: 5_000 }, (_, number) => ({ number }));

  const { rows } = await database.pool.query("SELECT jobs_api.enqueue_many('recalculate', $1) AS count", [
    JSON.stringify(payloads),
  ]);

  expect(rows).toEqual([{ count: "5000" }]);
  expect(await waiting("recalculate")).toEqual(payloads);
});

test("a job under a key replaces the one that waits under it", async () => {
  const enqueue = (payload: object) =>
    database.pool.query("SELECT jobs_api.enqueue('refresh', $1, 'view-1')", [JSON.stringify(payload)]);

  await enqueue({ version: 1 });
  await enqueue({ version: 2 });

  expect(await waiting("refresh")).toEqual([{ version: 2 }]);
});
