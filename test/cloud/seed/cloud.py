"""Flavors, volume types, the image `tiny` and a network for each project; what is there stays. Waits until all agents have reported.

    cloud.py SEEDED     writes the ids of the seeds to SEEDED
"""

import hashlib
import json
import os
import sys
import time

import openstack

AGENTS_UP_IN_S = 120
# RAM in MiB, root disk in GiB; no disk: for servers on volumes
FLAVORS = {"m1.nano": (64, 1), "m1.tiny": (192, 1), "m1.small": (256, 2), "m1.volume": (192, 0)}
VOLUME_TYPES = ["nfs", "nfs-2", "nfs-3"]
NETWORKS = {"demo": "10.10.0.0/24", "second": "10.20.0.0/24"}

admin = openstack.connect(cloud="admin")


def has_reported(service, since):
    # what lost its queue counts as up until its last report is old
    return service.state == "up" and service.updated_at is not None and service.updated_at[:19] >= since


def agents_are_up(since):
    compute = list(admin.compute.services())
    network = list(admin.network.agents())
    storage = list(admin.block_storage.services())
    # conductor, scheduler, compute; switch, DHCP; scheduler, three backends, backup
    return (
        len(compute) >= 3
        and len(network) >= 2
        and len(storage) >= 5
        and all(has_reported(one, since) for one in compute + storage)
        # nova-compute takes itself out of service while libvirt is away
        and all(one.status == "enabled" for one in compute)
        and all(one.is_alive for one in network)
    )


def wait_for_agents():
    # an agent that was restarted counts as down until its first report
    end = time.monotonic() + AGENTS_UP_IN_S
    since = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
    while not agents_are_up(since):
        if time.monotonic() > end:
            raise SystemExit("agents not up: openstack compute service list, network agent list, volume service list")
        time.sleep(1)


def flavor(name, ram, disk):
    found = admin.compute.find_flavor(name)
    return found or admin.compute.create_flavor(name=name, ram=ram, vcpus=1, disk=disk, is_public=True)


def volume_type(name):
    found = admin.block_storage.find_type(name) or admin.block_storage.create_type(name=name)
    # Cinder refuses while a volume of the type is there
    if (found.extra_specs or {}).get("volume_backend_name") != name:
        admin.block_storage.update_type_extra_specs(found, volume_backend_name=name)
    return found


def tiny():
    file = os.path.join(os.environ["CLOUD"], "data/tiny.qcow2")
    with open(file, "rb") as bytes_:
        digest = hashlib.sha512(bytes_.read()).hexdigest()
    for image in admin.image.images(name="tiny"):
        if image.status == "active" and image.hash_value == digest:
            return image
        # an upload that was killed, or another guest
        admin.image.delete_image(image)
    return admin.create_image(
        "tiny",
        filename=file,
        disk_format="qcow2",
        container_format="bare",
        visibility="public",
        min_ram=160,
        min_disk=1,
        wait=True,
        os_distro="tinylinux",
        hw_disk_bus="virtio",
        hw_vif_model="virtio",
    )


def network(name, cidr):
    api = openstack.connect(cloud=name).network
    found = api.find_network(f"net-{name}") or api.create_network(name=f"net-{name}")
    subnet = api.find_subnet(f"subnet-{name}")
    subnet = subnet or api.create_subnet(name=f"subnet-{name}", network_id=found.id, ip_version=4, cidr=cidr)
    return [found, subnet]


if __name__ == "__main__":
    wait_for_agents()
    seeds = [flavor(name, *size) for name, size in FLAVORS.items()]
    seeds += [volume_type(name) for name in VOLUME_TYPES]
    seeds += [tiny()]
    for name, cidr in NETWORKS.items():
        seeds += network(name, cidr)
    with open(sys.argv[1], "w") as out:
        json.dump([seed.id for seed in seeds], out)
