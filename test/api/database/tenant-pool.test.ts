import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPrismaClient } from "../../../server/platform/database/prisma";
import { runAs } from "../../../server/platform/database/tenant-pool";
import { createTestDatabase, type TestDatabase } from "../../testkit/database";

const ours = "018f0000-0000-7000-8000-000000000001";
const theirs = "018f0000-0000-7000-8000-000000000002";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.owner.query(`
    CREATE TABLE note (
      organization_id uuid NOT NULL,
      id int NOT NULL,
      body text NOT NULL DEFAULT '',
      PRIMARY KEY (organization_id, id)
    );
    ALTER TABLE note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY organization ON note
      USING (organization_id = nullif(current_setting('billgrid.organization_id', true), '')::uuid);
  `);
});
afterAll(() => database.drop());

const insert = (id: number, organization = ours) =>
  database.pool.query("INSERT INTO note (organization_id, id) VALUES ($1, $2)", [organization, id]);
const ids = async () => {
  const { rows } = await database.pool.query<{ id: number }>("SELECT id FROM note ORDER BY id");
  return rows.map((row) => row.id);
};
/** Each test has an organization of its own. */
let organizations = 100;
const newOrganization = () => `018f0000-0000-7000-8000-000000000${++organizations}`;

describe("isolation", () => {
  test("an organization sees its own rows", async () => {
    await runAs(ours, () => insert(1));
    await runAs(theirs, () => insert(2, theirs));

    expect(await runAs(ours, ids)).toEqual([1]);
    expect(await runAs(theirs, ids)).toEqual([2]);
  });

  test("nobody sees nothing", async () => {
    await runAs(ours, () => insert(3));

    expect(await ids()).toEqual([]);
  });

  test("a row of another organization cannot be written", async () => {
    await expect(runAs(ours, () => insert(4, theirs))).rejects.toMatchObject({ code: "42501" });
  });

  test("many at once on few connections never see each other's rows", async () => {
    const everybody = Array.from({ length: 20 }, newOrganization);
    await Promise.all(everybody.map((organization, id) => runAs(organization, () => insert(id, organization))));

    const seen = await Promise.all([...everybody, ...everybody].map((organization) => runAs(organization, ids)));

    expect(seen).toEqual([...everybody.keys(), ...everybody.keys()].map((id) => [id]));
  });

  test("the application cannot switch row-level security off", async () => {
    const { rows } = await database.pool.query<{ role: string }>("SELECT current_user AS role");
    expect(rows).toEqual([{ role: "billgrid_app" }]);

    for (const attempt of [
      "ALTER TABLE note DISABLE ROW LEVEL SECURITY",
      "ALTER ROLE billgrid_app BYPASSRLS",
      "SET ROLE billgrid",
      "SET SESSION AUTHORIZATION billgrid",
      "GRANT billgrid_jobs TO billgrid_app",
    ]) {
      await expect(database.pool.query(attempt), attempt).rejects.toThrow();
    }
    const unfiltered = database.pool.inTransaction(async (client) => {
      await client.query("SET LOCAL row_security = off");
      return client.query("SELECT * FROM note");
    });
    await expect(unfiltered).rejects.toMatchObject({ code: "42501" });
  });

  test("the history of migrations, the queue and the partitions are closed to the application", async () => {
    for (const table of ["_prisma_migrations", "graphile_worker._private_jobs"]) {
      await expect(database.pool.query(`SELECT * FROM ${table}`), table).rejects.toMatchObject({ code: "42501" });
    }
    await database.owner.query("CREATE TABLE usage_partitions.usage_event_2026_10 (id int)");
    await expect(database.pool.query("SELECT * FROM usage_partitions.usage_event_2026_10")).rejects.toMatchObject({
      code: "42501",
    });
  });
});

describe("values", () => {
  test("numbers with decimals, big integers and days stay text", async () => {
    const { rows } = await database.pool.query(`
      SELECT 12345678901234567890.123456789012::numeric AS amount, 9007199254740993 AS counter, DATE '2026-10-31' AS day,
             ARRAY[0.1, 0.2] AS amounts, ARRAY[DATE '2026-10-31'] AS days, TIMESTAMPTZ '2026-10-31 12:00+02' AS instant
    `);
    expect(rows).toEqual([
      {
        amount: "12345678901234567890.123456789012",
        counter: "9007199254740993",
        day: "2026-10-31",
        amounts: ["0.1", "0.2"],
        days: ["2026-10-31"],
        instant: new Date("2026-10-31T10:00:00Z"),
      },
    ]);
  });
});

