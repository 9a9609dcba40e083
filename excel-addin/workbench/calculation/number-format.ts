import { datePartsOf } from "./date-serial";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export interface FormattedText {
  readonly text: string;
  /** Colour that the format itself asks for, such as `[Red]`. */
  readonly color: string | null;
}

interface Section {
  readonly tokens: readonly Token[];
  readonly color: string | null;
  readonly condition: ((value: number) => boolean) | null;
  readonly isDate: boolean;
}

type Token =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "digits"; readonly pattern: string }
  | { readonly kind: "date"; readonly pattern: string }
  | { readonly kind: "percent" | "text" | "general" };

const COLORS: Readonly<Record<string, string>> = {
  black: "#000000",
  blue: "#0000ff",
  cyan: "#00ffff",
  green: "#00b050",
  magenta: "#ff00ff",
  red: "#ff0000",
  white: "#ffffff",
  yellow: "#ffff00",
};

const parsedFormats = new Map<string, readonly Section[]>();

/** What the cell shows: the value under an Excel number format. */
export function formatValue(value: string | number | boolean | null, format: string): FormattedText {
  if (value === null) return { text: "", color: null };
  if (typeof value === "boolean") return { text: value ? "TRUE" : "FALSE", color: null };
  const sections = sectionsOf(format);
  if (typeof value === "string") {
    const section =
      sections.length > 3 ? sections[3] : sections.find((one) => one.tokens.some((token) => token.kind === "text"));
    return section ? { text: renderText(section, value), color: section.color } : { text: value, color: null };
  }
  const chosen = chooseSection(sections, value);
  if (!chosen) return { text: formatGeneral(value), color: null };
  const magnitude = chosen.dropsSign ? Math.abs(value) : value;
  return { text: renderNumber(chosen.section, magnitude), color: chosen.section.color };
}

export function isDateFormat(format: string): boolean {
  return sectionsOf(format)[0]?.isDate ?? false;
}

/** Up to 11 characters, as a cell without a format shows a number. */
export function formatGeneral(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e11) return String(value);
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude >= 1e11 || magnitude < 1e-9)) {
    return value
      .toExponential(5)
      .replace(/\.?0+e/, "e")
      .replace(/e([+-])(\d)$/, "e$10$2")
      .toUpperCase();
  }
  const integerDigits = Math.max(1, Math.floor(Math.log10(magnitude)) + 1);
  const decimals = Math.max(0, Math.min(9, 10 - integerDigits));
  return String(Number(value.toFixed(decimals)));
}

function chooseSection(sections: readonly Section[], value: number): { section: Section; dropsSign: boolean } | null {
  const conditional = sections.find((section) => section.condition?.(value));
  if (conditional) return { section: conditional, dropsSign: false };
  const [positive, negative, zero] = sections.filter((section) => !section.condition);
  if (!positive) return null;
  if (value < 0 && negative) return { section: negative, dropsSign: true };
  if (value === 0 && zero) return { section: zero, dropsSign: false };
  return { section: positive, dropsSign: false };
}

function sectionsOf(format: string): readonly Section[] {
  const known = parsedFormats.get(format);
  if (known) return known;
  const sections = splitSections(format).map(parseSection);
  parsedFormats.set(format, sections);
  return sections;
}

function splitSections(format: string): string[] {
  const sections = [""];
  let isQuoted = false;
  for (let at = 0; at < format.length; at++) {
    const character = format.charAt(at);
    if (character === '"') isQuoted = !isQuoted;
    if (character === "\\" && !isQuoted) {
      sections[sections.length - 1] += character + format.charAt(++at);
    } else if (character === ";" && !isQuoted) {
      sections.push("");
    } else {
      sections[sections.length - 1] += character;
    }
  }
  return sections;
}

