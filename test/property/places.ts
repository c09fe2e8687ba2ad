import * as fc from "fast-check";
import { Call, Make, ProviderRef, Secret, TokenOf } from "./described";
import { properties } from "./images";
import { urlText } from "./sources";
import { childName, imageTag, longText, name, serverTag, text, versionName, zone } from "./text";
import { textEntry, textMap } from "./values";

/** What the variables of the stack are given. */
export const VARIABLE = 'a${b}"\\\n%{if}$';

/** A construct with a text wherever the plan shows one, and the same texts as its resource must have them there. */
export interface Placed {
  readonly type: string;
  readonly make: Make;
  /** Of the values of its resource those that hold texts: a list, set or map in full, and of a block what is said of it. */
  readonly said: Record<string, unknown>;
}

const ID = "5f5c3c1e-52ab-4e0b-a0f3-8e1f7d6a9b21";
const IMAGE = { imageId: ID };
const SOURCE = new Call("ImageSource.fromUrl", ["https://images.test/a.qcow2"]);

const names = fc.array(name, { minLength: 1, maxLength: 4 });
const texts = fc.array(text({ minLength: 1 }), { minLength: 1, maxLength: 4 });

function mapOf(entries: object): Map<string, unknown> {
  return new Map(Object.entries(entries));
}

/** Text around a token, and what it comes out as. */
const mixed = fc.tuple(text(), text()).map(([before, after]) => ({
  given: new TokenOf("string", "variable", before, after),
  whole: before + VARIABLE + after,
}));

/** Texts in all that an image may be, and what its resource says. */
const imageTexts = fc
  .record({
    imageName: name,
    region: name,
    tags: fc.array(imageTag, { minLength: 1 }),
    description: text(),
    own: properties,
    username: name,
    file: urlText,
  })
  .chain((given) => fc.record({ given: fc.constant(given), distro: text(), version: mixed, adminUser: text() }))
  .map(({ given, distro, version, adminUser }) => {
    const { imageName, region, tags, description, own, username, file } = given;
    const url = `https://images.test/${file}.qcow2`;
    return {
      settings: {
        ...{ imageName, region, tags, description, properties: own },
        operatingSystem: new Call("OperatingSystem.linux", [{ distro, version: version.given, adminUser }]),
      },
      source: new Call("ImageSource.fromUrl", [url, { username, password: new Secret() }]),
      said: {
        name: imageName,
        region,
        tags: new Set(tags),
        properties: mapOf({
          ...{ description, os_admin_user: adminUser, os_distro: distro, os_type: "linux", os_version: version.whole },
          ...own,
        }),
        image_source_url: url,
        image_source_username: username,
        image_source_password: VARIABLE,
      },
    };
  });

function placedImage(path: string, props: object, said: Placed["said"]): Placed {
  return { type: "openstack_images_image_v2", make: new Make(path, [props]), said };
}

const image = imageTexts.map(({ settings, source, said }) => placedImage("Image", { ...settings, source }, said));
const familyImage = fc
  .tuple(imageTexts, versionName)
  .map(([{ settings, source, said }, version]) =>
    placedImage(
      "ImageFamily",
      { ...settings, versions: [{ version, source }] },
      { ...said, name: `${said.name}-${version}` },
    ),
  );
const regionalImage = fc
  .tuple(imageTexts, childName)
  .map(([{ settings, source, said }, region]) =>
    placedImage(
      "RegionalImage",
      { ...settings, region: undefined, source, regions: [{ region }] },
      { ...said, region },
    ),
  );

const windows = fc.record({ version: text(), adminUser: text(), file: urlText }).map(
  ({ version, adminUser, file }): Placed => ({
    type: "openstack_images_image_v2",
    make: new Make("Image", [
      {
        operatingSystem: new Call("OperatingSystem.windows", [{ version, adminUser }]),
        source: new Call("ImageSource.fromWebDownload", [`https://images.test/${file}.vhdx`]),
      },
    ]),
    said: {
      image_source_url: `https://images.test/${file}.vhdx`,
      properties: mapOf({ os_admin_user: adminUser, os_distro: "windows", os_type: "windows", os_version: version }),
    },
  }),
);

const membership = fc.record({ projectId: name, region: name });
const member = membership.map(
  ({ projectId, region }): Placed => ({
    type: "openstack_images_image_access_v2",
    make: new Make("ImageMember", [{ image: IMAGE, projectId, region, provider: new ProviderRef(1) }]),
    said: { member_id: projectId, region },
  }),
);
const tester = name.map(
  (projectId): Placed => ({
    type: "openstack_images_image_access_v2",
    make: new Make("ImageFamily", [
      {
        testers: [projectId],
        versions: [
          { version: "2", source: SOURCE, stage: "CANDIDATE" },
          { version: "1", source: SOURCE },
        ],
      },
    ]),
    said: { member_id: projectId },
  }),
);
const acceptance = membership.map(
  ({ projectId, region }): Placed => ({
    type: "openstack_images_image_access_accept_v2",
    make: new Make("ImageMemberAcceptance", [{ image: IMAGE, projectId, region, provider: new ProviderRef(1) }]),
    said: { member_id: projectId, region },
  }),
);

