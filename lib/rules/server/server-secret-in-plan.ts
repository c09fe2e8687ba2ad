import { say } from "../message";
import type { Rule, Violation } from "../rule";
import { IMAGE, PROVIDER, SERVER, type Subject } from "../subject";

/** Arguments that hold secrets, by the type of what has them. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  [SERVER]: ["admin_pass"],
  [IMAGE]: ["image_source_password"],
  [PROVIDER]: ["password", "token", "application_credential_secret"],
};

export const SERVER_SECRET_IN_PLAN: Rule = {
  id: "OSI-SRV-005",
  name: "ServerSecretInPlan",
  level: "block",
  why: "A plan as JSON has every literal of the code in plain text, whatever is marked sensitive: whoever may read the plan, the state or the code has the secret.",
  example:
    '`admin_pass = "..."` of a server, `password = "..."` of the provider, or `https://user:password@host/image.qcow2`.',
  fix: "take it out of the code and make it void; give credentials by clouds.yaml or OS_* variables, and let a server fetch its secrets itself",
  types: [SERVER, IMAGE, PROVIDER],
  of: "change",
  check(subject) {
    return [
      ...(SECRETS[subject.type] ?? []).filter((name) => isLiteral(subject, name)).map(inPlain),
      ...urls(subject).map((name) => ({
        message: say`the user and password in ${[name]} are in the plan in plain text`,
      })),
      ...(subject.type === SERVER && isLiteral(subject, "user_data")
        ? [
            {
              level: "warn" as const,
              message: say`user_data is in the plan in plain text, with whatever secrets it holds`,
              fix: say`keep secrets out of user_data: let the server fetch them`,
            },
          ]
        : []),
    ];
  },
};

function inPlain(name: string): Violation {
  return { message: say`${[name]} is in the plan in plain text` };
}

/** Whether the code has a text there, and not a reference. */
function isLiteral({ configured }: Subject, name: string): boolean {
  return (configured?.text(name) ?? "") !== "";
}

/** Arguments with a URL that holds a user. */
function urls({ type, configured, after }: Subject): string[] {
  const names = type === IMAGE ? ["image_source_url"] : type === PROVIDER ? ["auth_url"] : [];
  return names.filter((name) => hasUser(configured?.text(name)) || hasUser(after?.text(name)));
}

function hasUser(url = ""): boolean {
  return /^[^:/?#]*:[/\\]*[^/\\?#]*@/.test(url);
}
