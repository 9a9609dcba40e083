import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type ReactNode, useEffect, useRef } from "react";
import { takeFocus } from "./take-focus";

const useStyles = makeStyles({
  content: {
    flex: 1,
    minHeight: 0,
    overflowY: "auto",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    padding: "16px",
    outlineStyle: "none",
    // Fluent's focus rings are drawn outside of their element; scrolling must not cut them off.
    scrollPadding: "16px",
    // What does not fit scrolls; it is not squeezed.
    "> *": { flexShrink: 0 },
  },
  footer: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    padding: "12px 16px 16px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    ":empty": { display: "none" },
  },
  // On a very low pane the footer scrolls on its own instead of hiding the content.
  low: { maxHeight: "60vh", overflowY: "auto" },
  section: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  heading: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
  },
});

/** Scrolling content, and below it what to do next, always in reach. */
export function ScreenLayout({ title, children, footer }: { title: string; children: ReactNode; footer?: ReactNode }) {
  const styles = useStyles();
  const main = useRef<HTMLElement>(null);
  // The button that led here is gone: reading and tabbing go on with the new screen.
  useEffect(() => takeFocus(main.current), []);
  return (
    <>
      <main ref={main} tabIndex={-1} aria-label={title} className={styles.content}>
        {children}
      </main>
      <footer className={mergeClasses(styles.footer, styles.low)}>{footer}</footer>
    </>
  );
}

/** `isMain`: its title is the heading of the screen. */
export function Section({ title, isMain, children }: { title: string; isMain?: boolean; children: ReactNode }) {
  const styles = useStyles();
  const Heading = isMain ? "h1" : "h2";
  return (
    <section className={styles.section} aria-label={title}>
      <Heading className={styles.heading}>{title}</Heading>
      {children}
    </section>
  );
}
