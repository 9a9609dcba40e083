import {
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from "@fluentui/react-components";
import { texts } from "../../texts";
import { useSession } from "../session/session";
import { SignInForm } from "./sign-in-form";

const useStyles = makeStyles({
  surface: { width: "calc(100vw - 24px)", maxWidth: "420px", padding: tokens.spacingHorizontalXL },
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
});

/** Lies over whatever the person was doing, and gives it back after signing in. */
export function SessionExpiredDialog() {
  const styles = useStyles();
  const { viewer, isExpired, signOut } = useSession();
  if (!viewer) return null;
  return (
    <Dialog open={isExpired} modalType="alert">
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{texts.signIn.expiredTitle}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{texts.signIn.expired(viewer.name)}</Text>
            <SignInForm fixedEmail={viewer.email} organizationId={viewer.organization.id} />
            <Button appearance="subtle" onClick={signOut}>
              {texts.signIn.signOutInstead}
            </Button>
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
