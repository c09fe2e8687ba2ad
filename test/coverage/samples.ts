import { createHash } from "node:crypto";
import { join } from "node:path";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";

/** An id of its own for every name. */
export function uuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A project's id, of its own for every name. */
export function project(name: string): string {
  return uuid(name).replaceAll("-", "");
}

export const URL = "https://images.test/one.qcow2";
export const OTHER_URL = "https://images.test/other.qcow2";
export const HEX = "ab".repeat(64);
export const OTHER_HEX = "cd".repeat(64);
export const FILE = join(__dirname, "files", "one.raw");
export const OTHER_FILE = join(__dirname, "files", "other.raw");

/** A sensitive variable; one for every name in a stack. */
export function secret(scope: Construct, name: string): TerraformVariable {
  return once(scope, name, (stack) => {
    return new TerraformVariable(stack, name, { type: "string", sensitive: true });
  });
}

/** The provider of another project. */
export function otherProject(scope: Construct): OpenstackProvider {
  return once(scope, "OtherProject", (stack, id) => new OpenstackProvider(stack, id, { ...CLOUD, alias: "other" }));
}

function once<T extends Construct>(scope: Construct, id: string, make: (stack: TerraformStack, id: string) => T): T {
  const stack = TerraformStack.of(scope);
  return (stack.node.tryFindChild(id) as T | undefined) ?? make(stack, id);
}

/** A cloud that no plan without a refresh calls. */
export const CLOUD = { authUrl: "http://127.0.0.1:9/v3", userName: "user", password: "none", tenantName: "project" };
