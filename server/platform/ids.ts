import { v7, validate } from "uuid";

/** A UUID of version 7: random, but rising with time, so that rows written together lie together in an index. */
export const newId = (): string => v7();

/** False for text that no record can have as its id; the database would refuse to even look for it. */
export const isId = (text: string): boolean => validate(text);
