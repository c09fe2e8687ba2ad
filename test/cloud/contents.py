"""What is in the cloud besides what it was seeded with.

    contents.py list SEEDED [PROFILE]       prints it, a JSON list
    contents.py reset SEEDED [PROFILE]      deletes it, and gives the projects back their quotas

SEEDED is the file with the ids of the seeds, which seed/cloud.py writes. PROFILE is `images` (Keystone and Glance) or `full`. Runs as the administrator of clouds.yaml, over all projects.
"""

import contextlib
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlparse

import openstack
from openstack import exceptions

GONE_IN_S = 60
PROJECTS = ["admin", "demo", "second"]

admin = openstack.connect(cloud="admin")
if urlparse(admin.auth["auth_url"]).hostname != "127.0.0.1":
    raise SystemExit(f"{admin.auth['auth_url']}: this deletes what a cloud holds, and is for one on 127.0.0.1 alone")


def images_in(region):
    """What there is of images in a region, and how one is deleted."""
    images = openstack.connect(cloud="admin", region_name=region).image

    def found():
        for hidden in (False, True):
            yield from images.images(visibility="all", is_hidden=hidden)

    def delete(image):
        if image.is_protected:
            images.update_image(image, is_protected=False)
        images.delete_image(image)

    return found, delete


def keypairs():
    for user in admin.identity.users():
        for keypair in admin.compute.keypairs(user_id=user.id):
            # Nova's list does not say whose it is
            keypair.user_id = user.id
            yield keypair


def delete_server(server):
    # one that a killed service left between two states refuses to be deleted; one that no host has got yet has no state
    with contextlib.suppress(exceptions.HttpException):
        admin.compute.reset_server_state(server, "error")
    admin.compute.delete_server(server, force=True)


def delete_volume(volume):
    if volume.status not in ("available", "error"):
        admin.block_storage.reset_volume_status(volume, status="available", attach_status="detached")
    admin.block_storage.delete_volume(volume, force=True)


def delete_snapshot(snapshot):
    if snapshot.status != "available":
        admin.block_storage.reset_snapshot_status(snapshot, "error")
    admin.block_storage.delete_snapshot(snapshot)


def delete_group(group):
    # a volume in a group goes with it only
    if group.status not in ("available", "error"):
        admin.block_storage.reset_group_status(group, "error")
    admin.block_storage.delete_group(group, delete_volumes=True)


def group_types():
    # Cinder makes this one itself
    return (one for one in admin.block_storage.group_types() if one.name != "default_cgsnapshot_type")


def ports():
    # those of DHCP come and go with their network
    return (port for port in admin.network.ports() if not port.device_owner.startswith("network:"))


def volume_types():
    # Cinder makes this one itself
    return (one for one in admin.block_storage.types() if one.name != "__DEFAULT__")


def security_groups():
    # every project is given one at its first use
    return (group for group in admin.network.security_groups() if group.name != "default")


compute, volumes, network = admin.compute, admin.block_storage, admin.network
# kind: (what there is, how one is deleted), in the order in which they can go
FULL = {
    "server": (lambda: compute.servers(all_projects=True), delete_server),
    "backup": (lambda: volumes.backups(all_tenants=True), lambda one: volumes.delete_backup(one, force=True)),
    "snapshot": (lambda: volumes.snapshots(all_projects=True), delete_snapshot),
    "volume group": (lambda: volumes.groups(all_projects=True), delete_group),
    "volume": (lambda: volumes.volumes(all_projects=True), delete_volume),
    "volume group type": (group_types, volumes.delete_group_type),
    "volume type": (volume_types, volumes.delete_type),
    "port": (ports, network.delete_port),
    "subnet": (network.subnets, network.delete_subnet),
    "network": (network.networks, network.delete_network),
    "security group": (security_groups, network.delete_security_group),
    "server group": (lambda: compute.server_groups(all_projects=True), compute.delete_server_group),
    "keypair": (keypairs, lambda one: compute.delete_keypair(one, user_id=one.user_id, ignore_missing=False)),
    "flavor": (lambda: compute.flavors(is_public=None), compute.delete_flavor),
}
IMAGES = {"image": images_in("RegionOne"), "image of RegionTwo": images_in("RegionTwo")}


def kinds(profile):
    return {**FULL, **IMAGES} if profile == "full" else IMAGES


def besides(seeded, kind, profile):
    return [one for one in kinds(profile)[kind][0]() if one.id not in seeded]


def described(kind, one):
    return {"kind": kind, "id": one.id, "name": one.name, "status": getattr(one, "status", None)}


def reset_quotas():
    for name in PROJECTS:
        project = admin.identity.find_project(name)
        for quotas in (compute, volumes):
            quotas.revert_quota_set(project)


def empty(kind, seeded, profile):
    """Asks once for each to be deleted, again where that was refused, until none is left."""
    _, delete = kinds(profile)[kind]
    end = time.monotonic() + GONE_IN_S
    asked = set()
    reason = "still there"
    while left := besides(seeded, kind, profile):
        for one in left:
            if key(one) in asked:
                continue
            try:
                delete(one)
                asked.add(key(one))
            except exceptions.NotFoundException:
                asked.add(key(one))
            except (exceptions.ConflictException, exceptions.BadRequestException) as error:
                reason = error
        if time.monotonic() > end:
            names = ", ".join(f"{one.name} ({one.id}, {getattr(one, 'status', None)})" for one in left)
            raise SystemExit(f"{kind} cannot be deleted: {names}: {reason}")
        time.sleep(0.2)


def key(one):
    # a keypair's id is its name
    return one.id, getattr(one, "user_id", None)


def reset(seeded, profile):
    for kind in kinds(profile):
        empty(kind, seeded, profile)
    if profile == "full":
        reset_quotas()


def listed(seeded, profile):
    with ThreadPoolExecutor() as pool:
        found = pool.map(lambda kind: [described(kind, one) for one in besides(seeded, kind, profile)], kinds(profile))
        return [one for ones in found for one in ones]


def read(file):
    with open(file) as seeds:
        return set(json.load(seeds))


def main(verb, file, profile="full"):
    if not os.path.exists(file):
        raise SystemExit(f"{file} is not there: this is no cloud of test/cloud, or it was never brought up")
    seeded = read(file)
    if verb == "list":
        json.dump(listed(seeded, profile), sys.stdout)
    elif verb == "reset":
        reset(seeded, profile)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
