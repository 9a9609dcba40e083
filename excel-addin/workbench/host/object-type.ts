import type { HostContext } from "./host-context";
import type { ObjectReference } from "./object-model/targets";

export interface Property<Target> {
  readonly get?: (target: Target, host: HostContext) => unknown;
  readonly set?: (target: Target, value: unknown, host: HostContext) => void;
}

/** A method answers a value, another object, or null where the API has an "…OrNullObject". */
export type Method<Target> = (target: Target, args: readonly unknown[], host: HostContext) => unknown;

/** One class of the API, exactly as far as the workbench answers it. What is not listed here does not exist. */
export interface ObjectType<Target> {
  /** Names as they travel, such as `RowCount`. */
  readonly properties?: Readonly<Record<string, Property<Target>>>;
  readonly navigation?: Readonly<Record<string, (target: Target, host: HostContext) => ObjectReference | null>>;
  readonly methods?: Readonly<Record<string, Method<Target>>>;
  /** Makes the type a collection. */
  readonly items?: (target: Target, host: HostContext) => ObjectReference[];
  readonly getItem?: (target: Target, key: unknown, host: HostContext) => ObjectReference;
  /** What lets the add-in find the object again with its next request. */
  readonly identity?: (target: Target, host: HostContext) => Readonly<Record<string, unknown>>;
}
