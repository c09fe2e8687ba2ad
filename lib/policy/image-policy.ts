import { printable } from "../content/inspection/printable";
import { ABOVE_STACKS } from "../core/app-aspects";
import { InvalidInput, shown } from "../core/errors";
import { Annotations, type IAspect, type IConstruct, TerraformStack } from "../framework";
import type { FlavorAttributes } from "../launch/flavor";
import { plain } from "../rules/message";
import { isAtLeast, type Level } from "../rules/rule";
import type { Policy } from "../rules/subject";
import { type Acknowledgement, keep, keptIn } from "./acknowledgement";
import { type Declared, type DeclaredStack, declaredBy, ownerOf, worldOf } from "./declared";
import { allRules, rulesAtSynth } from "./rules-at-synth";

/** How much a finding of a rule weighs. */
export enum PolicyLevel {
  /** What destroys, publishes or fails. */
  BLOCK = "block",
  /** What should not stay as it is. */
  WARN = "warn",
  /** What is good to know. */
  INFO = "info",
  /** Nothing: of a rule, that it is left out; of `failOn`, that nothing fails. */
  OFF = "off",
}

/** What a house says for itself; the same as the file that `openstack-images review --policy` takes. */
export interface ImagePolicyProps {
  /**
   * From which level on a finding is an error, so that the synth fails.
   * @default PolicyLevel.BLOCK
   */
  readonly failOn?: PolicyLevel;

  /**
   * Levels of rules, by their ids: `{ "OSI-IMG-012": PolicyLevel.WARN }`.
   * @default - each rule's own
   */
  readonly levels?: { [ruleId: string]: PolicyLevel };

  /**
   * Hosts that images may come from, whatever else speaks against it.
   * @default - none
   */
  readonly allowedHosts?: string[];

  /**
   * What flavors have, by their names or ids.
   * @default - not known, not checked
   */
  readonly flavors?: { [nameOrId: string]: FlavorAttributes };

  /**
   * Names of projects by their ids, for findings to be read.
   * @default - the ids
   */
  readonly projectNames?: { [projectId: string]: string };
}

/** A finding, before it is told. */
interface Finding {
  readonly rule: string;
  readonly level: Level;
  readonly subject: Declared;
  readonly text: string;
}

/**
 * The rules of `openstack-images review`, at synth: an aspect for the app, a stack or a construct. What is declared is read as if all of it
 * were new, and each finding becomes an annotation of its construct. Rules of what happens to something that is there find nothing yet.
 *
 * An aspect of the app needs a construct of this library in one of the stacks: cdktf itself calls the aspects of stacks alone.
 */
export class ImagePolicy implements IAspect {
  /**
   * Says that a finding of a construct, or of what it holds, may be. It is told no more; the reason stays in the construct's metadata. One
   * that is of no finding is warned of.
   */
  public static acknowledge(construct: IConstruct, ruleId: string, reason: string): void {
    checkRule(construct, "'ruleId'", ruleId);
    if (reason.trim() === "") {
      throw new InvalidInput(
        "ReasonEmpty",
        construct,
        `'reason' must say why the finding may be, got ${shown(reason)}; whoever reads the code next will ask`,
      );
    }
    if (!construct.node.scopes.some((scope) => TerraformStack.isStack(scope))) {
      throw new InvalidInput(
        "AcknowledgedOutsideStack",
        construct,
        `'construct' must be a stack or in one, got ${shown(construct.node.path)}; to leave ${ruleId} out everywhere, set its level to off`,
      );
    }
    keep({ construct, rule: ruleId, reason });
  }

  private readonly failOn: PolicyLevel;
  private readonly levels: ReadonlyMap<string, PolicyLevel>;
  private readonly policy: Policy;
  private readonly visited = new WeakSet<IConstruct>();
  private readonly expected = new WeakSet<TerraformStack>();
  private readonly known = new WeakMap<TerraformStack, DeclaredStack>();

  constructor(props: ImagePolicyProps = {}) {
    this.failOn = props.failOn ?? PolicyLevel.BLOCK;
    this.levels = new Map(Object.entries(props.levels ?? {}));
    this.policy = {
      allowedHosts: [...(props.allowedHosts ?? [])],
      flavors: { ...props.flavors },
      projectNames: { ...props.projectNames },
    };
  }

  /** Called by CDKTF. */
  public visit(construct: IConstruct): void {
    const { scope } = construct.node;
    const isNew = !this.visited.has(construct) && !(scope && this.visited.has(scope));
    this.visited.add(construct);
    if (!isNew) return;
    this.checkLevels(construct);
    for (const stack of stacksOf(construct)) {
      if (this.expected.has(stack)) continue;
      this.expected.add(stack);
      // among the validations, which run when all aspects have changed what they change, and before annotations are collected
      stack.node.addValidation({ validate: () => this.review(stack) });
    }
  }

