import { ModelError, type ModelErrorCode } from "../model/model-error";
import type { HostContext } from "./host-context";
import { type OpenObject, open, SERVICES } from "./object-model/registry";
import { ObjectReference, reference } from "./object-model/targets";
import {
  type Action,
  type ActionResult,
  ActionType,
  type ArgumentInfo,
  type ObjectPath,
  PathType,
  type QueryInfo,
  type RequestBody,
  type ResponseBody,
} from "./rich-api";

const HTTP_STATUS: Readonly<Partial<Record<ModelErrorCode, number>>> = {
  AccessDenied: 403,
  ApiNotFound: 404,
  GeneralException: 500,
  ItemAlreadyExists: 409,
  ItemNotFound: 404,
  NotImplemented: 501,
};

/** Carries out one request of Office.js. As in Excel, what was done before an error stays done. */
export class RequestExecutor {
  constructor(
    private readonly host: HostContext,
    /** Told of every member that the workbench does not have. */
    private readonly onUnknownMember: (member: string) => void,
  ) {}

  execute(body: RequestBody): ResponseBody {
    const { workbook } = this.host;
    const run = new Run(this.host, body.ObjectPaths, this.onUnknownMember);
    const results: ActionResult[] = [];
    const traceIds: number[] = [];
    workbook.origin = "add-in";
    try {
      for (const [index, action] of body.Actions.entries()) {
        try {
          results.push({ ActionId: action.Id, Value: run.perform(action) });
          if (action.ActionType === ActionType.Trace) traceIds.push(action.Id);
        } catch (error) {
          const { code, message } =
            error instanceof ModelError ? error : new ModelError("GeneralException", String(error));
          const location = run.describe(action);
          return {
            Results: results,
            TraceIds: traceIds,
            Error: {
              Code: code,
              Message: message,
              Location: location,
              ActionIndex: index,
              HttpStatusCode: HTTP_STATUS[code] ?? 400,
            },
          };
        }
      }
      return { Results: results, TraceIds: traceIds };
    } finally {
      workbook.resumeCalculation();
      workbook.origin = "user";
    }
  }
}

/** One request: its paths are followed at most once, since following one may create a table. */
class Run {
  private readonly followed = new Map<number, OpenObject | null>();

  constructor(
    private readonly host: HostContext,
    private readonly paths: Readonly<Record<string, ObjectPath>>,
    private readonly onUnknownMember: (member: string) => void,
  ) {}

  perform(action: Action): unknown {
    if (action.ActionType === ActionType.Trace) return null;
    const object = this.follow(action.ObjectPathId);
    switch (action.ActionType) {
      case ActionType.Instantiate:
        return object && this.identify(object);
      case ActionType.Query:
      case ActionType.QueryAsJson:
        return object && this.query(object, action.QueryInfo ?? {});
      case ActionType.RecursiveQuery:
        return object && this.query(object, Object.values(action.QueryInfo?.Queries ?? {})[0] ?? {});
      case ActionType.Method: {
        if (!object) return null;
        const answer = this.call(object, action.Name, action.ArgumentInfo);
        return answer instanceof ObjectReference ? this.identify(open(answer)) : (answer ?? null);
      }
      case ActionType.SetProperty:
        if (object) this.set(object, action.Name, this.argumentsOf(action.ArgumentInfo)[0]);
        return null;
      case ActionType.Update:
        if (object) this.update(object, action.ObjectState ?? {});
        return null;
      case ActionType.EnsureUnchanged:
        return null;
      default:
        throw this.unknown(`action ${action.ActionType}`);
    }
  }

  describe(action: Action): string {
    const object = this.followed.get(action.ObjectPathId);
    const path = this.paths[action.ObjectPathId];
    const owner =
      object?.name ??
      (path?.ParentObjectPathId !== undefined ? (this.followed.get(path.ParentObjectPathId)?.name ?? "") : "");
    const member = action.Name || path?.Name || "getItem";
    return `${owner}.${member.charAt(0).toLowerCase()}${member.slice(1)}`;
  }

  private follow(id: number): OpenObject | null {
    const known = this.followed.get(id);
    if (known !== undefined) return known;
    const path = this.paths[id];
    if (!path) throw new ModelError("InvalidReference");
    const answer = this.followPath(path);
    const found = answer && open(answer);
    this.followed.set(id, found);
    return found;
  }

  private followPath(path: ObjectPath): ObjectReference | null {
    switch (path.ObjectPathType) {
      case PathType.Global:
        return reference("Workbook", this.host.workbook);
      case PathType.New: {
        const service = SERVICES[path.Name];
        if (!service) throw this.unknown(`new ${path.Name}`);
        return new ObjectReference(service, null as never);
      }
      case PathType.Reference: {
        const range = this.host.keptRanges.get(path.Name);
        if (!range?.area) throw new ModelError("InvalidReference");
        return reference("Range", range);
      }
      case PathType.Null:
        return null;
    }
    const parent = path.ParentObjectPathId === undefined ? null : this.follow(path.ParentObjectPathId);
    if (!parent) return null;
    const { name, type, target } = parent;
    if (path.ObjectPathType === PathType.Property) {
      const navigate = type.navigation?.[path.Name];
      if (!navigate) throw this.unknown(`${name}.${path.Name}`);
      return navigate(target, this.host);
    }
    if (path.ObjectPathType === PathType.Indexer) {
      if (!type.getItem) throw this.unknown(`${name}[]`);
      return type.getItem(target, this.argumentsOf(path.ArgumentInfo)[0], this.host);
    }
    const answer = this.call(parent, path.Name, path.ArgumentInfo);
    return answer instanceof ObjectReference ? answer : null;
  }

