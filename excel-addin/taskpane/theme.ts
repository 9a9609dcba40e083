import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from "@fluentui/react-components";
import { useEffect, useState } from "react";

/** A deep teal: calm beside Excel's green, and dark enough for white text on it. */
const brand: BrandVariants = {
  10: "#021516",
  20: "#04272a",
  30: "#06383c",
  40: "#08484d",
  50: "#0a575d",
  60: "#0c666d",
  70: "#0f757d",
  80: "#0f6e76",
  90: "#2b8a92",
  100: "#4a9ca3",
  110: "#67aeb4",
  120: "#85c0c5",
  130: "#a2d1d5",
  140: "#bfe2e4",
  150: "#dbf1f2",
  160: "#eef9f9",
};

/** Segoe UI is the font of Office. The workbench brings Open Sans along for machines that have no Segoe UI. */
const fontFamilyBase = '"Segoe UI", "Open Sans", system-ui, sans-serif';

export const lightTheme: Theme = { ...createLightTheme(brand), fontFamilyBase };

export const darkTheme: Theme = {
  ...createDarkTheme(brand),
  fontFamilyBase,
  // The generated ones are too dark to be read on a dark background.
  colorBrandForeground1: brand[110],
  colorBrandForeground2: brand[120],
  colorBrandForegroundLink: brand[120],
  colorBrandForegroundLinkHover: brand[130],
  colorBrandStroke1: brand[100],
};

/** Asks again when the system changes; Office itself tells a new theme only by reloading the pane. */
export function useTheme(prefersDark: () => boolean): Theme {
  const [isDark, setIsDark] = useState(prefersDark);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const update = () => setIsDark(prefersDark());
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, [prefersDark]);
  return isDark ? darkTheme : lightTheme;
}
