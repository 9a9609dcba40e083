import { ModelError } from "../../model/model-error";

/** Readers of arguments, which come from the add-in and may be anything. */

export function textArgument(value: unknown): string {
  if (typeof value !== "string") throw new ModelError("InvalidArgument");
  return value;
}

export function wholeNumber(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value)) throw new ModelError("InvalidArgument");
  return value;
}

export function truth(value: unknown): boolean {
  if (typeof value !== "boolean") throw new ModelError("InvalidArgument");
  return value;
}

export function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice {
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw new ModelError("InvalidArgument");
  return choice;
}

/** `#RRGGBB` or an HTML colour name; empty for none. */
export function colorArgument(value: unknown): string {
  const text = textArgument(value);
  if (text === "") return "";
  if (/^#[0-9a-f]{6}$/i.test(text)) return text.toUpperCase();
  const named = NAMED_COLORS[text.toLowerCase()];
  if (!named) throw new ModelError("InvalidArgument");
  return named;
}

const NAMED_COLORS: Readonly<Record<string, string>> = {
  black: "#000000",
  white: "#FFFFFF",
  red: "#FF0000",
  green: "#008000",
  blue: "#0000FF",
  yellow: "#FFFF00",
  orange: "#FFA500",
  gray: "#808080",
  grey: "#808080",
  lightgray: "#D3D3D3",
  purple: "#800080",
};

export function sortFieldsArgument(fields: unknown): { key: number; ascending: boolean }[] {
  if (!Array.isArray(fields)) throw new ModelError("InvalidArgument");
  return fields.map((field: { key?: unknown; ascending?: unknown }) => ({
    key: wholeNumber(field.key),
    ascending: field.ascending !== false,
  }));
}
