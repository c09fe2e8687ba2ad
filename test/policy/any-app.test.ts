import { type App, Aspects } from "cdktf";
import { ImagePolicy, PolicyLevel } from "cdktf-openstack-images";
import * as fc from "fast-check";
import { RULES } from "../../lib/rules/rules";
import { inAppFolder } from "../image/given";
import { publicApi } from "../property/api";
import { anyApp } from "../property/apps";
import { type AppDescription, build } from "../property/build";
import { SEED, TIMEOUT_MS } from "../property/runs";
import { FILES } from "../property/sources";
import { Usage } from "../property/usage";
import { synthApp } from "../support/synth";

/** Each is synthesized twice. */
const APPS = 300;

const API = publicApi();

test(
  `${APPS} random apps come out the same with the policy, and fail alike`,
  () =>
    inAppFolder(FILES, () => {
      let findings = 0;
      const files = (description: AppDescription, change: (app: App) => void) => {
        try {
          const stacks = synthApp((app) => {
            build(app, description, new Usage(API));
            change(app);
          });
          const warnings = Object.values(stacks).flatMap((stack) => stack.warnings);
          findings += warnings.filter(({ message }) => message.startsWith("OSI-")).length;
          return Object.entries(stacks).map(([name, { text }]) => [name, text]);
        } catch (error) {
          return String(error);
        }
      };
      const policy = () =>
        new ImagePolicy({
          failOn: PolicyLevel.OFF,
          levels: Object.fromEntries(RULES.map(({ id }) => [id, PolicyLevel.WARN])),
        });
      fc.assert(
        fc.property(anyApp, (description) => {
          const without = files(description, () => {});
          const withPolicy = files(description, (app) => Aspects.of(app).add(policy()));
          expect(withPolicy).toStrictEqual(without);
        }),
        { seed: SEED, numRuns: APPS },
      );
      // or the policy was not heard
      expect(findings).toBeGreaterThan(APPS);
    }),
  TIMEOUT_MS,
);
