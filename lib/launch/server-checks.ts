import { checkChoice, checkIpV4, checkKeys, checkName, checkSecret, checkUuid } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { ifKnown, isKnown } from "../core/known";
import type { IConstruct } from "../framework";
import { ImageChange } from "./image-change";
import { NetworkMode } from "./network-interface";
import { PowerState } from "./power-state";
import { checkHints } from "./scheduler-hints";
import type { ServerProps } from "./server-props";

/** Refuses what cannot be right in the props of a server, its disks aside. */
export function checkServer(scope: IConstruct, props: ServerProps): void {
  const { flavor } = props;
  checkName(scope, "'serverName'", props.serverName);
  checkName(scope, "'keyPairName'", props.keyPairName);
  if (isKnown(props.securityGroupNames)) {
    props.securityGroupNames.forEach((name, i) => {
      checkName(scope, `securityGroupNames[${i}]`, name);
    });
  }
  // the provider takes OS_FLAVOR_ID or OS_FLAVOR_NAME for an empty one
  checkName(scope, "the flavor's id", flavor.flavorId);
  checkName(scope, "the flavor's name", flavor.flavorName);
  checkSecret(scope, "'adminPassword'", props.adminPassword);
  checkChoice(scope, "'onImageChange'", props.onImageChange, ImageChange);
  ifKnown(props.powerState, (state) => checkChoice(scope, "'powerState'", state, PowerState));
  checkHints(scope, props.schedulerHints);
  checkTags(scope, props.tags);
  checkKeys(scope, "'metadata'", props.metadata);
  checkNetworks(scope, props);
  checkPlace(scope, props);
}

function checkNetworks(scope: IConstruct, { networkInterfaces, networkMode, securityGroupNames }: ServerProps): void {
  checkChoice(scope, "'networkMode'", networkMode, NetworkMode);
  if (networkMode !== undefined && networkInterfaces?.length) {
    throw new InvalidInput(
      "NetworksTwice",
      scope,
      `'networkMode' and 'networkInterfaces' exclude each other, got both; leave one out`,
    );
  }
  networkInterfaces?.forEach((nic, i) => {
    if (nic.networkId !== undefined) checkUuid(scope, `networkInterfaces[${i}]: the network's id`, nic.networkId);
    checkName(scope, `networkInterfaces[${i}]: the network's name`, nic.networkName);
    if (nic.portId !== undefined) checkUuid(scope, `networkInterfaces[${i}]: the port's id`, nic.portId);
    checkIpV4(scope, `networkInterfaces[${i}]: 'fixedIpV4'`, nic.fixedIpV4);
  });
  if (securityGroupNames?.length && networkInterfaces?.some((nic) => nic.portId !== undefined)) {
    throw new InvalidInput(
      "SecurityGroupsOfPorts",
      scope,
      "'securityGroupNames' cannot be given with a port that exists, got both: Nova ignores them when it makes the server, and the next " +
        "apply takes the port's own groups away; give each interface a port with its groups",
    );
  }
}

function checkPlace(scope: IConstruct, { availabilityZone, availabilityZoneHints, ...props }: ServerProps): void {
  checkName(scope, "'availabilityZone'", availabilityZone);
  checkName(scope, "'availabilityZoneHints'", availabilityZoneHints);
  checkName(scope, "'hypervisorHostname'", props.hypervisorHostname);
  checkStaysShelved(scope, { availabilityZone, hypervisorHostname: props.hypervisorHostname }, props.powerState);
  if (availabilityZone === undefined || availabilityZoneHints === undefined) return;
  throw new InvalidInput(
    "AvailabilityZoneTwice",
    scope,
    `'availabilityZone' and 'availabilityZoneHints' exclude each other, got ${shown(availabilityZone)} and ` +
      `${shown(availabilityZoneHints)}; leave one out`,
  );
}

/** A shelved server is on no hypervisor and in no zone, so that the provider would replace one that was asked to be there. */
function checkStaysShelved(scope: IConstruct, place: Record<string, unknown>, powerState?: PowerState): void {
  if (powerState !== PowerState.SHELVED_OFFLOADED) return;
  for (const [name, value] of Object.entries(place)) {
    if (value === undefined) continue;
    throw new InvalidInput(
      "ShelvingReplaces",
      scope,
      `'powerState' cannot be shelved_offloaded with '${name}', got ${shown(value)}: Nova reports none of a shelved server, and the next ` +
        `apply would destroy it; leave '${name}' out, which leaves the server as it is`,
    );
  }
}

/**
 * Newer versions of Nova's API attach no network by themselves, and the provider asks by the version of one option alone.
 * @param diskOption the option of a disk that needs a newer one
 */
export function checkApiVersion(scope: IConstruct, props: ServerProps, diskOption: string | undefined): void {
  const { hypervisorHostname, networkInterfaces = [], networkMode } = props;
  const option =
    diskOption ??
    (props.tags?.length ? "tags" : undefined) ??
    (hypervisorHostname === undefined ? undefined : "hypervisorHostname");
  if (option !== undefined && networkMode === undefined && networkInterfaces.length === 0) {
    throw new InvalidInput(
      "NetworksMissing",
      scope,
      `'networkInterfaces' or 'networkMode' must be given with '${option}', got neither: the version of Nova's API that knows the ` +
        "option attaches no network by itself; name the network that the server is on, or for a new one give networkMode: NetworkMode.AUTO, " +
        "which replaces one that exists",
    );
  }
  if (diskOption !== undefined && hypervisorHostname !== undefined) {
    throw new InvalidInput(
      "HypervisorHostnameNotSent",
      scope,
      `'hypervisorHostname' cannot be given with a disk's '${diskOption}', got ${shown(hypervisorHostname)}: provider 3.4.0 then asks by ` +
        'a version of Nova\'s API that refuses it; give availabilityZoneHints: "ZONE:HOST"',
    );
  }
}

function checkTags(scope: IConstruct, tags: string[] | undefined): void {
  if (!isKnown(tags)) return;
  for (const tag of tags) {
    if (!isKnown(tag) || /^[^,/]{1,60}$/.test(tag)) continue;
    throw new InvalidInput(
      "TagMalformed",
      scope,
      `a server's tag must have 1 to 60 characters without "/" and ",", got ${shown(tag)}; shorten or drop it`,
    );
  }
  if (tags.length <= 50) return;
  throw new InvalidInput("TooManyTags", scope, `a server takes 50 tags, got ${tags.length}; drop some`);
}
