import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "../../../prisma/generated/client/client";
import type { TenantPool } from "./tenant-pool";
import { currentDatabase } from "./transaction";

const clients = new WeakMap<TenantPool, PrismaClient>();

/**
 * Prisma on the database of this process, over the pool that raw SQL uses too: the same connections, the same
 * organization, and inside `inTransaction` the same transaction.
 */
export function prisma(): PrismaClient {
  const pool = currentDatabase();
  const known = clients.get(pool);
  if (known) return known;
  const client = createPrismaClient(pool);
  clients.set(pool, client);
  return client;
}

/** Prisma on a pool of one's own. */
export function createPrismaClient(pool: TenantPool): PrismaClient {
  // The pool has every method in the form that the adapter calls.
  return new PrismaClient({ adapter: new PrismaPg(pool as unknown as pg.Pool) });
}
