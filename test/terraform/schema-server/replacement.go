package main

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// replacedOnChange lists what is ForceNew in the real provider, as far as images and what boots from them are concerned: attributes, or whole
// blocks, or attributes of a block. A schema does not say this, so the table is made by hand, and test/coverage holds it to the real
// provider's plans: an attribute that is missing here is planned as an update in place. What that provider finds out by comparing in ways
// of its own is not in here.
var replacedOnChange = map[string][]string{
	"openstack_images_image_v2": {
		"region", "container_format", "disk_format", "image_id", "image_source_url", "local_file_path", "decompress",
	},
	"openstack_images_image_access_v2":        {"region", "image_id", "member_id"},
	"openstack_images_image_access_accept_v2": {"region", "image_id", "member_id"},
	"openstack_compute_instance_v2": {
		"region", "availability_zone", "availability_zone_hints", "block_device", "config_drive", "hypervisor_hostname", "key_pair",
		"network.fixed_ip_v4", "network.fixed_ip_v6", "network.name", "network.port", "network.uuid", "network_mode", "scheduler_hints",
		"user_data",
	},
	"openstack_compute_volume_attach_v2": {
		"region", "instance_id", "volume_id", "multiattach", "tag", "vendor_options",
	},
	"openstack_blockstorage_volume_v3": {
		"region", "availability_zone", "backup_id", "consistency_group_id", "image_id", "scheduler_hints", "snapshot_id",
		"source_replica", "source_vol_id",
	},
}

// requiresReplace returns the changed leaves below the attributes of the table, as the provider itself would report them.
func requiresReplace(typeName string, prior, proposed tftypes.Value) ([]*tftypes.AttributePath, error) {
	if prior.IsNull() || proposed.IsNull() {
		return nil, nil
	}
	differences, err := prior.Diff(proposed)
	if err != nil {
		return nil, err
	}
	var paths []*tftypes.AttributePath
	for _, difference := range differences {
		path, inSet := upToSet(difference.Path)
		// the parents of what differs are reported too
		isLeaf := isPrimitive(difference.Value1) && isPrimitive(difference.Value2)
		comesOrGoes := difference.Value1 == nil || difference.Value2 == nil
		if (inSet || isLeaf || comesOrGoes) && isListed(typeName, namesOf(path), comesOrGoes) {
			paths = append(paths, path)
		}
	}
	return paths, nil
}

// isListed tells whether the table has an attribute, or its block; for a block that comes or goes also one of its attributes.
func isListed(typeName string, names []string, comesOrGoes bool) bool {
	if len(names) == 0 {
		return false
	}
	name := strings.Join(names, ".")
	return slices.ContainsFunc(replacedOnChange[typeName], func(listed string) bool {
		return listed == names[0] || listed == name || comesOrGoes && strings.HasPrefix(listed, name+".")
	})
}

// upToSet cuts a path before an element of a set: such an element has no place to point to.
func upToSet(path *tftypes.AttributePath) (*tftypes.AttributePath, bool) {
	steps := path.Steps()
	isInSet := func(step tftypes.AttributePathStep) bool {
		_, ok := step.(tftypes.ElementKeyValue)
		return ok
	}
	index := slices.IndexFunc(steps, isInSet)
	if index < 0 {
		return path, false
	}
	return tftypes.NewAttributePathWithSteps(steps[:index]), true
}

// namesOf leaves out which element of a list or map a path goes through.
func namesOf(path *tftypes.AttributePath) []string {
	var names []string
	for _, step := range path.Steps() {
		if name, ok := step.(tftypes.AttributeName); ok {
			names = append(names, string(name))
		}
	}
	return names
}

// isPrimitive also holds for a side that has no such path, as when a list grows.
func isPrimitive(value *tftypes.Value) bool {
	if value == nil {
		return true
	}
	kind := value.Type()
	return kind.Is(tftypes.String) || kind.Is(tftypes.Number) || kind.Is(tftypes.Bool)
}
