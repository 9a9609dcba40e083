import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { ApiError } from "../../api/api-error";
import { type GraphqlClient, graphqlClient } from "../../api/graphql-client";
import { signOut as endSession, type Viewer } from "../../api/session";
import { texts } from "../../texts";
import { usePaneEnvironment } from "../pane-environment";

export interface Session {
  readonly client: GraphqlClient;
  /** Null before the first sign-in and after signing out. */
  readonly viewer: Viewer | null;
  /** The server no longer knows the session: requests wait until somebody signs in again. */
  readonly isExpired: boolean;
  readonly signedIn: (token: string, viewer: Viewer) => void;
  readonly signOut: () => void;
}

const SessionContext = createContext<Session | null>(null);

interface Renewal {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: ApiError) => void;
}

/** Keeps who is signed in. The token lives in this memory and nowhere else. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { graphqlUrl, preferences } = usePaneEnvironment();
  const [viewer, setViewer] = useState<Viewer | null>(null);
  const [isExpired, setIsExpired] = useState(false);
  const token = useRef<string | null>(null);
  const renewal = useRef<Renewal | null>(null);

  const renewSession = useCallback(() => {
    renewal.current ??= newRenewal();
    setIsExpired(true);
    return renewal.current.promise;
  }, []);

  const client = useMemo(
    () => graphqlClient({ url: graphqlUrl, token: () => token.current, renewSession }),
    [graphqlUrl, renewSession],
  );

  const signedIn = useCallback(
    (newToken: string, newViewer: Viewer) => {
      token.current = newToken;
      if (newViewer.email) preferences.write("email", newViewer.email);
      setViewer(newViewer);
      setIsExpired(false);
      renewal.current?.resolve();
      renewal.current = null;
    },
    [preferences],
  );

  const signOut = useCallback(() => {
    // Told to the server without waiting: a session that it no longer knows must not keep anybody signed in here.
    if (!renewal.current) endSession(client).catch(() => {});
    token.current = null;
    setViewer(null);
    setIsExpired(false);
    renewal.current?.reject(new ApiError("CANCELLED", texts.failures.cancelled));
    renewal.current = null;
  }, [client]);

  const session = useMemo(
    () => ({ client, viewer, isExpired, signedIn, signOut }),
    [client, viewer, isExpired, signedIn, signOut],
  );
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("There is no session around this component.");
  return session;
}

/** For everything behind the sign-in. */
export function useViewer(): Viewer {
  const { viewer } = useSession();
  if (!viewer) throw new Error("Nobody is signed in.");
  return viewer;
}

function newRenewal(): Renewal {
  let resolve = () => {};
  let reject: (reason: ApiError) => void = () => {};
  const promise = new Promise<void>((onResolved, onRejected) => {
    resolve = onResolved;
    reject = onRejected;
  });
  return { promise, resolve, reject };
}