  private checkLevels(scope: IConstruct): void {
    const choices = Object.values<string>(PolicyLevel);
    for (const [what, level] of [["'failOn'", this.failOn] as const, ...this.levels]) {
      if (what !== "'failOn'") checkRule(scope, "'levels'", what);
      if (choices.includes(level)) continue;
      throw new InvalidInput(
        "ChoiceUnknown",
        scope,
        `the level of ${what} must be one of ${choices.join(", ")}, got ${shown(level)}; use one of PolicyLevel`,
      );
    }
  }

  /** Annotates what the rules find in a stack, seen together with the others of the app. */
  private review(stack: TerraformStack): string[] {
    const here = rendered(stack);
    if (!here) return [];
    this.known.set(stack, here);
    const others = stacksOf(stack.node.root).filter((other) => other !== stack);
    const findings = this.findingsOf(here, [here, ...others.flatMap((other) => this.otherStack(other))]);
    const acknowledgements = keptIn(stack);
    for (const finding of findings) {
      if (!acknowledgements.some((one) => isOf(one, finding)))
        this.annotate(ownerOf(finding.subject.construct), finding.level, finding.text);
    }
    for (const one of acknowledgements) {
      if (this.isCovered(one.construct) && !findings.some((finding) => isOf(one, finding)))
        this.annotate(one.construct, "warn", spent(one));
    }
    return [];
  }

  /** As it was when it was reviewed, or as it is now. */
  private otherStack(stack: TerraformStack): DeclaredStack[] {
    const found = this.known.get(stack) ?? rendered(stack);
    if (found) this.known.set(stack, found);
    return found ? [found] : [];
  }

  private findingsOf(here: DeclaredStack, all: readonly DeclaredStack[]): readonly Finding[] {
    const world = worldOf(all, this.policy);
    const subjects = [...here.resources.values(), ...here.providers].filter(({ construct }) =>
      this.isCovered(construct),
    );
    return rulesAtSynth().flatMap((rule) => {
      const set = this.levels.get(rule.id);
      if (set === PolicyLevel.OFF) return [];
      return subjects
        .filter(({ type }) => rule.types.includes(type))
        .flatMap((subject) =>
          rule.check(subject, world).map(({ level = rule.level, message, fix = [rule.fix] }) => ({
            rule: rule.id,
            level: set ?? level,
            subject,
            text: `${rule.id}: ${plain(message)}; ${plain(fix)}`,
          })),
        );
    });
  }

  private isCovered(construct: IConstruct): boolean {
    return construct.node.scopes.some((scope) => this.visited.has(scope));
  }

  private annotate(construct: IConstruct, level: Level, text: string): void {
    const message = printable(text);
    // a stack inside another one is validated twice, and an app may be synthesized again
    if (construct.node.metadata.some(({ data }) => data === message)) return;
    const annotations = Annotations.of(construct);
    if (this.failOn !== PolicyLevel.OFF && isAtLeast(level, this.failOn)) annotations.addError(message);
    else if (level === "info") annotations.addInfo(message);
    else annotations.addWarning(message);
  }
}

Object.defineProperty(ImagePolicy.prototype, ABOVE_STACKS, { value: true });

function checkRule(scope: IConstruct, what: string, id: string): void {
  if (allRules().some((rule) => rule.id === id)) return;
  throw new InvalidInput(
    "RuleUnknown",
    scope,
    `${what} must have the id of a rule, got ${shown(id)}; docs/rules.md lists them`,
  );
}

/** The stack that a construct is in, or all that are in it. */
function stacksOf(construct: IConstruct): TerraformStack[] {
  const inside = construct.node.findAll().filter((one): one is TerraformStack => TerraformStack.isStack(one));
  const around = construct.node.scopes.some((scope) => TerraformStack.isStack(scope));
  return around ? [...new Set([TerraformStack.of(construct), ...inside])] : inside;
}

/** What a stack declares; undefined when it cannot be rendered, of which the synthesis tells. */
function rendered(stack: TerraformStack): DeclaredStack | undefined {
  let json: unknown;
  try {
    json = stack.toTerraform();
  } catch {
    return undefined;
  }
  return declaredBy(stack, json);
}

function isOf({ construct, rule }: Acknowledgement, finding: Finding): boolean {
  return rule === finding.rule && finding.subject.construct.node.scopes.includes(construct);
}

function spent({ rule, reason }: Acknowledgement): string {
  return `OSI-ACK-001: the acknowledgement of ${rule} (${reason}) is of no finding of this construct; take it out`;
}
