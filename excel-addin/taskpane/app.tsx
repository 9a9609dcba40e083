import { AriaLiveAnnouncer, FluentProvider, makeStyles, tokens } from "@fluentui/react-components";
import { InvoiceScreen } from "./invoice/invoice-screen";
import { MonthEndProvider, useMonthEnd } from "./month-end/month-end";
import { SheetScreen } from "./month-end/sheet-screen";
import { type PaneEnvironment, PaneEnvironmentProvider } from "./pane-environment";
import { SessionProvider, useSession } from "./session/session";
import { PaneHeader } from "./shell/pane-header";
import { SessionExpiredDialog } from "./sign-in/session-expired-dialog";
import { SignInScreen } from "./sign-in/sign-in-screen";
import { useTheme } from "./theme";
import { ViewsScreen } from "./views/views-screen";

const useStyles = makeStyles({
  frame: { height: "100vh", overflowY: "auto", backgroundColor: tokens.colorNeutralBackground1 },
  pane: {
    height: "100%",
    display: "flex",
    flexDirection: "column",
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

/** The pane, for whatever environment it runs in. */
export function App({ environment, prefersDark }: { environment: PaneEnvironment; prefersDark: () => boolean }) {
  const styles = useStyles();
  const theme = useTheme(prefersDark);
  return (
    <FluentProvider theme={theme}>
      <PaneEnvironmentProvider value={environment}>
        <AriaLiveAnnouncer>
          <SessionProvider>
            <div className={styles.frame}>
              <Pane />
            </div>
          </SessionProvider>
        </AriaLiveAnnouncer>
      </PaneEnvironmentProvider>
    </FluentProvider>
  );
}

function Pane() {
  const styles = useStyles();
  const { viewer } = useSession();
  if (!viewer) return <SignInScreen />;
  return (
    // Another person or organization starts with nothing of the one before.
    <MonthEndProvider key={`${viewer.organization.id}:${viewer.id}`}>
      <div className={styles.pane}>
        <PaneHeader />
        <CurrentScreen />
        <SessionExpiredDialog />
      </div>
    </MonthEndProvider>
  );
}

function CurrentScreen() {
  const { screen } = useMonthEnd();
  switch (screen.name) {
    case "VIEWS":
      return <ViewsScreen />;
    case "SHEET":
      return <SheetScreen />;
    case "INVOICE":
      return <InvoiceScreen invoiceId={screen.invoiceId} />;
  }
}
