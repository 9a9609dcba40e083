/** The same server and login, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** The same database, another login. */
export function withLogin(url: string, login: { role: string; password: string }): string {
  const changed = new URL(url);
  changed.username = login.role;
  changed.password = login.password;
  return changed.href;
}