  private call(
    { name: typeName, type, target }: OpenObject,
    name: string,
    argumentInfo: ArgumentInfo | undefined,
  ): unknown {
    const method = type.methods?.[name];
    if (method) return method(target, this.argumentsOf(argumentInfo), this.host);
    // A child that was reached by its place: `GetItemAt` is what every collection has.
    if (name === "GetItemAt" && type.items) {
      const item = type.items(target, this.host)[Number(argumentInfo?.Arguments?.[0])];
      if (!item) throw new ModelError("InvalidArgument");
      return item;
    }
    throw this.unknown(`${typeName}.${name}`);
  }

  private set({ name: typeName, type, target }: OpenObject, name: string, value: unknown): void {
    const property = type.properties?.[name];
    if (!property?.set) throw this.unknown(`${typeName}.${name} =`);
    property.set(target, value, this.host);
  }

  private update(object: OpenObject, state: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(state)) {
      const pascal = pascalCase(name);
      const navigate = object.type.navigation?.[pascal];
      const child = navigate?.(object.target, this.host);
      if (child) this.update(open(child), value as Readonly<Record<string, unknown>>);
      else this.set(object, pascal, value);
    }
  }

  private argumentsOf(info: ArgumentInfo | undefined): unknown[] {
    return (info?.Arguments ?? []).map((argument, index) => {
      const ids = info?.ReferencedObjectPathIds?.[index];
      if (Array.isArray(ids) && Array.isArray(argument))
        return argument.map((one: unknown, at) => this.objectArgument(ids[at]) ?? one);
      return this.objectArgument(ids) ?? argument;
    });
  }

  private objectArgument(id: unknown): ObjectReference | null {
    if (typeof id !== "number" || id === 0) return null;
    const object = this.follow(id);
    return object && new ObjectReference(object.name, object.target as never);
  }

  private identify({ type, target }: OpenObject): Record<string, unknown> {
    return { ...type.identity?.(target, this.host) };
  }

  // ── reading ───────────────────────────────────────────────────────────────

  private query(object: OpenObject, info: QueryInfo): Record<string, unknown> {
    const select = [...(info.Select ?? []), ...(info.Expand ?? [])];
    if (!object.type.items) return { ...this.privateIdentity(object), ...this.select(object, select) };
    const own = object.type.properties ?? {};
    const isOwn = (name: string) => pascalCase(name) in own;
    const ofItems = select.filter((name) => !isOwn(name));
    const answer = select.length === 0 ? this.select(object, []) : this.select(object, select.filter(isOwn), false);
    if (select.length > 0 && ofItems.length === 0) return answer;
    const skip = info.Skip ?? 0;
    const items = object.type
      .items(object.target, this.host)
      .slice(skip, info.Top === undefined ? undefined : skip + info.Top);
    answer["_Items"] = items
      .map(open)
      .map((item) => ({ ...this.privateIdentity(item), ...this.select(item, ofItems) }));
    return answer;
  }

  /** How the add-in finds the object again, under names that do not pass for loaded properties. */
  private privateIdentity(object: OpenObject): Record<string, unknown> {
    const { Id: id, ...rest } = this.identify(object);
    return id === undefined ? rest : { ...rest, _Id: id };
  }

  /** Properties by name, `format/fill/color` for those of parts; none named means all that are plain. */
  private select(object: OpenObject, names: readonly string[], isEmptyAll = true): Record<string, unknown> {
    const answer: Record<string, unknown> = {};
    const properties = object.type.properties ?? {};
    const isAll = (isEmptyAll && names.length === 0) || names.includes("*");
    if (isAll) {
      for (const [name, property] of Object.entries(properties)) {
        if (property.get && !name.startsWith("_")) answer[name] = property.get(object.target, this.host);
      }
    }
    const parts = new Map<string, string[]>();
    for (const name of names) {
      if (name === "*") continue;
      const [first = "", ...rest] = name.split(/[/.]/);
      const pascal = pascalCase(first);
      const property = properties[pascal];
      if (property?.get && rest.length === 0) {
        answer[pascal] = property.get(object.target, this.host);
      } else if (object.type.navigation?.[pascal]) {
        const inner = rest.filter((part) => part.toLowerCase() !== "items").join("/");
        parts.set(pascal, [...(parts.get(pascal) ?? []), ...(inner ? [inner] : [])]);
      } else if (pascal !== "IsNullObject" && pascal !== "Items") {
        throw this.unknown(`${object.name}.${pascal}`);
      }
    }
    for (const [name, inner] of parts) {
      const child = object.type.navigation?.[name]?.(object.target, this.host);
      answer[name] = child ? this.query(open(child), { Select: inner }) : null;
    }
    return answer;
  }

  private unknown(member: string): ModelError {
    this.onUnknownMember(member);
    return new ModelError("ApiNotFound");
  }
}

const pascalCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
