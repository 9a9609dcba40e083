import { Button, Field, Input, makeStyles, Select, Spinner, tokens } from "@fluentui/react-components";
import { type FormEvent, useRef, useState } from "react";
import { signIn } from "../../api/session";
import { texts } from "../../texts";
import { usePaneEnvironment } from "../pane-environment";
import { useSession } from "../session/session";
import { FailureNotice } from "../shell/failure-notice";
import { useTask } from "../use-task";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  submit: { marginTop: tokens.spacingVerticalXS },
});

interface Organization {
  readonly id: string;
  readonly legalName: string;
}

/** Email and password; asks for the organization only of people who belong to several. */
export function SignInForm({ fixedEmail, organizationId }: { fixedEmail?: string | null; organizationId?: string }) {
  const styles = useStyles();
  const { client, signedIn } = useSession();
  const { preferences } = usePaneEnvironment();
  const [email, setEmail] = useState(fixedEmail ?? preferences.read("email") ?? "");
  const [password, setPassword] = useState("");
  const [organizations, setOrganizations] = useState<readonly Organization[]>([]);
  const [chosen, setChosen] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isChecked, setIsChecked] = useState(false);
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  const submit = useTask(async (signal) => {
    const outcome = await signIn(
      client,
      { email: email.trim(), password, organizationId: organizationId ?? (chosen === "" ? null : chosen) },
      { signal, timeoutMs: 20_000 },
    );
    if (outcome.__typename === "SignInSuccess") return signedIn(outcome.token, outcome.viewer);
    setRefusal(outcome.message);
    if (outcome.organizations.length > 0) {
      setOrganizations(outcome.organizations);
      setChosen(outcome.organizations[0]?.id ?? "");
    } else {
      setPassword("");
      passwordInput.current?.focus();
    }
  });

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    setRefusal(null);
    if (email.trim() === "") return emailInput.current?.focus();
    if (password === "") return passwordInput.current?.focus();
    void submit.start();
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <Field
        label={texts.signIn.email}
        {...(isChecked && email.trim() === "" ? { validationMessage: texts.signIn.emailMissing } : {})}
      >
        <Input
          input={{ ref: emailInput }}
          type="email"
          autoComplete="username"
          value={email}
          readOnly={Boolean(fixedEmail)}
          autoFocus={email === ""}
          onChange={(_, { value }) => setEmail(value)}
        />
      </Field>
      <Field
        label={texts.signIn.password}
        {...(isChecked && password === "" && refusal === null
          ? { validationMessage: texts.signIn.passwordMissing }
          : {})}
      >
        <Input
          input={{ ref: passwordInput }}
          type="password"
          autoComplete="current-password"
          value={password}
          autoFocus={email !== ""}
          onChange={(_, { value }) => setPassword(value)}
        />
      </Field>
      {organizations.length > 0 && (
        <Field label={texts.signIn.organization} hint={texts.signIn.chooseOrganization}>
          <Select value={chosen} onChange={(_, { value }) => setChosen(value)} autoFocus>
            {organizations.map(({ id, legalName }) => (
              <option key={id} value={id}>
                {legalName}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {refusal !== null && organizations.length === 0 && (
        <FailureNotice failure={{ message: refusal, isRetryable: false }} />
      )}
      {submit.failure && <FailureNotice failure={submit.failure} />}
      <Button className={styles.submit} appearance="primary" type="submit" disabledFocusable={submit.isRunning}>
        {submit.isRunning ? <Spinner size="tiny" label={texts.signIn.submitting} /> : texts.signIn.submit}
      </Button>
    </form>
  );
}
