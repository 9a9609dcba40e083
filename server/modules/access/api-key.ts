import type { Role } from "../../platform/access";

/** How a machine signs in. The key itself is shown once and kept nowhere. */
export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** the last characters of the key */
  readonly hint: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};
