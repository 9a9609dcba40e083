import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { texts } from "../../texts";
import { BrandMark } from "../shell/brand-mark";
import { SignInForm } from "./sign-in-form";

const useStyles = makeStyles({
  screen: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXL,
    padding: "40px 24px 24px",
    maxWidth: "420px",
    minHeight: "100%",
    boxSizing: "border-box",
    margin: "0 auto",
  },
  brand: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  intro: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground3 },
  title: { margin: 0, fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, fontWeight: 600 },
});

export function SignInScreen() {
  const styles = useStyles();
  return (
    <main className={styles.screen}>
      <div className={styles.brand}>
        <BrandMark size={28} />
        <Text size={500} weight="semibold">
          {texts.product}
        </Text>
      </div>
      <div className={styles.intro}>
        <h1 className={styles.title}>{texts.signIn.title}</h1>
        <Text className={styles.quiet}>{texts.signIn.subtitle}</Text>
      </div>
      <SignInForm />
      <Text size={200} className={styles.quiet}>
        {texts.signIn.privacy}
      </Text>
    </main>
  );
}