interface DiskTexts {
  readonly diskBus: string;
  readonly deviceType: string;
  readonly volumeType: string;
  readonly guestFormat: string;
}

/** A disk of each kind, and what is said of it. */
function dataDisks([blank, copy, existing, local, swap]: DiskTexts[]): { call: Call; said: object }[] {
  const size = { sizeGb: 1, deleteOnTermination: true };
  const of = ({ diskBus, deviceType }: DiskTexts) => ({ diskBus, deviceType });
  const saidOf = ({ diskBus, deviceType }: DiskTexts) => ({ disk_bus: diskBus, device_type: deviceType });
  const volumeType = (disk: DiskTexts) => ({ ...size, ...of(disk), volumeType: disk.volumeType });
  return [
    {
      call: new Call("DataDisk.newVolume", [volumeType(blank)]),
      said: { ...saidOf(blank), volume_type: blank.volumeType },
    },
    {
      call: new Call("DataDisk.fromSnapshot", [ID, volumeType(copy)]),
      said: { ...saidOf(copy), volume_type: copy.volumeType },
    },
    { call: new Call("DataDisk.fromVolume", [{ volumeId: ID }, of(existing)]), said: saidOf(existing) },
    {
      call: new Call("DataDisk.ephemeral", [{ ...of(local), sizeGb: 1, guestFormat: local.guestFormat }]),
      said: { ...saidOf(local), guest_format: local.guestFormat },
    },
    { call: new Call("DataDisk.swap", [{ ...of(swap), sizeMb: 1 }]), said: saidOf(swap) },
  ];
}

const server = fc
  .record({
    serverName: name,
    region: name,
    keyPairName: name,
    securityGroupNames: names,
    metadata: textMap,
    content: longText,
  })
  .chain((given) =>
    fc.record({
      given: fc.constant(given),
      hints: fc.record({
        query: texts,
        targetCell: name,
        differentCell: texts,
        buildNearHostIp: name,
        additionalProperties: textEntry,
      }),
      disks: fc.array(fc.record({ diskBus: name, deviceType: name, volumeType: name, guestFormat: name }), {
        minLength: 5,
        maxLength: 5,
      }),
      rest: fc.record({
        availabilityZone: zone,
        tags: fc.array(serverTag, { minLength: 1 }),
        flavor: name,
        network: name,
      }),
    }),
  )
  .map(
    ({ given: { content, ...given }, hints, disks, rest: { flavor, network, ...rest } }): Placed => ({
      type: "openstack_compute_instance_v2",
      make: new Make("Server", [
        {
          ...given,
          ...rest,
          boot: new Call("BootSource.fromImage", [IMAGE]),
          dataDisks: dataDisks(disks).map(({ call }) => call),
          flavor: new Call("Flavor.fromFlavorName", [flavor]),
          networkInterfaces: [new Call("NetworkInterface.onNetworkNamed", [network])],
          schedulerHints: hints,
          userData: new Call("UserData.fromText", [content]),
          adminPassword: new Secret(),
        },
      ]),
      said: {
        name: given.serverName,
        region: given.region,
        key_pair: given.keyPairName,
        security_groups: new Set(given.securityGroupNames),
        metadata: mapOf(given.metadata),
        availability_zone: rest.availabilityZone,
        tags: new Set(rest.tags),
        flavor_name: flavor,
        network: [{ name: network }],
        admin_pass: VARIABLE,
        user_data: content,
        block_device: [{}, ...dataDisks(disks).map(({ said }) => said)],
        scheduler_hints: [
          {
            query: hints.query,
            target_cell: hints.targetCell,
            different_cell: hints.differentCell,
            build_near_host_ip: hints.buildNearHostIp,
            additional_properties: mapOf(hints.additionalProperties),
          },
        ],
      },
    }),
  );

/** What excludes some of the above. */
const placedServer = fc
  .record({ availabilityZoneHints: name, hypervisorHostname: name, volumeType: name, flavorId: name })
  .map(
    ({ availabilityZoneHints, hypervisorHostname, flavorId }): Placed => ({
      type: "openstack_compute_instance_v2",
      make: new Make("Server", [
        {
          boot: new Call("BootSource.fromImage", [IMAGE]),
          flavor: new Call("Flavor.fromFlavorId", [flavorId]),
          networkMode: "auto",
          availabilityZoneHints,
          hypervisorHostname,
        },
      ]),
      said: {
        availability_zone_hints: availabilityZoneHints,
        hypervisor_hostname: hypervisorHostname,
        flavor_id: flavorId,
      },
    }),
  );

