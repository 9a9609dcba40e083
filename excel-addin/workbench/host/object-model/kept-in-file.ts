import { ModelError } from "../../model/model-error";
import type { Workbook } from "../../model/workbook";
import type { ObjectType } from "../object-type";
import { textArgument } from "./arguments";
import { reference } from "./targets";

// Settings and XML parts: what an add-in keeps in the file.

export const settingsType: ObjectType<Workbook> = {
  items: ({ settings }) => [...settings.keys()].map((key) => reference("Setting", key)),
  getItem: ({ settings }, key) => {
    if (!settings.has(textArgument(key))) throw new ModelError("ItemNotFound");
    return reference("Setting", textArgument(key));
  },
  methods: {
    Add: ({ settings }, [key, value]) => {
      settings.set(textArgument(key), value);
      return reference("Setting", textArgument(key));
    },
    GetCount: ({ settings }) => settings.size,
    GetItemOrNullObject: ({ settings }, [key]) =>
      settings.has(textArgument(key)) ? reference("Setting", textArgument(key)) : null,
  },
};

export const settingType: ObjectType<string> = {
  identity: (key) => ({ _Id: key }),
  properties: {
    Key: { get: (key) => key },
    Value: {
      get: (key, { workbook }) => workbook.settings.get(key) ?? null,
      set: (key, value, { workbook }) => {
        workbook.settings.set(key, value);
      },
    },
  },
  methods: {
    Delete: (key, _args, { workbook }) => {
      workbook.settings.delete(key);
    },
  },
};

const namespaceOf = (xml: string): string => /<[^>?!]*\sxmlns(?::\w+)?="([^"]*)"/.exec(xml)?.[1] ?? "";

export const customXmlPartsType: ObjectType<Workbook> = {
  items: ({ customXmlParts }) => [...customXmlParts.keys()].map((id) => reference("CustomXmlPart", id)),
  getItem: ({ customXmlParts }, id) => {
    if (!customXmlParts.has(textArgument(id))) throw new ModelError("ItemNotFound");
    return reference("CustomXmlPart", textArgument(id));
  },
  methods: {
    Add: (workbook, [xml]) => {
      const id = workbook.newId();
      workbook.customXmlParts.set(id, textArgument(xml));
      return reference("CustomXmlPart", id);
    },
    GetByNamespace: ({ customXmlParts }, [uri]) =>
      reference(
        "CustomXmlPartScopedCollection",
        [...customXmlParts].filter(([, xml]) => namespaceOf(xml) === uri).map(([id]) => id),
      ),
    GetCount: ({ customXmlParts }) => customXmlParts.size,
    GetItemOrNullObject: ({ customXmlParts }, [id]) =>
      customXmlParts.has(textArgument(id)) ? reference("CustomXmlPart", textArgument(id)) : null,
  },
};

export const scopedXmlPartsType: ObjectType<readonly string[]> = {
  items: (ids) => ids.map((id) => reference("CustomXmlPart", id)),
  methods: {
    GetCount: (ids) => ids.length,
    GetOnlyItem: (ids) => {
      const [id] = ids;
      if (ids.length !== 1 || id === undefined) throw new ModelError("InvalidOperation");
      return reference("CustomXmlPart", id);
    },
    GetOnlyItemOrNullObject: (ids) =>
      ids.length === 1 && ids[0] !== undefined ? reference("CustomXmlPart", ids[0]) : null,
  },
};

export const customXmlPartType: ObjectType<string> = {
  identity: (id) => ({ Id: id }),
  properties: {
    Id: { get: (id) => id },
    NamespaceUri: { get: (id, { workbook }) => namespaceOf(workbook.customXmlParts.get(id) ?? "") },
  },
  methods: {
    Delete: (id, _args, { workbook }) => {
      workbook.customXmlParts.delete(id);
    },
    GetXml: (id, _args, { workbook }) => workbook.customXmlParts.get(id) ?? "",
    SetXml: (id, [xml], { workbook }) => {
      workbook.customXmlParts.set(id, textArgument(xml));
    },
  },
};
