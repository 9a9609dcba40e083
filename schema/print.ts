import { writeFileSync } from "node:fs";
import { lexicographicSortSchema, printSchema } from "graphql";
import { buildBillgridSchema } from "../server/schema";

/** Writes the schema as integrators read it; sorted, so that a change shows as what it is. */
const text = `${printSchema(lexicographicSortSchema(await buildBillgridSchema()))}\n`;
writeFileSync(new URL("schema.graphql", import.meta.url), text);