describe("transactions", () => {
  test("what the work asks of the pool is saved together", async () => {
    const organization = newOrganization();
    await runAs(organization, () =>
      database.pool.inTransaction(async () => {
        await insert(1, organization);
        await insert(2, organization);
      }),
    );
    expect(await runAs(organization, ids)).toEqual([1, 2]);
  });

  test("or not at all", async () => {
    const organization = newOrganization();
    const failing = runAs(organization, () =>
      database.pool.inTransaction(async () => {
        await insert(1, organization);
        expect(await ids()).toEqual([1]);
        throw new Error("changed my mind");
      }),
    );
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await runAs(organization, ids)).toEqual([]);
  });

  test("an inner transaction that fails takes back its own part", async () => {
    const organization = newOrganization();
    await runAs(organization, () =>
      database.pool.inTransaction(async () => {
        await insert(1, organization);
        await database.pool
          .inTransaction(async () => {
            await insert(2, organization);
            await insert(2, organization);
          })
          .catch(() => {});
        await database.pool.inTransaction(async () => insert(3, organization));
      }),
    );
    expect(await runAs(organization, ids)).toEqual([1, 3]);
  });

  test("an inner transaction is not saved without its outer one", async () => {
    const organization = newOrganization();
    const failing = runAs(organization, () =>
      database.pool.inTransaction(async () => {
        await database.pool.inTransaction(async () => insert(1, organization));
        throw new Error("changed my mind");
      }),
    );
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await runAs(organization, ids)).toEqual([]);
  });

  test("parts started at once happen one after the other", async () => {
    const organization = newOrganization();
    const part = (id: number) =>
      database.pool.inTransaction(async () => {
        await insert(id, organization);
        if (id % 2 === 0) throw new Error("even");
      });
    await runAs(organization, () => database.pool.inTransaction(() => Promise.allSettled([1, 2, 3, 4, 5].map(part))));

    expect(await runAs(organization, ids)).toEqual([1, 3, 5]);
  });

  test("a swallowed error does not pass for success", async () => {
    const organization = newOrganization();
    const failing = runAs(organization, () =>
      database.pool.inTransaction(async () => {
        await insert(1, organization);
        await insert(1, organization).catch(() => {});
      }),
    );
    await expect(failing).rejects.toThrow("A statement of this transaction failed, so nothing was saved.");
  });

  test("work for another organization is refused inside", async () => {
    const mixed = runAs(ours, () =>
      database.pool.inTransaction(() => runAs(theirs, () => database.pool.inTransaction(async () => {}))),
    );
    await expect(mixed).rejects.toThrow("A transaction belongs to one organization");

    const unscoped = runAs(ours, () => database.pool.inTransaction(() => runAs(theirs, ids)));
    await expect(unscoped).rejects.toThrow("A transaction belongs to one organization");
  });

  test("a statement that was not awaited inside is refused afterwards", async () => {
    let late: Promise<unknown> | undefined;
    let end = () => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    await database.pool.inTransaction(async () => {
      late = ended.then(() => database.pool.query("SELECT 1"));
    });
    end();
    await expect(late).rejects.toThrow("after its transaction had ended");
  });

  test("two that deadlock both succeed, one of them the second time", async () => {
    const organization = newOrganization();
    const touch = (id: number) => database.pool.query("UPDATE note SET body = body || '.' WHERE id = $1", [id]);
    let attempts = 0;
    let held = 0;
    let bothHoldOne = () => {};
    const together = new Promise<void>((resolve) => (bothHoldOne = resolve));
    const crossing = (first: number, second: number) =>
      database.pool.inTransaction(async () => {
        attempts += 1;
        await touch(first);
        held += 1;
        if (held === 2) bothHoldOne();
        await together;
        await touch(second);
      });
    await runAs(organization, async () => {
      await insert(1, organization);
      await insert(2, organization);
      await Promise.all([crossing(1, 2), crossing(2, 1)]);
      const { rows } = await database.pool.query("SELECT body FROM note");
      expect(rows).toEqual([{ body: ".." }, { body: ".." }]);
    });
    expect(attempts).toBe(3);
  });

  test("an error of the work itself is not tried again", async () => {
    let attempts = 0;
    const failing = database.pool.inTransaction(async () => {
      attempts += 1;
      await database.pool.query("SELECT 1 / 0");
    });
    await expect(failing).rejects.toMatchObject({ code: "22012" });
    expect(attempts).toBe(1);
  });
});

describe("Prisma", () => {
  test("sees what the transaction wrote, through the same connection", async () => {
    const prisma = createPrismaClient(database.pool);
    const organization = newOrganization();
    const count = async () => {
      const rows = await prisma.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM note`;
      return Number(rows[0]?.count);
    };
    const counted = await runAs(organization, () =>
      database.pool.inTransaction(async () => {
        await insert(1, organization);
        return count();
      }),
    );
    expect(counted).toBe(1);
    expect(await count()).toBe(0);
  });
});
