"""Projects, users, roles and the catalogue; what is there stays."""

import os

import openstack

DOMAIN = "default"
SERVICES = [
    ("glance", "image", "http://127.0.0.1:9292"),
    ("placement", "placement", "http://127.0.0.1:8778"),
    ("nova", "compute", "http://127.0.0.1:8774/v2.1"),
    ("neutron", "network", "http://127.0.0.1:9696"),
    ("cinder", "block-storage", "http://127.0.0.1:8776/v3"),
    ("cinderv3", "volumev3", "http://127.0.0.1:8776/v3"),
]
# the other region has images alone
REGION_TWO = [("glance", "image", "http://127.0.0.1:9293")]
# a project each, with an ordinary user of its name
PROJECTS = {"demo": "demopass", "second": "secondpass"}

identity = openstack.connect(cloud="admin").identity


def project(name):
    return identity.find_project(name, domain_id=DOMAIN) or identity.create_project(name=name, domain_id=DOMAIN)


def user(name, password):
    found = identity.find_user(name, domain_id=DOMAIN)
    return found or identity.create_user(name=name, password=password, domain_id=DOMAIN)


roles = {role.name: role for role in identity.roles()}
for name in ("service", "member", "reader", "admin"):
    if name not in roles:
        roles[name] = identity.create_role(name=name)

service_user = user("service", os.environ["SERVICE_PASSWORD"])
for role in ("admin", "service"):
    identity.assign_project_role_to_user(project("service"), service_user, roles[role])
administrator = identity.find_user("admin", domain_id=DOMAIN)
for name, password in PROJECTS.items():
    identity.assign_project_role_to_user(project(name), user(name, password), roles["member"])
    identity.assign_project_role_to_user(project(name), administrator, roles["admin"])

services = {service.type: service for service in identity.services()}
endpoints = {(endpoint.service_id, endpoint.interface, endpoint.region_id) for endpoint in identity.endpoints()}
if "RegionTwo" not in {region.id for region in identity.regions()}:
    identity.create_region(id="RegionTwo")
for region, offered in (("RegionOne", SERVICES), ("RegionTwo", REGION_TWO)):
    for name, kind, url in offered:
        if kind not in services:
            services[kind] = identity.create_service(name=name, type=kind)
        for interface in ("public", "internal", "admin"):
            if (services[kind].id, interface, region) not in endpoints:
                identity.create_endpoint(service_id=services[kind].id, interface=interface, url=url, region_id=region)
