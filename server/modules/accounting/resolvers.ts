import * as resolver from "./accounting.resolver";

export const resolvers = Object.values(resolver);
