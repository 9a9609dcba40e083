import { query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import type { Member } from "./member";

const MEMBER = `
  SELECT member.id, member.name, member.email, member.role, member.deactivated_at IS NULL AS "isActive" FROM member`;

/** A batch: members by id, also those who left. */
export async function membersById(ids: readonly string[]): Promise<ReadonlyMap<string, Member>> {
  const { rows } = await query<Member>({
    name: "members-by-id",
    text: `${MEMBER} WHERE member.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Those who may sign in, by name. */
export async function activeMembers(): Promise<Member[]> {
  const { rows } = await query<Member>({
    name: "active-members",
    text: `${MEMBER} WHERE member.deactivated_at IS NULL ORDER BY lower(member.name), member.id`,
  });
  return rows;
}
