import pg from "pg";

const oid = {
  int8: 20,
  date: 1082,
  numeric: 1700,
  int8Array: 1016,
  textArray: 1009,
  dateArray: 1182,
  numericArray: 1231,
};

const asTextArray = pg.types.getTypeParser(oid.textArray);
const asText = (value: string) => value;

const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  [oid.int8]: asText,
  [oid.date]: asText,
  [oid.numeric]: asText,
  [oid.int8Array]: asTextArray,
  [oid.dateArray]: asTextArray,
  [oid.numericArray]: asTextArray,
};

/** What a float or a Date at midnight would spoil stays text: numeric, int8, and a day as "2026-10-31". */
export const exactTypes = {
  getTypeParser(type: number, format: "text" | "binary" = "text") {
    return (format === "text" && parsers[type]) || pg.types.getTypeParser(type, format as "text");
  },
};
