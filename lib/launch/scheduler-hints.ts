import { checkKeys, checkUuid } from "../core/checks";
import { InvalidInput } from "../core/errors";
import { isKnown } from "../core/known";
import type { IConstruct } from "../framework";

/**
 * Where Nova shall put a server (`scheduler_hints`), as far as the cloud's scheduler looks at each. Changing any replaces the server, but
 * for `buildNearHostIp` and the key of another hint, which the provider does not compare.
 */
export interface SchedulerHints {
  /**
   * The UUID of the server group to be in (`group`).
   * @default - none
   */
  readonly group?: string;

  /**
   * UUIDs of the servers on whose hosts it must not be (`different_host`).
   * @default - none
   */
  readonly differentHost?: string[];

  /**
   * UUIDs of the servers on one of whose hosts it must be (`same_host`).
   * @default - none
   */
  readonly sameHost?: string[];

  /**
   * A condition on hosts, a list of words in prefix notation (`query`): `["=", "$hypervisor_type", "QEMU"]`. The provider sends text only,
   * so numbers cannot be compared.
   * @default - none
   */
  readonly query?: string[];

  /**
   * The cell to be in (`target_cell`). Nova itself no longer looks at it.
   * @default - any
   */
  readonly targetCell?: string;

  /**
   * The cells not to be in (`different_cell`). Nova itself no longer looks at them.
   * @default - none
   */
  readonly differentCell?: string[];

  /**
   * The subnet of hosts to be near to, as `192.0.2.0/24` (`build_near_host_ip`).
   * @default - none
   */
  readonly buildNearHostIp?: string;

  /**
   * Another hint, by key (`additional_properties`). Only one: provider 3.4.0 compares several in random order, and so replaces at random.
   * @default - none
   */
  readonly additionalProperties?: { [key: string]: string };
}

/** Where Cinder shall put a volume (`scheduler_hints`), as far as the cloud's scheduler looks at each. Changing any replaces the volume. */
export interface VolumeSchedulerHints {
  /**
   * UUIDs of the volumes on whose backends it must not be (`different_host`).
   * @default - none
   */
  readonly differentHost?: string[];

  /**
   * UUIDs of the volumes on one of whose backends it must be (`same_host`).
   * @default - none
   */
  readonly sameHost?: string[];

  /**
   * The UUID of the server on whose host it must be (`local_to_instance`).
   * @default - any
   */
  readonly localToInstance?: string;

  /**
   * A condition on backends, as JSON in prefix notation (`query`): `[">=", "$free_capacity_gb", 100]`.
   * @default - none
   */
  readonly query?: string;

  /**
   * Another hint, by key (`additional_properties`). Only one: provider 3.4.0 compares several in random order, and so replaces at random.
   * @default - none
   */
  readonly additionalProperties?: { [key: string]: string };
}

/** Ids among the hints are UUIDs, and of further ones there is one. */
export function checkHints(scope: IConstruct, hints: Omit<SchedulerHints & VolumeSchedulerHints, "query"> = {}): void {
  const lists = { differentHost: hints.differentHost, sameHost: hints.sameHost };
  for (const [name, ids] of Object.entries(lists)) {
    for (const id of isKnown(ids) ? ids : []) checkUuid(scope, `'${name}' of 'schedulerHints': each id`, id);
  }
  const { additionalProperties: others } = hints;
  if (isKnown(others) && Object.keys(others).length > 1) {
    throw new InvalidInput(
      "HintsUnstable",
      scope,
      `'additionalProperties' of 'schedulerHints' must have one key, got ${Object.keys(others).join(", ")}: provider 3.4.0 compares several ` +
        "in random order, and would replace this in some plans; leave all but one out",
    );
  }
  checkKeys(scope, "'additionalProperties' of 'schedulerHints'", others);
  if (hints.group !== undefined) checkUuid(scope, "'group' of 'schedulerHints'", hints.group);
  if (hints.localToInstance !== undefined) {
    checkUuid(scope, "'localToInstance' of 'schedulerHints'", hints.localToInstance);
  }
}

/** The block that the provider takes; none for hints that say nothing, on which it crashes. */
export function hintBlocks<T extends object>(hints: T | undefined): T[] | undefined {
  return hints && Object.values(hints).some((hint) => hint !== undefined) ? [hints] : undefined;
}