function parseSection(text: string): Section {
  const tokens: Token[] = [];
  let color: string | null = null;
  let condition: Section["condition"] = null;
  let rest = text;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length);
    return match;
  };
  while (rest.length > 0) {
    let match: RegExpExecArray | null;
    if ((match = take(/^\[(?:\$([^\]-]*)(?:-[0-9A-Fa-f]+)?)\]/))) {
      tokens.push({ kind: "literal", text: match[1] ?? "" });
    } else if ((match = take(/^\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]/))) {
      condition = comparison(match[1] ?? "=", Number(match[2]));
    } else if ((match = take(/^\[(h+|m+|s+)\]/i))) {
      tokens.push({ kind: "date", pattern: `[${(match[1] ?? "").toLowerCase()}]` });
    } else if ((match = take(/^\[([^\]]*)\]/))) {
      color = COLORS[(match[1] ?? "").toLowerCase()] ?? color;
    } else if ((match = take(/^"([^"]*)"/)) || (match = take(/^\\(.)/s))) {
      tokens.push({ kind: "literal", text: match[1] ?? "" });
    } else if ((match = take(/^_(.)/s))) {
      tokens.push({ kind: "literal", text: " " });
    } else if (take(/^\*./s)) {
      // Filling up the width of the cell has no meaning in plain text.
    } else if (take(/^general/i)) {
      tokens.push({ kind: "general" });
    } else if ((match = take(/^(am\/pm|a\/p|y+|m+|d+|h+|s+(?:\.0+)?)/i))) {
      tokens.push({ kind: "date", pattern: (match[1] ?? "").toLowerCase() });
    } else if ((match = take(/^[0#?][0#?,.]*(?:e[+-]0+)?|^\.[0#?]+/i))) {
      tokens.push({ kind: "digits", pattern: match[0] });
    } else if (take(/^%/)) {
      tokens.push({ kind: "percent" });
    } else if (take(/^@/)) {
      tokens.push({ kind: "text" });
    } else {
      tokens.push({ kind: "literal", text: rest.charAt(0) });
      rest = rest.slice(1);
    }
  }
  return { tokens: markMinutes(tokens), color, condition, isDate: tokens.some((token) => token.kind === "date") };
}

/** "m" is a month, except next to hours or seconds, where it is a minute. */
function markMinutes(tokens: readonly Token[]): Token[] {
  const dates = tokens.flatMap((token, index) => (token.kind === "date" ? [{ index, pattern: token.pattern }] : []));
  return tokens.map((token, index) => {
    if (token.kind !== "date" || !/^mm?$/.test(token.pattern)) return token;
    const place = dates.findIndex((one) => one.index === index);
    const isMinute = /h/.test(dates[place - 1]?.pattern ?? "") || dates[place + 1]?.pattern.startsWith("s");
    return isMinute ? { kind: "date", pattern: token.pattern === "mm" ? "minute2" : "minute" } : token;
  });
}

function comparison(operator: string, limit: number): (value: number) => boolean {
  switch (operator) {
    case "<":
      return (value) => value < limit;
    case "<=":
      return (value) => value <= limit;
    case ">":
      return (value) => value > limit;
    case ">=":
      return (value) => value >= limit;
    case "<>":
      return (value) => value !== limit;
    default:
      return (value) => value === limit;
  }
}

const renderText = (section: Section, value: string): string =>
  section.tokens.map((token) => (token.kind === "text" ? value : token.kind === "literal" ? token.text : "")).join("");

function renderNumber(section: Section, value: number): string {
  if (section.isDate) return renderDate(section, value);
  const percents = section.tokens.filter((token) => token.kind === "percent").length;
  const hasDigits = section.tokens.some((token) => token.kind === "digits");
  const scaled = value * 100 ** percents;
  let body = "";
  let isNegativeShown = false;
  for (const token of section.tokens) {
    if (token.kind === "literal") body += token.text;
    else if (token.kind === "percent") body += "%";
    else if (token.kind === "digits") {
      const digits = renderDigits(token.pattern, Math.abs(scaled));
      isNegativeShown = scaled < 0 && /[1-9]/.test(digits);
      body += digits;
    } else body += formatGeneral(value);
  }
  return isNegativeShown && hasDigits ? `-${body}` : body;
}

function renderDigits(pattern: string, magnitude: number): string {
  const scientific = /^(.*?)e([+-])(0+)$/i.exec(pattern);
  if (scientific) {
    const [, mantissa = "", sign = "+", exponentDigits = ""] = scientific;
    const decimals = (mantissa.split(".")[1] ?? "").length;
    const [digits = "0", exponent = "0"] = magnitude.toExponential(decimals).split("e");
    const power = Math.abs(Number(exponent)).toString().padStart(exponentDigits.length, "0");
    return `${digits}E${Number(exponent) < 0 ? "-" : sign === "+" ? "+" : ""}${power}`;
  }
  const [integerPattern = "", decimalPattern = ""] = pattern.split(".");
  const thousandsScale = /,+$/.exec(integerPattern)?.[0].length ?? 0;
  const hasGroups = /[0#?],[0#?]/.test(integerPattern);
  const minimumDigits = (integerPattern.match(/0/g) ?? []).length;
  const required = (decimalPattern.match(/0/g) ?? []).length;
  const rounded = roundHalfUp(magnitude / 1000 ** thousandsScale, decimalPattern.length);
  const [integer = "0", decimal = ""] = rounded.split(".");
  const shown = (minimumDigits === 0 && integer === "0" ? "" : integer).padStart(minimumDigits, "0");
  const grouped = hasGroups ? shown.replace(/\B(?=(\d{3})+(?!\d))/g, ",") : shown;
  let decimals = decimal.padEnd(decimalPattern.length, "0");
  while (decimals.length > required && decimals.endsWith("0")) decimals = decimals.slice(0, -1);
  return decimals || (pattern.includes(".") && decimalPattern.length === 0) ? `${grouped}.${decimals}` : grouped;
}

/** Excel rounds the 15 digits it shows, half away from zero: 1.005 becomes 1.01, though the binary number is a little less. */
function roundHalfUp(magnitude: number, decimals: number): string {
  if (magnitude >= 1e15) return magnitude.toFixed(decimals);
  const corrected = Number(magnitude.toPrecision(15));
  const shifted = Math.round(Number(`${corrected}e${decimals}`));
  return Number.isFinite(shifted) ? Number(`${shifted}e-${decimals}`).toFixed(decimals) : corrected.toFixed(decimals);
}

function renderDate(section: Section, serial: number): string {
  if (serial < 0) return "########";
  const parts = datePartsOf(serial);
  const isHalfDay = section.tokens.some((token) => token.kind === "date" && token.pattern.startsWith("a"));
  const hour = isHalfDay ? parts.hour % 12 || 12 : parts.hour;
  const pad = (value: number, width: number) => String(value).padStart(width, "0");
  return section.tokens
    .map((token) => {
      if (token.kind === "literal") return token.text;
      if (token.kind !== "date") return "";
      const { pattern } = token;
      if (pattern === "minute" || pattern === "minute2") return pad(parts.minute, pattern === "minute2" ? 2 : 1);
      if (pattern.startsWith("[h")) return String(Math.floor(serial * 24));
      if (pattern.startsWith("[m")) return String(Math.floor(serial * 1440));
      if (pattern.startsWith("[s")) return String(Math.round(serial * 86_400));
      if (pattern.startsWith("a"))
        return parts.hour < 12 ? (pattern === "a/p" ? "A" : "AM") : pattern === "a/p" ? "P" : "PM";
      if (pattern.startsWith("y")) return pattern.length <= 2 ? pad(parts.year % 100, 2) : String(parts.year);
      if (pattern.startsWith("h")) return pad(hour, Math.min(2, pattern.length));
      if (pattern.startsWith("s")) return pad(parts.second, Math.min(2, pattern.length));
      if (pattern.startsWith("d")) {
        const weekday = WEEKDAYS[parts.weekday] ?? "";
        return pattern.length > 3
          ? weekday
          : pattern.length === 3
            ? weekday.slice(0, 3)
            : pad(parts.day, pattern.length);
      }
      const month = MONTHS[parts.month - 1] ?? "";
      if (pattern.length >= 5) return month.charAt(0);
      return pattern.length === 4 ? month : pattern.length === 3 ? month.slice(0, 3) : pad(parts.month, pattern.length);
    })
    .join("");
}