const volumeTexts = {
  volumeName: name,
  region: name,
  description: name,
  volumeType: name,
  availabilityZone: zone,
  metadata: textMap,
};
const volume = fc.record({ given: fc.record(volumeTexts), query: name, additionalProperties: textEntry }).map(
  ({ given, query, additionalProperties }): Placed => ({
    type: "openstack_blockstorage_volume_v3",
    make: new Make("Volume", [{ ...given, sizeGb: 1, schedulerHints: { query, additionalProperties } }]),
    said: {
      name: given.volumeName,
      region: given.region,
      description: given.description,
      volume_type: given.volumeType,
      availability_zone: given.availabilityZone,
      metadata: mapOf(given.metadata),
      scheduler_hints: [{ query, additional_properties: mapOf(additionalProperties) }],
    },
  }),
);

const attachment = fc.record({ tag: name, region: name }).map(
  ({ tag, region }): Placed => ({
    type: "openstack_compute_volume_attach_v2",
    make: new Make("VolumeAttachment", [{ server: { serverId: ID }, volume: { volumeId: ID }, tag, region }]),
    said: { tag, region },
  }),
);

/** Props that hold no text of the user's choice, but an id, an address or a day. */
export const NO_TEXT = [
  // of the rules at synth, which change no block
  "ImagePolicyProps.allowedHosts",
  // an error: the regions say it
  "RegionalImageProps.region",
  // for openstack-images lock alone
  ...["allowMoving", "checksumsUrl", "checksumsKeyring"].flatMap((prop) => [
    `UrlSourceOptions.${prop}`,
    `WebDownloadSourceOptions.${prop}`,
  ]),
  "ImageListOptions.sort",
  "ImageProps.imageId",
  "ImageVersionOptions.retireAfter",
  "NetworkOptions.fixedIpV4",
  "RegionalImageProps.imageId",
  "SchedulerHints.differentHost",
  "SchedulerHints.group",
  "SchedulerHints.sameHost",
  "VolumeProps.consistencyGroupId",
  "VolumeSchedulerHints.differentHost",
  "VolumeSchedulerHints.localToInstance",
  "VolumeSchedulerHints.sameHost",
];

/** One of each resource. */
export const resources: fc.Arbitrary<Placed[]> = fc.tuple(
  ...[image, familyImage, regionalImage, windows, member, tester, acceptance, server, placedServer, volume, attachment],
);

/** An image of a file, which Terraform finds from the stack's folder. */
export function upload(path: string, fromStack: string): Placed {
  return {
    type: "openstack_images_image_v2",
    make: new Make("Image", [{ source: new Call("ImageSource.fromFile", [path]) }]),
    said: { local_file_path: `./${fromStack}` },
  };
}

/** Without a check of what the schema server makes up. */
const UNCHECKED = { visibility: "public", allowSnapshot: true };

const imageLookup = fc.record({ imageName: name, tags: names, properties: textMap, region: name }).map(
  ({ imageName, tags, properties, region }): Placed => ({
    type: "data.openstack_images_image_v2",
    make: new Make("Image.fromLookup", [{ ...UNCHECKED, imageName, tags, properties, region }]),
    said: { name: imageName, tags: new Set(tags), properties: mapOf(properties), region },
  }),
);
const imageLookupByRegex = fc.record({ nameRegex: name }).map(
  ({ nameRegex }): Placed => ({
    type: "data.openstack_images_image_v2",
    make: new Make("Image.fromLookup", [{ ...UNCHECKED, nameRegex }]),
    said: { name_regex: nameRegex },
  }),
);
const imageList = fc.record({ imageName: name, tags: names, properties: textMap, projectId: name, region: name }).map(
  ({ imageName, tags, properties, projectId, region }): Placed => ({
    type: "data.openstack_images_image_ids_v2",
    make: new Make("Image.listFromLookup", [
      { imageName, tags, properties, region, owner: new Call("ImageOwner.fromProjectId", [projectId]) },
    ]),
    said: { name: imageName, tags: new Set(tags), properties: mapOf(properties), owner: projectId, region },
  }),
);
const imageListByRegex = fc.record({ nameRegex: name }).map(
  ({ nameRegex }): Placed => ({
    type: "data.openstack_images_image_ids_v2",
    make: new Make("Image.listFromLookup", [{ visibility: "public", nameRegex }]),
    said: { name_regex: nameRegex },
  }),
);
const flavor = fc.record({ flavorName: name, description: name, region: name }).map(
  ({ flavorName, description, region }): Placed => ({
    type: "data.openstack_compute_flavor_v2",
    make: new Make("Flavor.fromLookup", [{ flavorName, description, region }]),
    said: { name: flavorName, description, region },
  }),
);
const flavorById = fc.record({ flavorId: name }).map(
  ({ flavorId }): Placed => ({
    type: "data.openstack_compute_flavor_v2",
    make: new Make("Flavor.fromLookup", [{ flavorId }]),
    said: { flavor_id: flavorId },
  }),
);

/** One of each data source. */
export const lookups: fc.Arbitrary<Placed[]> = fc.tuple(
  ...[imageLookup, imageLookupByRegex, imageList, imageListByRegex, flavor, flavorById],
);
