import {
  Avatar,
  Badge,
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
  Tooltip,
  tokens,
} from "@fluentui/react-components";
import { SignOutRegular } from "@fluentui/react-icons/svg/sign-out";
import { texts } from "../../texts";
import { useSession, useViewer } from "../session/session";
import { BrandMark } from "./brand-mark";

const useStyles = makeStyles({
  header: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: "8px 8px 8px 16px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  names: { flex: 1, minWidth: 0, display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  organization: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  sandbox: { flexShrink: 0 },
  account: { minWidth: "auto", padding: "4px" },
  who: { display: "flex", flexDirection: "column", padding: "8px 12px 10px", maxWidth: "260px" },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: "anywhere" },
});

/** Who I am, for which organization, and whether it is a sandbox: always in view. */
export function PaneHeader() {
  const styles = useStyles();
  const viewer = useViewer();
  const { signOut } = useSession();
  const { organization } = viewer;
  const initials = initialsOf(viewer.name);
  return (
    <header className={styles.header}>
      <BrandMark size={22} />
      <div className={styles.names}>
        <Text weight="semibold" className={styles.organization} title={organization.legalName}>
          {organization.legalName}
        </Text>
        {organization.mode === "SANDBOX" && (
          <Tooltip content={texts.header.sandboxHint} relationship="description">
            <Badge className={styles.sandbox} appearance="tint" color="warning" shape="rounded" tabIndex={0}>
              {texts.header.sandbox}
            </Badge>
          </Tooltip>
        )}
      </div>
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button
            className={styles.account}
            appearance="subtle"
            aria-label={texts.header.account(viewer.name, initials)}
            icon={<Avatar size={28} name={viewer.name} initials={initials} color="colorful" aria-hidden="true" />}
          />
        </MenuTrigger>
        <MenuPopover>
          <div className={styles.who}>
            <Text weight="semibold">{viewer.name}</Text>
            {viewer.email && (
              <Text size={200} className={styles.quiet}>
                {viewer.email}
              </Text>
            )}
            <Text size={200} className={styles.quiet}>
              {texts.header.roles[viewer.role]} · {organization.legalName}
            </Text>
          </div>
          <MenuList>
            <MenuItem icon={<SignOutRegular />} onClick={signOut}>
              {texts.header.signOut}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </header>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.slice(0, 1) ?? "").join("");
}
