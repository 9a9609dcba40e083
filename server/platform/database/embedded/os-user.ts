import { spawnSync } from "node:child_process";

/** The account that PostgreSQL runs under, where it is another one than ours. */
export interface OsUser {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. Started by root it runs as "postgres" where there is such an account, else as
 * "nobody"; everybody else runs it as themselves, and the answer is undefined.
 */
export function unprivilegedUser(): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const uid = spawnSync("id", ["-u", name], { encoding: "utf8" });
    const gid = spawnSync("id", ["-g", name], { encoding: "utf8" });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error(
    "PostgreSQL does not run as root, and this machine has neither an account named postgres nor one named nobody. " +
      "Start Billgrid as another user, or set DATABASE_URL.",
  );
}

/** Whether that account can walk to the folder: asked of the kernel, as mode bits leave out groups, ACLs and mounts. */
export function canEnter(user: OsUser, folder: string): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/" }).status === 0;
}
