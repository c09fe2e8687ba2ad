package main

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// replacedOnChange lists attributes of the real provider that are ForceNew, as far as images and what boots from them are
// concerned. A schema does not say this, so the table is an approximation made by hand: an attribute that is missing here
// is planned as an update in place.
var replacedOnChange = map[string][]string{
	"openstack_images_image_v2": {
		"region", "container_format", "disk_format", "image_id", "image_source_url", "local_file_path", "decompress",
	},
	"openstack_images_image_access_v2":        {"region", "image_id", "member_id"},
	"openstack_images_image_access_accept_v2": {"region", "image_id", "member_id"},
	"openstack_compute_instance_v2":           {"region", "block_device"},
	"openstack_compute_volume_attach_v2":      {"region", "instance_id", "volume_id"},
	"openstack_blockstorage_volume_v3": {
		"region", "image_id", "snapshot_id", "source_vol_id", "backup_id",
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
		steps := difference.Path.Steps()
		if len(steps) == 0 || !isPrimitive(difference.Value1) || !isPrimitive(difference.Value2) {
			continue
		}
		root, _ := steps[0].(tftypes.AttributeName)
		if slices.Contains(replacedOnChange[typeName], string(root)) {
			paths = append(paths, difference.Path)
		}
	}
	return paths, nil
}

// isPrimitive also holds for a side that has no such path, as when a list grows.
func isPrimitive(value *tftypes.Value) bool {
	if value == nil {
		return true
	}
	kind := value.Type()
	return kind.Is(tftypes.String) || kind.Is(tftypes.Number) || kind.Is(tftypes.Bool)
}
