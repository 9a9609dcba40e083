import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { writeOnce } from "./write-once";

/** The name and password of a role that may log in. */
export interface Login {
  role: string;
  password: string;
}

export interface Logins {
  app: Login;
  jobs: Login;
}

/**
 * The logins of this data folder, made once and kept there for its owner's eyes only.
 *
 * Roles belong to a whole PostgreSQL cluster, on which several Billgrid databases, checkouts and servers may live.
 * So rights are granted to two roles without a password, billgrid_app and billgrid_jobs, that all of them share, and
 * each data folder has logins of its own that are members of these. No two ever set the same password.
 */
export function readLogins(dataDir: string): Logins {
  const file = path.join(dataDir, "database-logins.json");
  if (!fs.existsSync(file)) {
    fs.mkdirSync(dataDir, { recursive: true });
    const suffix = randomBytes(5).toString("hex");
    const login = (role: string): Login => ({
      role: `${role}_${suffix}`,
      password: randomBytes(24).toString("base64url"),
    });
    writeOnce(file, JSON.stringify({ app: login("billgrid_app"), jobs: login("billgrid_jobs") }, null, 2));
  }
  return JSON.parse(fs.readFileSync(file, "utf8")) as Logins;
}
