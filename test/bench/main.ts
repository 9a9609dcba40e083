import "reflect-metadata";
import { parseArgs } from "node:util";
import { bold, faint, green, red, say, table } from "../../server/terminal/screen";
import { benches } from "./benches";
import type { Measurement } from "./measurement";

/** `npm run bench -- [name…] [--json]`: each figure beside its limit, both from this run. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false } },
});
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = names.filter((name) => !benches[name]);
if (unknown.length > 0) {
  say(`There is no bench ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}

const measurements: Measurement[] = [];
for (const name of names) {
  say(faint(`measuring ${name} …`));
  measurements.push(...((await benches[name]?.({ isSmoke: false })) ?? []));
}

if (values.json) {
  process.stdout.write(`${JSON.stringify(measurements)}\n`);
} else {
  const figure = (value: number) => (value >= 100 ? Math.round(value).toLocaleString("en-GB") : value.toPrecision(3));
  const left = (title: string, width: number) => ({ title, align: "left", width }) as const;
  const right = (title: string) => ({ title, align: "right", width: 16 }) as const;
  const columns = [
    left("Bench", 34),
    right("Value"),
    right("Limit"),
    right("Ratio"),
    right("Goal"),
    left("", 2),
    left("Against", 60),
  ];
  const rows = measurements.map(({ name, value, unit, limitName, limit, ratio, goal, holds }) => [
    name,
    `${figure(value)} ${unit}`,
    `${figure(limit)} ${unit}`,
    ratio.toFixed(2),
    String(goal),
    holds ? green("✓") : red("✗"),
    limitName,
  ]);
  for (const line of table(columns, rows)) process.stdout.write(`${line}\n`);
  say(measurements.every(({ holds }) => holds) ? bold("Every goal holds.") : red("A goal does not hold."));
}
